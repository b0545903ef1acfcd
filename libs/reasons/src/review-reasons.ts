import { REVIEW_STAGES, type Reason, type ReviewStage } from '@millrace/contracts';
import { codesFor, entryOf, type CodeFor } from './catalogue.js';
import { DEFAULT_LANGUAGE, type Language } from './language.js';
import type { ReviewUse } from './reason-entry.js';
import { applicantReason, meansFraud, staffText } from './told-reasons.js';

/** A reason that a person may give for a decision, with all that follows from it, as the screen of a decision shows it. */
export interface ReviewReason extends ReviewUse {
  readonly code: CodeFor<'review'>;
  /** What it means, for the person who decides. */
  readonly sentence: string;
  /** What the applicant is told; null where nothing is told of it. Never what a member of staff typed. */
  readonly applicant: Reason | null;
  /** True where it says that the firm deceived the lender: the firm then waits for the long term (R-UW-05). */
  readonly meansFraud: boolean;
}

/** What an entry says of a person's decision; undefined for a code that nobody may give. */
function reviewUse(code: string): ReviewUse | undefined {
  return entryOf(code)?.review;
}

/** What the applicant is told of a person's refusal, whatever the code that is stored. */
export function toldOfRefusal(code: string, language: Language = DEFAULT_LANGUAGE): Reason {
  const rejects = reviewUse(code)?.decision === 'reject';
  return applicantReason(rejects ? code : 'DECLINED_BY_PERSON', 'refusal', language);
}

/** The reason of a code that a person may give; undefined for one that only a decision of earlier versions has. */
export function reviewReason(code: string, language: Language = DEFAULT_LANGUAGE): ReviewReason | undefined {
  const use = reviewUse(code);
  if (!use) return undefined;
  return {
    code: code as CodeFor<'review'>,
    ...use,
    sentence: staffText(code, language),
    applicant: use.decision === 'reject' ? toldOfRefusal(code, language) : null,
    meansFraud: meansFraud(code),
  };
}

/** Every reason that a person may give at any of the stages, each once. */
export function reviewReasonsOfStages(stages: readonly ReviewStage[] = REVIEW_STAGES, language: Language = DEFAULT_LANGUAGE): ReviewReason[] {
  return codesFor('review')
    .map((code) => reviewReason(code, language)!)
    .filter((reason) => reason.stages.some((stage) => stages.includes(stage)));
}

/** Reasons that a person may give at a stage, for a decision or for both. */
export function reviewReasonsOf(stage: ReviewStage, decision?: ReviewUse['decision'], language: Language = DEFAULT_LANGUAGE): ReviewReason[] {
  return reviewReasonsOfStages([stage], language).filter((reason) => decision === undefined || reason.decision === decision);
}

/** The code under which ordinary events name a decision: a suspicion goes under the neutral one. */
export function codeForEvents(code: string): string {
  const reason = reviewReason(code);
  return reason?.meansFraud && reason.applicant?.code !== code ? 'DECLINED_BY_PERSON' : code;
}
