import { layOutRest, periodsOf, type IsoDate } from '@millrace/finance';
import { duesOf, keptBy, layOutAnew } from './lay-out-dues.js';
import { ImpossibleMovementError, type LoanCase } from './loan-case.js';
import { isUnpaid, unpaidInterestOf, unpaidPrincipalOf, type PaperDue } from './paper-due.js';

/** New terms of a loan whose borrower cannot pay by the old ones. */
export interface NewTerms {
  /** Movement that makes them, for people. */
  readonly what: string;
  readonly on: IsoDate;
  readonly ratePercent: string;
  /** New dates, the last of them after the last one of before; without them the dates stay. */
  readonly dueDates?: readonly IsoDate[] | undefined;
  /** They were possible when people agreed on them. */
  readonly isAgreed?: true | undefined;
}

type Laid = readonly [dues: readonly PaperDue[], keptMinor: bigint | undefined];

const sum = (dues: readonly PaperDue[], part: (due: PaperDue) => bigint): bigint => dues.reduce((total, due) => total + part(due), 0n);

/** A due of which nothing is left: what was not paid is moved, and bears no charge for lateness any more. What has come up of charges stays asked for. */
function movedOut(due: PaperDue, on: IsoDate): PaperDue {
  if (!isUnpaid(due)) return due;
  const moved = {
    on,
    principalMinor: unpaidPrincipalOf(due),
    interestMinor: unpaidInterestOf(due),
    penaltyMinor: 0n,
    compoundMinor: 0n,
    isMoved: true,
  } as const;
  return { ...due, payments: [...due.payments, moved] };
}

/** The rest of a loan all of whose dates are over: it begins anew on the day. */
function beginAnew(past: readonly PaperDue[], { what, on, ratePercent, dueDates }: NewTerms, principalMinor: bigint, given: LoanCase): Laid {
  if (!dueDates) throw new ImpossibleMovementError(`${what} on ${on} comes after the last due date, and names no new ones`);
  const { method, dayCount, instalmentMultipleMinor } = given.terms;
  const periods = periodsOf({ method, dayCount, instalments: dueDates.length, dueDates, disbursedOn: on });
  const { rows } = layOutRest({ method, annualRatePercent: ratePercent, instalmentMultipleMinor, principalMinor, periods });
  return [[...past, ...duesOf(rows, { periods, startsOn: on, principalMinor, ratePercent, firstNumber: past.length + 1, given })], keptBy(method, rows)];
}

/**
 * Moves what is late, principal and interest, into what is not due yet, and lays that out anew by the new terms. Moved interest is asked for with the first
 * due that comes and bears none itself.
 */
export function restructureDues(dues: readonly PaperDue[], terms: NewTerms, given: LoanCase): Laid {
  const { what, on, ratePercent, dueDates, isAgreed } = terms;
  const late = dues.filter(({ dueOn }) => dueOn <= on);
  const [principalMinor, interestMinor] = [sum(late, unpaidPrincipalOf), sum(late, unpaidInterestOf)];
  const past = late.map((due) => movedOut(due, on));
  const rest = dues.slice(late.length);
  const [laid, keptMinor] =
    rest.length === 0
      ? beginAnew(past, terms, principalMinor, given)
      : layOutAnew([...past, ...rest], { what, on, ratePercent, dueDates, isAgreed, drawnMinor: principalMinor, keptMinor: undefined }, given);
  const first = laid[late.length]!;
  const movedInterestMinor = (first.movedInterestMinor ?? 0n) + interestMinor;
  const next = interestMinor === 0n ? first : { ...first, interestMinor: first.interestMinor + interestMinor, movedInterestMinor };
  return [[...laid.slice(0, late.length), next, ...laid.slice(late.length + 1)], keptMinor];
}
