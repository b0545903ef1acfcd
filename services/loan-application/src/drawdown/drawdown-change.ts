import type { AgreedGuarantee, DisbursementReturned, LoanClauses, RepaymentMethod, ScoringRequested } from '@millrace/contracts';
import type { ProcessRecord, StepCause } from '@millrace/process';
import type { Refusal } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';
import type { DrawdownTrigger } from '../process/drawdown-process.js';
import type { StepEvidence } from '../process/step-evidence.js';
import type { DecidedReview, ReviewContent } from '../review-task/review-draft.js';
import type { Drawdown } from './drawdown.entity.js';

/** What the application and its contract fixed, which the events of a drawdown tell. */
export interface DrawdownTerms {
  readonly partnerId: string;
  readonly makerId: string;
  readonly accountManagerId: string | null;
  readonly contractId: string;
  readonly contractSha256: string;
  readonly companyName: string;
  /** As the applicant has declared it (GB/T 4754). */
  readonly industryCode: string;
  /** The registered name where the registry has told it. */
  readonly registeredNameSha256: string | null;
  readonly rateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly dayCount: string;
  readonly policyVersion: string;
  /** Loan that this one is to renew; null where its money is paid out. */
  readonly renewsLoanId: string | null;
  /** What the contract says of lateness, misuse and early repayment; null where it says nothing. The step that begins the payment of a loan does not read it, as no event of it tells it. */
  readonly clauses?: LoanClauses | null;
  /** Who stands for the loan from the beginning; null where nobody does. Read where the clauses are. */
  readonly guarantees?: readonly AgreedGuarantee[] | null;
}

/** A drawdown with its terms, as a step needs it. */
export type DrawdownFile = Drawdown & DrawdownTerms;

/** Columns that a step sets; the others stay as they are. */
export type DrawdownPatch = Partial<Omit<Drawdown, 'drawdownId' | 'applicationId' | keyof ProcessRecord>>;

/** Something happened to a drawdown: what, why (R-OP-09), and what it brings. */
export interface DrawdownChange extends StepCause<DrawdownTrigger> {
  readonly evidence: StepEvidence;
  readonly patch?: DrawdownPatch;
  /** Content of the task, where the row leads to one. */
  readonly review?: ReviewContent;
  readonly decided?: DecidedReview;
  readonly addendum?: { readonly accountChangeId: string; readonly addendumSha256: string; readonly signedAt: string };
  /** A renewal that is signed: the business date of the last signature, and the application of the loan that is renewed. */
  readonly signed?: { readonly signedOn: string; readonly renewedApplicationId: string };
  /** Business date from which the claim is that of whoever has bought it. */
  readonly transferredOn?: string;
  /** The loan is owed again: how much of its principal. */
  readonly owedAgain?: { readonly outstandingPrincipalMinor: string };
  readonly payment?: { readonly payoutId: string; readonly paidOn: string };
  /** What the bank shows of the payout coming back. */
  readonly returned?: Pick<DisbursementReturned, 'payoutId' | 'tenantId' | 'lineId' | 'amountMinor' | 'currency' | 'valueOn' | 'bookedAt' | 'bankReference'>;
  /** The score that is made anew, as it is asked for. */
  readonly scoring?: ScoringRequested;
  /** How long the firm waits where the money is given up; the verification that counts is the application's, or a later one. */
  readonly refused?: Refusal & Partial<Pick<Application, 'verification'>>;
}
