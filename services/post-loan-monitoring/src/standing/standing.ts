import type { CollectionStage, GuaranteeStatus, LoanBucket, LoanClass } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { Policy } from '@millrace/policy';
import type { ObligorRule } from '../classification/obligor-debts.js';
import type { EclStage } from '../classification/provision-policy.js';
import type { ClassFact } from './class-facts.js';

/** Where a loan stands at the end of a day. */
export interface Standing {
  readonly bucket: LoanBucket;
  readonly loanClass: LoanClass;
  /** Class that it would have without its obligor's other loans at this lender. */
  readonly ownClass: LoanClass;
  /** Rule by which those loans keep this one down, as they were last looked at together; null where none does. */
  readonly obligorRule: ObligorRule | null;
  /** It is owed and non-performing by itself, so that it keeps the other loans of its obligor down. */
  readonly isBadDebt: boolean;
  /** Rules that give the class, for the history; empty for a normal loan, and for one that was only read. */
  readonly classRules: readonly string[];
  readonly eclStage: EclStage;
  /** How its arrears are pursued; null where it has none. */
  readonly collectionStage: CollectionStage | null;
  /** What becomes of who stands for it; null where nobody does. */
  readonly guaranteeStatus: GuaranteeStatus | null;
  /** First day of the good conduct that lasts; null while there is none. */
  readonly goodSince: IsoDate | null;
  /** Day on which the class can change though nothing becomes late and nothing is paid. */
  readonly reviewOn: IsoDate | null;
}

/** Of a loan that has never been late. */
export const NEVER_LATE: Standing = {
  bucket: 'M0',
  loanClass: 'NORMAL',
  ownClass: 'NORMAL',
  obligorRule: null,
  isBadDebt: false,
  classRules: [],
  eclStage: 1,
  collectionStage: null,
  guaranteeStatus: null,
  goodSince: null,
  reviewOn: null,
};

/** What binds on a day. */
export type StandingRules = Pick<Policy, 'classification' | 'provision' | 'collection'>;

/** What is known of a loan at the end of a day. */
export interface StandingDay {
  readonly on: IsoDate;
  readonly dpd: number;
  /** Nothing is owed any more: the loan is in no class of the book, and keeps its last one. */
  readonly isSettled: boolean;
  /** Its claim is kept beside the books. */
  readonly isWrittenOff: boolean;
  /** Product that it was lent as; null where the loan was booked before loans named theirs. */
  readonly productCode: string | null;
  /** First day since which nothing of it has been late; null while something is. */
  readonly inTimeSince: IsoDate | null;
  /** No charge for lateness is left unpaid, as far as the loan's row tells. */
  readonly areCostsPaid: boolean;
  /** Days on which something falls due, in order; needed of a loan that is not late and was non-performing, else empty. */
  readonly dueDates: readonly IsoDate[];
  /** What is known of the loan besides its money, of whatever days. */
  readonly facts: readonly ClassFact[];
  /** States of its guarantees, in no order. */
  readonly guaranteeStates: readonly GuaranteeStatus[];
  readonly rules: StandingRules;
}

/** One rule of the standing. Steps are taken in their order, each on what those before it have found. */
export interface StandingStep {
  readonly name: string;
  /** Days past due on which it can find something else than the day before, though nothing was paid. */
  turnsAt(rules: StandingRules): readonly number[];
  take(found: Standing, day: StandingDay): Standing;
}
