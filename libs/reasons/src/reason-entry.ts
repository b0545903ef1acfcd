import type { ReviewStage } from '@millrace/contracts';
import type { Text } from './language.js';

/** Codes under which something is told of which no more may be said; each is a reason of the catalogue itself. */
export const NEUTRAL_CODES = [
  'APPLICATION_NOT_PROCESSED',
  'MANUAL_CHECK',
  'CREDIT_INFORMATION',
  'CREDIT_ASSESSMENT',
  'AMOUNT_REDUCED',
  'DECLINED_BY_PERSON',
] as const;
export type NeutralCode = (typeof NEUTRAL_CODES)[number];

/**
 * Where a code may stand:
 * - `finding`: of the verification, made by a decision table or by kyc-antifraud itself;
 * - `entry`: what the application itself says that stands against it, before anybody outside is asked;
 * - `score`: points that a firm lost in a scorecard; `limit`: what binds its limit;
 * - `failure`: why no score can be computed;
 * - `routing`: why an application goes to a person, or is declined, after its score;
 * - `renewal`: why a loan is not renewed;
 * - `review`: a person's decision (the entry says which, and at which stages);
 * - `task`: a decision of two persons about what a service must not decide; the kind of task says which may be given;
 * - `deadline`: a deadline of the process has passed;
 * - `payout`: the bank or the lender's own check refuses a payment (a bank's further codes are passed on as they are);
 * - `debit`: the bank or the lender’s own check does not debit the borrower’s account (a bank's further codes are passed on as they are);
 * - `refund`: the bank or the lender’s own check does not send money back to its payer (a bank's further codes are passed on as they are);
 * - `notice`: a notice to a borrower or guarantor was not sent, or could not be delivered (a provider's further codes are passed on as they are);
 * - `held`: money or a message that waits until a person has looked;
 * - `withdrawal`: what a partner may say when it cancels an application or declines an offer (other codes are taken as they are);
 * - `step`: the reason of a step in the history of an application that is a matter of course;
 * - `supplement`: why an applicant is asked to correct or add something, before anything is decided;
 * - `appeal`: why an applicant appeals a refusal by the engine;
 * - `explanation`: what counted in a decision, or what would change it, as the applicant is told;
 * - `neutral`: told in place of another code.
 */
export type ReasonUse =
  | 'finding'
  | 'entry'
  | 'score'
  | 'limit'
  | 'failure'
  | 'routing'
  | 'renewal'
  | 'review'
  | 'task'
  | 'deadline'
  | 'payout'
  | 'debit'
  | 'refund'
  | 'notice'
  | 'held'
  | 'withdrawal'
  | 'step'
  | 'supplement'
  | 'appeal'
  | 'explanation'
  | 'neutral';

/** What a person decides with a reason. */
export interface ReviewUse {
  readonly decision: 'approve' | 'reject';
  readonly stages: readonly ReviewStage[];
}

/** One reason. Everything that follows from its code stands here and nowhere else. */
export interface ReasonEntry {
  readonly use: readonly ReasonUse[];
  /** What the lender's people read. It names no person. */
  readonly staff: Text;
  /**
   * What the applicant is told (R-LG-02, R-UW-04): its own words under the same code; `as-staff`, the same words as staff; a neutral code, where the reason
   * itself is not told; or null, where there is nothing to tell.
   */
  readonly told: Text | 'as-staff' | NeutralCode | null;
  /** Present for a reason that a person may give for a decision. */
  readonly review?: ReviewUse;
  /** True where it says that the firm deceived the lender: the firm then waits for the long term (R-UW-05). */
  readonly fraud?: true;
  /** True where it points at suspicion: ordinary events and people never get the code (G-AM-03). */
  readonly restricted?: true;
  /** True where a credit bureau said it: it goes to those alone who may read what bureaus say (R-CR-09). */
  readonly bureau?: true;
}

/** Entries by code. */
export type ReasonEntries = Readonly<Record<string, ReasonEntry>>;
