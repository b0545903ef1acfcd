import type { LoanClass } from '@millrace/contracts';
import { addDays, buildSchedule, daysBetween, InvalidTermsError, parseDate, type IsoDate } from '@millrace/finance';
import { bucketOf } from '../classification/bucket.js';
import { accrualLines, less, NOTHING_ACCRUED, receiptLines } from '../ledger/accrual-lines.js';
import { bookingLines, type JournalLine } from '../ledger/journal-lines.js';
import { earnedBy } from './earned.js';
import { standingMovements, type LoanCase, type LoanMovement, type ValuedMovement } from './loan-case.js';
import { PaperClass, type ClassTerms } from './paper-class.js';
import { PaperLoan } from './paper-loan.js';

/** A loan with all that its class is made of. */
export type ProjectedCase = LoanCase & ClassTerms;

/** What a loan owes at the end of a day; amounts in fen. */
export interface LoanStanding {
  readonly on: IsoDate;
  readonly principalMinor: bigint;
  /** Due, or earned by the day, and not paid. */
  readonly interestMinor: bigint;
  readonly penaltyMinor: bigint;
  readonly compoundMinor: bigint;
  /** What pays the loan off on this day, after money that is held, with the fee for what was not due yet. */
  readonly payoffMinor: bigint;
  /** Days past due of the oldest unpaid instalment (R-PL-06). */
  readonly dpd: number;
  /** M0 to M6 by 30 days, M7+ above 180. */
  readonly bucket: string;
  /** Of the five classes (G-CL-01). */
  readonly class: LoanClass;
}

/** What the contract asks for on one day; amounts in fen. */
export interface ProjectedRow {
  readonly number: number;
  readonly dueOn: IsoDate;
  readonly principalMinor: bigint;
  readonly interestMinor: bigint;
  readonly totalMinor: bigint;
  /** Principal that is left after it. */
  readonly balanceMinor: bigint;
}

/** One change of the ledger that a movement led to, on one value date; debits and credits are equal. */
export interface PaperEntry {
  /** Movement that led to it; null for the loan itself, what falls due by time, and what is earned. */
  readonly movement: string | null;
  readonly valueOn: IsoDate;
  readonly lines: readonly JournalLine[];
}

export interface LoanProjection {
  /** The schedule as the contract has it. */
  readonly rows: readonly ProjectedRow[];
  readonly standings: readonly LoanStanding[];
  /**
   * First those of money, in the order in which the movements became known: a late one reverses what it changes, by its value date. Then what was earned, by
   * everything that is known.
   */
  readonly entries: readonly PaperEntry[];
}

/** A hundred years: days are played one by one. */
const MOST_DAYS = 36_525;

function standingOf(loan: PaperLoan, on: IsoDate, loanClass: LoanClass): LoanStanding {
  const dpd = loan.daysPastDue(on);
  const payoffMinor = loan.payoffOn(on) - loan.heldMinor;
  const owed = { principalMinor: loan.principalMinor, interestMinor: loan.interestOn(on), ...loan.lateChargesOn(on) };
  return {
    on,
    ...owed,
    payoffMinor: payoffMinor > 0n ? payoffMinor : 0n,
    dpd,
    bucket: bucketOf(dpd),
    // Nothing is left to be classed.
    class: Object.values(owed).every((minor) => minor === 0n) ? 'NORMAL' : loanClass,
  };
}

interface PlayedDays {
  readonly standings: ReadonlyMap<IsoDate, LoanStanding>;
  /** What was earned from stop to stop: due dates, days of movements, and days that are asked for. */
  readonly accruals: readonly PaperEntry[];
}

/** Plays the loan day after day, as a class hangs on the day before. */
function playDays(given: ProjectedCase, asOf: readonly IsoDate[], last: IsoDate): PlayedDays {
  const movements = standingMovements(given.movements);
  const loan = new PaperLoan(given);
  const paperClass = new PaperClass(given);
  const asked = new Set(asOf);
  const standings = new Map<IsoDate, LoanStanding>();
  const accruals: PaperEntry[] = [];
  let earned = NOTHING_ACCRUED;
  let taken = 0;
  for (let on = given.terms.disbursedOn; on <= last; on = addDays(on, 1)) {
    const before = taken;
    for (; taken < movements.length && movements[taken]!.valueOn <= on; taken += 1) loan.take(movements[taken]!);
    loan.advance(on);
    const loanClass = paperClass.next(loan, on);
    if (asked.has(on)) standings.set(on, standingOf(loan, on, loanClass));
    if (!asked.has(on) && taken === before && !loan.dues.some(({ dueOn }) => dueOn === on)) continue;
    const now = { ...earnedBy(loan, on), memoMinor: 0n };
    const lines = accrualLines(less(now, earned));
    if (lines.length > 0) accruals.push({ movement: null, valueOn: on, lines });
    earned = now;
  }
  return { standings, accruals };
}

type Net = Map<string, bigint>;

/** Debit less credit of each account by value date. */
function netOf(loan: PaperLoan): Net {
  const net: Net = new Map();
  for (const posting of loan.postings) {
    const lines = posting.kind === 'LOAN_BOOKED' ? bookingLines(posting.amountMinor) : receiptLines(posting);
    for (const { account, debitMinor, creditMinor } of lines) {
      const key = `${posting.valueOn} ${account}`;
      net.set(key, (net.get(key) ?? 0n) + debitMinor - creditMinor);
    }
  }
  return net;
}

function entriesBetween(before: Net, after: Net, movement: string | null): PaperEntry[] {
  const changed = [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((key) => {
    const changeMinor = (after.get(key) ?? 0n) - (before.get(key) ?? 0n);
    const [valueOn, account] = key.split(' ') as [string, string];
    return changeMinor === 0n ? [] : [{ valueOn, account, debitMinor: changeMinor > 0n ? changeMinor : 0n, creditMinor: changeMinor < 0n ? -changeMinor : 0n }];
  });
  return [...Map.groupBy(changed, ({ valueOn }) => valueOn)].map(([valueOn, lines]) => ({
    movement,
    valueOn,
    lines: lines.map(({ account, debitMinor, creditMinor }) => ({ account, debitMinor, creditMinor })),
  }));
}

/** The loan of a list of movements that grows; what comes last in the order of value dates goes on from where the loan is, all else plays it anew. */
class GrowingLoan {
  #loan: PaperLoan;
  #taken: readonly ValuedMovement[] = [];

  constructor(private readonly given: LoanCase) {
    this.#loan = new PaperLoan(given);
  }

  /** The loan of these movements, moved on to the end of a day. */
  with(known: readonly LoanMovement[], through: IsoDate): PaperLoan {
    const movements = standingMovements(known);
    const goesOn = this.#taken.every((movement, at) => movement === movements[at]);
    if (!goesOn) this.#loan = new PaperLoan(this.given);
    for (const movement of movements.slice(goesOn ? this.#taken.length : 0)) this.#loan.take(movement);
    this.#taken = movements;
    const moved = this.#loan.copy();
    moved.advance(through);
    return moved;
  }
}

/** What each movement changed in the ledger when it became known: the difference between the loan played with and without it. */
function entriesOf(given: LoanCase, through: IsoDate): PaperEntry[] {
  const loan = new GrowingLoan(given);
  let before: Net = new Map();
  const known: LoanMovement[] = [];
  const entries: PaperEntry[] = [];
  for (const movement of [undefined, ...given.movements]) {
    if (movement) known.push(movement);
    const after = netOf(loan.with(known, through));
    entries.push(...entriesBetween(before, after, movement?.id ?? null));
    before = after;
  }
  return entries;
}

/**
 * A loan on paper: its schedule, what it owes at the end of each day that is asked for, and the entries that its movements lead to. Nothing hangs on the
 * order in which the movements became known but the order of the entries.
 * @throws InvalidTermsError for terms of which no schedule can be made, and for a day that is none or lies before the loan
 * @throws ImpossibleMovementError for a movement that the loan cannot take
 */
export function projectLoan(given: ProjectedCase, asOf: readonly IsoDate[]): LoanProjection {
  const valued = given.movements.flatMap((movement) => (movement.kind === 'reversal' ? [] : [movement.valueOn]));
  const dueDates = given.movements.flatMap((movement) => (movement.kind === 'extension' ? movement.dueDates : []));
  for (const day of [...valued, ...dueDates, ...asOf, ...given.facts.flatMap(({ from, to = from }) => [from, to])]) parseDate(day);
  const { disbursedOn } = given.terms;
  const early = asOf.find((on) => on < disbursedOn);
  if (early !== undefined) throw new InvalidTermsError(`${early} is before the loan was paid out; look at it from ${disbursedOn} on`);
  const last = [...valued, ...asOf, disbursedOn].toSorted().at(-1)!;
  if (daysBetween(disbursedOn, last) > MOST_DAYS) throw new InvalidTermsError(`${last} is more than ${MOST_DAYS} days after the loan was paid out`);
  const { standings, accruals } = playDays(given, asOf, last);
  return {
    rows: buildSchedule(given.terms).rows.map(({ due: dueOn, number, principalMinor, interestMinor, totalMinor, balanceMinor }) => ({
      number,
      dueOn,
      principalMinor,
      interestMinor,
      totalMinor,
      balanceMinor,
    })),
    standings: asOf.map((on) => standings.get(on)!),
    entries: [...entriesOf(given, last), ...accruals],
  };
}
