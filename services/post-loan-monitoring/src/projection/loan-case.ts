import type { PrepaymentEffect, PrepaymentInterest } from '@millrace/contracts';
import { dayOfMonth, type DayCount, type IsoDate, type ScheduleTerms } from '@millrace/finance';
import type { LoanFact } from './loan-facts.js';

/** How a `periodic` contract shares the interest of a period that is broken: by actual days, or in thirtieths of a month, as contracts of before had it. */
export type BrokenPeriods = 'actual_days' | 'thirtieths';

/** What a contract says beside its schedule. A clause that is not there costs nothing: no penalty, no grace, no fee. */
export interface LoanContract {
  readonly prepaymentInterest: PrepaymentInterest;
  readonly prepaymentEffect: PrepaymentEffect;
  /** Raise of the contract rate for what is overdue, in basis points of the rate: 4,000 makes 7.2% into 10.08% (G-PR-07). */
  readonly penaltyUpliftBps: number;
  /** Raise of the contract rate for money that is used for something else than agreed, likewise; without it misuse costs nothing more. */
  readonly misuseUpliftBps?: number | undefined;
  /** Days after the due date in which arrears that are paid whole bear no penalty. */
  readonly graceDays: number;
  /** Overdue interest bears compound interest at the penalty rate. */
  readonly compound: boolean;
  /** Fee on principal that is paid before it is due, in basis points. */
  readonly prepaymentFeeBps: number;
  /** A due date on a day that is no business day may be met on the next one, without penalty. */
  readonly rollsForward: boolean;
  readonly brokenPeriods: BrokenPeriods;
}

/** How the days of a loan are counted. */
export interface DayRule {
  readonly dayCount: DayCount;
  readonly brokenPeriods: BrokenPeriods;
  /** Day of the month that periods are counted from. */
  readonly anchorDay: number;
}

export function dayRuleOf({ terms, contract }: Pick<LoanCase, 'terms' | 'contract'>): DayRule {
  return { dayCount: terms.dayCount, brokenPeriods: contract.brokenPeriods, anchorDay: dayOfMonth(terms.disbursedOn) };
}

/**
 * Money that moves, or a rate that does, in the order in which it became known. New terms that are agreed (`isAgreed`) were possible when people agreed on
 * them: they hold too where money that became known later has left less to lay out, or later dates, than there were on that day.
 */
export type LoanMovement =
  | { readonly id: string; readonly kind: 'repayment' | 'drawing'; readonly valueOn: IsoDate; readonly amountMinor: bigint }
  /** The loan that renews this one pays principal of it (G-CL-15). */
  | { readonly id: string; readonly kind: 'renewal'; readonly valueOn: IsoDate; readonly amountMinor: bigint }
  /** Without an effect it has that of the contract. */
  | {
      readonly id: string;
      readonly kind: 'prepayment';
      readonly valueOn: IsoDate;
      readonly amountMinor: bigint;
      readonly effect?: PrepaymentEffect | undefined;
    }
  /** Without an amount it is exactly what pays the loan off on that day. */
  | { readonly id: string; readonly kind: 'payoff'; readonly valueOn: IsoDate; readonly amountMinor?: bigint | undefined }
  /** Takes back the movement `of`, as if it had never come. */
  | { readonly id: string; readonly kind: 'reversal'; readonly of: string }
  /** The new dates of what is not due yet; there may be more of them than before. */
  | { readonly id: string; readonly kind: 'extension'; readonly valueOn: IsoDate; readonly dueDates: readonly IsoDate[]; readonly isAgreed?: true }
  | { readonly id: string; readonly kind: 'rate_change'; readonly valueOn: IsoDate; readonly ratePercent: string }
  /** What is late is moved into what is not due yet, which is laid out anew: on other dates, at another rate, or on those of before (S18). */
  | {
      readonly id: string;
      readonly kind: 'restructuring';
      readonly valueOn: IsoDate;
      readonly dueDates?: readonly IsoDate[] | undefined;
      readonly ratePercent?: string | undefined;
      readonly isAgreed?: true;
    };

/** A movement that has a value date of its own. */
export type ValuedMovement = Exclude<LoanMovement, { readonly kind: 'reversal' }>;

/** A movement that the loan cannot take, e.g. a drawing after its last due date; the message says which and why. */
export class ImpossibleMovementError extends Error {
  override name = 'ImpossibleMovementError';
}

/** A loan as it is written on paper; nothing of it is stored. */
export interface LoanCase {
  readonly terms: ScheduleTerms;
  readonly contract: LoanContract;
  readonly movements: readonly LoanMovement[];
  /** What is known besides its money. */
  readonly facts?: readonly LoanFact[] | undefined;
  /** Over so many days past due, principal is paid first (M-RS-06). */
  readonly principalFirstOverDpd: number;
  /** First business day from a day on. */
  readonly businessDayFrom: (date: IsoDate) => IsoDate;
}

/**
 * Movements that count, by their value dates. Those of one day have the order of their ids, so that the result does not hang on the order in which they
 * became known.
 */
export function standingMovements(movements: readonly LoanMovement[]): ValuedMovement[] {
  const reversals = Map.groupBy(
    movements.filter((movement) => movement.kind === 'reversal'),
    ({ of }) => of,
  );
  // A reversal that is taken back itself leaves what it took back as it was.
  const isReversed = (id: string): boolean => (reversals.get(id) ?? []).some((reversal) => !isReversed(reversal.id));
  return movements
    .filter((movement): movement is ValuedMovement => movement.kind !== 'reversal' && !isReversed(movement.id))
    .toSorted((a, b) => (a.valueOn === b.valueOn ? compare(a.id, b.id) : compare(a.valueOn, b.valueOn)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : 1);
