import { BUREAU_REASONS } from './catalogue/bureau.js';
import { EXPLANATION_REASONS } from './catalogue/explanation.js';
import { FIRM_REASONS } from './catalogue/firm.js';
import { INVOICE_REASONS } from './catalogue/invoices.js';
import { PEOPLE_REASONS } from './catalogue/people.js';
import { NEUTRAL_REASONS, PROCESS_REASONS } from './catalogue/process.js';
import { RENEWAL_REASONS } from './catalogue/renewal.js';
import { REVIEW_REASONS } from './catalogue/review.js';
import { ROUTING_REASONS } from './catalogue/routing.js';
import { SCORE_REASONS } from './catalogue/score.js';
import { SUSPICION_REASONS } from './catalogue/suspicion.js';
import { TASK_REASONS } from './catalogue/task.js';
import type { ReasonEntry, ReasonUse } from './reason-entry.js';

/** Parts of the catalogue by topic, in the order in which the document shows them. */
export const TOPICS = {
  firm: FIRM_REASONS,
  people: PEOPLE_REASONS,
  invoices: INVOICE_REASONS,
  suspicion: SUSPICION_REASONS,
  bureau: BUREAU_REASONS,
  score: SCORE_REASONS,
  routing: ROUTING_REASONS,
  renewal: RENEWAL_REASONS,
  review: REVIEW_REASONS,
  task: TASK_REASONS,
  explanation: EXPLANATION_REASONS,
  neutral: NEUTRAL_REASONS,
  process: PROCESS_REASONS,
} as const;

/** Every reason that there is: an application, a finding, a score or a person's decision takes its code from here. */
export const REASONS = {
  ...FIRM_REASONS,
  ...PEOPLE_REASONS,
  ...INVOICE_REASONS,
  ...SUSPICION_REASONS,
  ...BUREAU_REASONS,
  ...SCORE_REASONS,
  ...ROUTING_REASONS,
  ...RENEWAL_REASONS,
  ...REVIEW_REASONS,
  ...TASK_REASONS,
  ...EXPLANATION_REASONS,
  ...NEUTRAL_REASONS,
  ...PROCESS_REASONS,
} as const;

/** A code of the catalogue. */
export type ReasonCode = keyof typeof REASONS;

/** Codes that may stand where the use says: code that names another one there does not compile. */
export type CodeFor<U extends ReasonUse> = { [C in ReasonCode]: U extends (typeof REASONS)[C]['use'][number] ? C : never }[ReasonCode];

/** Whether the catalogue has the code. */
export function isReasonCode(code: string): code is ReasonCode {
  return Object.hasOwn(REASONS, code);
}

/** The entry of a code; undefined for one that only a stored event or decision of an earlier version has. */
export function entryOf(code: string): ReasonEntry | undefined {
  return isReasonCode(code) ? REASONS[code] : undefined;
}

/** Codes that may stand where the use says, in the order of the catalogue. */
export function codesFor<U extends ReasonUse>(use: U): CodeFor<U>[] {
  return (Object.keys(REASONS) as ReasonCode[]).filter((code): code is CodeFor<U> => entryOf(code)!.use.includes(use));
}
