import fc from 'fast-check';
import { DAY_COUNTS, REPAYMENT_METHODS, type LoanActivated, type PayloadOf } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { CLAUSES as ALL_CLAUSES, account } from '../../test/loans.js';
import { entriesToPost, type PostedEntry } from '../ledger/correct-journal.js';
import { accrualCorrection, type JournalEntry } from '../ledger/journal-entry.js';
import { less, NOTHING_ACCRUED } from '../ledger/accrual-lines.js';
import type { Posting } from '../ledger/posting.js';
import { accruedDays } from './accrue-account.js';
import { correctionsBetween } from './correct-accrual.js';
import type { BookedMovement, LoanAccount } from './loan-account.js';
import { playAccount } from './play-account.js';

// Method: a loan's books are kept as the service keeps them, each day closed in its turn and each movement booked when it becomes known, and held against the
// books of the same loan by which everything was known in the order of value dates.

const CLAUSES = { ...ALL_CLAUSES, prepaymentFeeBps: 100, holidayCalendar: null } as const;

const terms: fc.Arbitrary<Partial<PayloadOf<LoanActivated>>> = fc.record({
  principalMinor: fc.bigInt(1_000n, 10n ** 9n).map(String),
  rateBps: fc.integer({ min: 1, max: 3_600 }),
  tenorMonths: fc.integer({ min: 1, max: 4 }),
  repaymentMethod: fc.constantFrom(...REPAYMENT_METHODS),
  dayCount: fc.constantFrom(...DAY_COUNTS),
  clauses: fc.constantFrom(CLAUSES, null),
});

const DAYS = 160;
const told = fc.array(
  fc.record({ day: fc.integer({ min: 0, max: DAYS }), lateDays: fc.integer({ min: 0, max: 100 }), permille: fc.bigInt(1n, 600n), isTakenBack: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);

/** Becomes known at the end of a day, after the day was closed or before. */
interface Told {
  readonly on: number;
  readonly movement: BookedMovement;
  /** The bank takes it back so many days later; null where it does not. */
  readonly backOn: number | null;
}

const never = () => 'NORMAL' as const;

/** The books of a loan at the end of all days, by account and value date, however late its money has become known. */
function booksOf(loan: LoanAccount, events: readonly Told[]): Record<string, bigint> {
  const journal: PostedEntry[] = [];
  const post = (entries: readonly JournalEntry[]): void => {
    const reversed = new Set(entries.map(({ reverses }) => reverses));
    for (const [at, entry] of journal.entries()) if (reversed.has(entry.entryId)) journal[at] = { ...entry, isReversed: true };
    journal.push(...entries.map((entry) => ({ ...entry, isReversed: false })));
  };
  let movements: readonly BookedMovement[] = [];
  let closedThrough: IsoDate | undefined;
  const change = (next: readonly BookedMovement[], today: IsoDate): void => {
    const [before, after] = [
      { ...loan, movements },
      { ...loan, movements: next },
    ];
    if (closedThrough !== undefined && next !== movements) post(correctionsBetween(before, after, { from: loan.disbursedOn, through: closedThrough }, never));
    const played = playAccount(after, today).postings.filter((posting): posting is Posting => posting.kind !== 'LOAN_BOOKED');
    post(entriesToPost(journal, played, loan.accruesFrom));
    movements = next;
  };
  for (let day = 0; day <= 2 * DAYS; day += 1) {
    const today = addDays(loan.disbursedOn, day);
    for (const { movement } of events.filter(({ on }) => on === day)) change([...movements, movement], today);
    for (const { movement } of events.filter(({ backOn }) => backOn === day))
      change(
        movements.filter((one) => one !== movement),
        today,
      );
    const accrued = [...accruedDays({ ...loan, movements }, addDays(today, -1), today, never)];
    const [now, before] = [accrued.at(-1)!.accrued, accrued.length > 1 ? accrued[0]!.accrued : NOTHING_ACCRUED];
    const entry = accrualCorrection(today, less(now, before));
    if (entry.lines.length > 0) post([entry]);
    closedThrough = today;
  }
  // Held money has paid on its days.
  change(movements, addDays(loan.disbursedOn, 2 * DAYS));
  const net: Record<string, bigint> = {};
  for (const { valueOn, lines } of journal)
    for (const { account: code, debitMinor, creditMinor } of lines) net[`${valueOn} ${code}`] = (net[`${valueOn} ${code}`] ?? 0n) + debitMinor - creditMinor;
  return Object.fromEntries(Object.entries(net).filter(([, minor]) => minor !== 0n));
}

test('F17: whenever money becomes known or is taken back, before the day is closed or long after, the net of each account by value date ends the same', () => {
  fc.assert(
    fc.property(terms, told, (given, arrivals) => {
      const loan = account(given);
      const money = arrivals.map(({ day, lateDays, permille, isTakenBack }, index) => ({
        movement: { repaymentId: `r${index}`, valueOn: addDays(loan.disbursedOn, day), amountMinor: (loan.principalMinor * permille) / 1_000n + 1n },
        ...{ day, lateDays, isTakenBack },
      }));
      const late = booksOf(
        loan,
        money.map(({ movement, day, lateDays, isTakenBack }) => ({ movement, on: day + lateDays, backOn: isTakenBack ? day + lateDays + 20 : null })),
      );
      const inTime = booksOf(
        loan,
        money.filter(({ isTakenBack }) => !isTakenBack).map(({ movement, day }) => ({ movement, on: day, backOn: null })),
      );
      expect(late).toEqual(inTime);
    }),
    { numRuns: 20 },
  );
}, 120_000);
