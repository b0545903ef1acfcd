import type { ConsentType, Reason } from '@millrace/contracts';
import type { OfferDraft } from '../offer/make-offer.js';
import type { ProcessStatus, Trigger } from '../process/loan-process.js';
import type { Application } from './application.entity.js';

/** Task that a person gets when a row leads to a review status. */
export interface ReviewDraft {
  readonly reviewTaskId: string;
  readonly stage: 'verification' | 'approval' | 'disbursement';
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly reasons: readonly Reason[];
  /** Figures for the underwriting sheet (R-UW-01); amounts as decimal strings. */
  readonly figures: Readonly<Record<string, unknown>>;
  readonly dueAt: Date;
}

/** Columns that a step may set; null and absent leave the column as it is. */
export type ApplicationPatch = Partial<
  Pick<
    Application,
    | 'verification'
    | 'score'
    | 'decision'
    | 'contractId'
    | 'contractSha256'
    | 'loanId'
    | 'failedPayoutId'
    | 'orderedPayoutId'
    | 'payeeRecordId'
    | 'payeeAccount'
    | 'refusedPayeeRecordIds'
  >
>;

/** Something happened to an application: what, why, and what it brings. */
export interface Change {
  readonly trigger: Trigger;
  /** Machine-readable reason for the history (R-OP-09). */
  readonly reason: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly patch?: ApplicationPatch;
  /** Set where a refusal is for a fraud that a person or a red rule of the fraud table has confirmed: the firm then waits for the long term. */
  readonly confirmedFraud?: boolean;
  /** Until when the refused firm waits, where who refused has said so; null for no wait. */
  readonly blockedUntil?: Date | null;
  /** Content of the review task, where the row leads to one. */
  readonly review?: Pick<ReviewDraft, 'reasons'> & Partial<Pick<ReviewDraft, 'tier' | 'figures'>>;
  readonly decided?: {
    readonly reviewTaskId: string;
    readonly decisionId: string;
    readonly stage: ReviewDraft['stage'];
    readonly decision: 'approve' | 'reject';
    readonly staffId: string;
    readonly reasonCode: string;
  };
  readonly offer?: OfferDraft;
  readonly acceptance?: { readonly offerId: string; readonly acceptanceId: string; readonly templateVersion: string };
  readonly signature?: { readonly signatureId: string; readonly certificateSerial: string; readonly signedAt: string };
  readonly addendum?: { readonly accountChangeId: string; readonly addendumSha256: string; readonly signedAt: string };
  readonly payment?: { readonly payoutId: string; readonly paidOn: string };
}

/** Consents of a submission, each with the words that were agreed to (R-LE-01). */
export interface Submission {
  readonly consents: readonly {
    readonly consentId: string;
    readonly type: ConsentType;
    readonly textVersion: string;
    readonly textSha256: string;
    readonly grantedAt: string;
  }[];
}

/** What became of a change. */
export interface Outcome {
  readonly application: Application;
  readonly from: ProcessStatus;
  readonly effect: 'moved' | 'recorded' | 'ignored';
}
