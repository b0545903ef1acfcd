import type { AskedItem, ConsentType, CorrectedValue, Reason, RepaymentMethod } from '@millrace/contracts';
import type { ProcessRecord, StepCause } from '@millrace/process';
import type { GuarantorDto } from '../guarantor/guarantor.dto.js';
import type { ApplicationTrigger } from '../process/application-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import type { DecidedReview, ReviewContent } from '../review-task/review-draft.js';
import type { Application, VerificationResult } from './application.entity.js';

/** Columns that a step sets; the others stay as they are. */
export type ApplicationPatch = Partial<Omit<Application, 'applicationId' | keyof ProcessRecord>>;

/** What the event of an offer says of it. */
export interface IssuedOffer {
  readonly offerId: string;
  readonly amountMinor: string;
  readonly rateBps: number;
  readonly effectiveAnnualRateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly expiresAt: Date;
}

/** How long the firm of a refusal waits until it may apply again. */
export interface Refusal {
  /** Set where a refusal is for a fraud that a person or a red rule of the fraud table has confirmed: the firm then waits for the long term. */
  readonly confirmedFraud?: boolean;
  /** Until when the refused firm waits, where who refused has said so; null for no wait. */
  readonly blockedUntil?: Date | null;
  /** What it is for, where that is not the reason of the step: causes that end by themselves make nobody wait. */
  readonly causes?: readonly string[];
}

/** What an applicant is asked to correct or add, before its answer has come. */
export interface AskedSupplement {
  readonly round: number;
  readonly askedBy: 'engine' | 'person';
  readonly items: readonly AskedItem[];
}

/** An answer to it. */
export interface SupplementAnswer {
  readonly supplementId: string;
  readonly round: number;
  readonly evidenceIds: readonly string[];
}

/** An appeal as it comes in. */
export interface AskedAppeal {
  readonly appealId: string;
  readonly groundCode: string;
  readonly evidenceIds: readonly string[];
}

/** What a person has decided about an appeal, and what the applicant is told of it. */
export interface DecidedAppeal {
  readonly appealId: string;
  readonly outcome: 'upheld' | 'allowed';
  readonly explanation: { readonly counted: readonly Reason[]; readonly reasons: readonly Reason[]; readonly wouldChange: readonly Reason[] };
}

/** What was corrected of what the applicant has declared, by the id of the write that brought it. */
export interface Correction {
  readonly correctionId: string;
  readonly occasion: 'supplement' | 'appeal' | 'on_file';
  readonly corrected: readonly CorrectedValue[];
}

/** Something happened to an application: what, why (R-OP-09), and what it brings. */
export interface Change extends StepCause<ApplicationTrigger>, Refusal {
  readonly evidence: StepEvidence;
  readonly patch?: ApplicationPatch;
  /** Content of the review task, where the row leads to one. */
  readonly review?: ReviewContent;
  readonly decided?: DecidedReview;
  /** Consents that outside sources are asked under, where the row asks them later than at the submission. */
  readonly submission?: AskedConsents;
  readonly supplement?: AskedSupplement;
  readonly answer?: SupplementAnswer;
  /** Nothing is told of where nothing was corrected. */
  readonly correction?: Correction | undefined;
  readonly appeal?: AskedAppeal;
  readonly appealed?: DecidedAppeal;
  /** What the data that is scored was verified to be, where it is not what the application rests on. */
  readonly verified?: VerificationResult;
  readonly offer?: IssuedOffer;
  /** The consent that was withdrawn. */
  readonly revoked?: { readonly consentId: string; readonly type: ConsentType; readonly revokedAt: string; readonly storedOnly: boolean };
  readonly acceptance?: { readonly offerId: string; readonly acceptanceId: string; readonly templateVersion: string };
  readonly signature?: { readonly signatureId: string; readonly certificateSerial: string; readonly signedAt: string };
}

/** Under which consents outside sources are asked, about the applicant and about who is to stand for the loan. */
export interface AskedConsents {
  readonly consents: readonly { readonly consentId: string; readonly type: ConsentType; readonly grantedAt: string }[];
  readonly guarantors?: readonly (Pick<GuarantorDto, 'guarantorId' | 'guarantorRecordId'> & Pick<AskedConsents, 'consents'>)[];
}

/** Consents of a submission, each with the words that were agreed to (R-LE-01). */
export interface Submission extends AskedConsents {
  readonly consents: readonly {
    readonly consentId: string;
    readonly type: ConsentType;
    readonly textVersion: string;
    readonly textSha256: string;
    readonly grantedAt: string;
  }[];
  /** Who is to stand for the loan; absent where nobody is. */
  readonly guarantors?: readonly GuarantorDto[];
}

/** What became of a change. */
export interface Outcome {
  readonly application: Application;
  readonly effect: 'moved' | 'recorded' | 'ignored';
}
