import fc from 'fast-check';
import { DAY_COUNTS, PREPAYMENT_EFFECTS, PREPAYMENT_INTERESTS, REPAYMENT_METHODS, type PayloadOf, type LoanActivated } from '@millrace/contracts';
import { account, CLAUSES, receive, replayed, type Played } from '../../test/loans.js';
import { entriesToPost, type PostedEntry } from '../ledger/correct-journal.js';
import { postingLines } from '../ledger/journal-lines.js';
import { interestIn, principalIn, sumOf, type Posting } from '../ledger/posting.js';
import { isOpen, unpaidInterest, unpaidPrincipal, type LoanAccount } from './loan-account.js';
import { playAccount } from './play-account.js';

const DAY_MS = 86_400_000;
const dayAfter = (start: string, days: number): string => new Date(Date.parse(start) + days * DAY_MS).toISOString().slice(0, 10);
const sum = <T>(items: readonly T[], part: (item: T) => bigint): bigint => items.reduce((total, item) => total + part(item), 0n);

const clauses = fc.record({
  prepaymentInterest: fc.constantFrom(...PREPAYMENT_INTERESTS),
  prepaymentFeeBps: fc.constantFrom(0, 1, 100),
  graceDays: fc.constantFrom(0, 3),
  compound: fc.boolean(),
});
/** Of a contract without clauses nothing can be repaid early. */
const effect = fc.constantFrom(null, null, ...PREPAYMENT_EFFECTS);

const terms: fc.Arbitrary<Partial<PayloadOf<LoanActivated>>> = fc.record({
  clauses: fc.oneof(
    fc.constant(null),
    clauses.map((given) => ({ ...CLAUSES, ...given })),
  ),
  principalMinor: fc.oneof(fc.bigInt(1n, 500n), fc.bigInt(1n, 10n ** 9n)).map(String),
  rateBps: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 3_600 })),
  tenorMonths: fc.integer({ min: 1, max: 24 }),
  repaymentMethod: fc.constantFrom(...REPAYMENT_METHODS),
  dayCount: fc.constantFrom(...DAY_COUNTS),
  disbursedOn: fc.constantFrom('2026-03-02', '2026-01-31', '2027-12-30', '2028-02-29'),
});

/** Time goes on by `waitDays`; then a transfer of a share of the principal that came in up to `lateDays` before, or only the ticker. */
const step = fc.record({
  waitDays: fc.integer({ min: 0, max: 60 }),
  lateDays: fc.integer({ min: 0, max: 20 }),
  permille: fc.oneof(fc.constant(0n), fc.bigInt(1n, 400n), fc.bigInt(900n, 1_200n)),
  effect,
});

/** What holds after every movement, whatever came before. */
function check(before: LoanAccount, { account: after, postings, undone }: Played, received: bigint): void {
  for (const posting of postings) {
    expect(sum(posting.lines, (line) => line.amountMinor) + posting.unallocatedMinor).toBe(posting.amountMinor);
    const entry = postingLines(posting);
    expect(sum(entry, (line) => line.debitMinor)).toBe(sum(entry, (line) => line.creditMinor));
  }
  const came = (of: readonly Posting[]): bigint => sum(of, (posting) => (posting.kind === 'REPAYMENT' ? posting.amountMinor : 0n));
  expect(came(postings) - came(undone)).toBe(received);
  const paid = (part: (lines: Posting['lines']) => bigint): bigint => sum(postings, ({ lines }) => part(lines)) - sum(undone, ({ lines }) => part(lines));
  for (const [index, row] of after.instalments.entries()) {
    expect(unpaidPrincipal(row) >= 0n && unpaidInterest(row) >= 0n && row.waivedInterestMinor >= 0n).toBe(true);
    const was = before.instalments[index]!;
    expect(row.paidPrincipalMinor - was.paidPrincipalMinor).toBe(paid((lines) => principalIn(lines, row.number)));
    expect(row.paidInterestMinor - was.paidInterestMinor).toBe(paid((lines) => interestIn(lines, row.number)));
  }
  expect(after.outstandingPrincipalMinor).toBe(sum(after.instalments, unpaidPrincipal));
  expect(after.heldMinor).toBe(before.heldMinor + received - paid((lines) => sum(lines, (line) => line.amountMinor)));
  expect(after.heldMinor >= 0n).toBe(true);
  expect(after.status === 'SETTLED').toBe(!after.instalments.some(isOpen));
  if (after.status === 'SETTLED') expect(after.outstandingPrincipalMinor).toBe(0n);
}

test('whatever comes in, whenever it is told: allocations add up, nothing is paid twice, entries balance, settled means nothing owed', () => {
  fc.assert(
    fc.property(terms, fc.array(step, { maxLength: 12 }), (given, steps) => {
      let loan = account(given);
      let [today, receivedMinor] = [loan.disbursedOn, 0n];
      for (const { waitDays, lateDays, permille, effect: wanted } of steps) {
        const played = today;
        today = dayAfter(today, waitDays);
        const told = dayAfter(today, -lateDays);
        const receivedOn = told < loan.disbursedOn ? loan.disbursedOn : told;
        const amountMinor = permille === 0n ? 0n : (loan.principalMinor * permille) / 1_000n + 1n;
        const movement = {
          repaymentId: `r${String(loan.movements.length).padStart(4, '0')}`,
          valueOn: receivedOn,
          amountMinor,
          prepaymentEffect: given.clauses ? wanted : null,
        };
        const moved = replayed(loan, amountMinor === 0n ? loan.movements : [...loan.movements, movement], today, played);
        check(loan, moved, amountMinor);
        // Held money never lies beside a due, nor beside a loan that it would pay off.
        const now = playAccount(moved.account, today);
        if (moved.account.heldMinor > 0n) expect(now.duesOn(today)).toEqual([]);
        if (moved.account.status === 'ACTIVE') expect(moved.account.heldMinor < now.payoffOn(today)).toBe(true);
        loan = moved.account;
        receivedMinor += amountMinor;
      }
      const paidMinor = sum(loan.instalments, (row) => row.paidPrincipalMinor + row.paidInterestMinor);
      const { postings } = playAccount(loan, today);
      const chargesMinor = sum(postings, (posting) => (posting.kind === 'LOAN_BOOKED' ? 0n : sumOf(posting.lines, ['fees', 'penalty'])));
      expect(paidMinor + chargesMinor + loan.heldMinor).toBe(receivedMinor);
    }),
    { numRuns: 300 },
  );
});

/** Movements of one loan, of different ids, on random days of its first year. */
const arrivals = fc.array(fc.record({ day: fc.integer({ min: 0, max: 400 }), permille: fc.bigInt(1n, 400n), place: fc.nat(), effect }), {
  minLength: 1,
  maxLength: 8,
});

/** Debit less credit of each account by value date. */
function netOf(entries: readonly Pick<PostedEntry, 'valueOn' | 'lines'>[]): Record<string, bigint> {
  const net: Record<string, bigint> = {};
  for (const { valueOn, lines } of entries)
    for (const { account: code, debitMinor, creditMinor } of lines) net[`${valueOn} ${code}`] = (net[`${valueOn} ${code}`] ?? 0n) + debitMinor - creditMinor;
  return Object.fromEntries(Object.entries(net).filter(([, minor]) => minor !== 0n));
}

const LAST_DAY = '2029-12-31';

/** The journal as it grows when movements become known one after the other. */
function journalOf(loan: LoanAccount, movements: LoanAccount['movements']): PostedEntry[] {
  let journal: PostedEntry[] = [];
  for (let known = 1; known <= movements.length; known += 1) {
    const played = playAccount({ ...loan, movements: movements.slice(0, known) }, LAST_DAY);
    const more = entriesToPost(
      journal,
      played.postings.filter((posting): posting is Posting => posting.kind !== 'LOAN_BOOKED'),
      loan.accruesFrom,
    );
    const reversed = new Set(more.map(({ reverses }) => reverses));
    journal = [
      ...journal.map((entry) => ({ ...entry, isReversed: entry.isReversed || reversed.has(entry.entryId) })),
      ...more.map((entry) => ({ ...entry, isReversed: false })),
    ];
  }
  return journal;
}

test('F17, M-EV-09: in whatever order money becomes known, schedule and net of each account by value date end the same, and the journal only grows', () => {
  fc.assert(
    fc.property(terms, arrivals, (given, arrived) => {
      const loan = account(given);
      const movements = arrived.map(({ day, permille, place, effect: wanted }, index) => ({
        place,
        repaymentId: `r${index}`,
        valueOn: dayAfter(loan.disbursedOn, day),
        amountMinor: (loan.principalMinor * permille) / 1_000n + 1n,
        prepaymentEffect: given.clauses ? wanted : null,
      }));
      const inOrder = journalOf(loan, movements);
      const shuffled = movements.toSorted((a, b) => a.place - b.place);
      const late = journalOf(loan, shuffled);
      expect(netOf(late)).toEqual(netOf(inOrder));
      const sources = late.filter(({ sourceKind }) => sourceKind === 'REPAYMENT').map(({ sourceId, correction }) => `${sourceId} ${correction}`);
      expect(new Set(sources).size).toBe(sources.length);
      expect(replayed(loan, shuffled, LAST_DAY).account.instalments).toEqual(replayed(loan, movements, LAST_DAY).account.instalments);
    }),
    { numRuns: 200 },
  );
});

test('whoever pays every instalment on its day pays the schedule to the cent', () => {
  fc.assert(
    fc.property(terms, (given) => {
      const start = account(given);
      let loan = start;
      for (const row of start.instalments) {
        const dueMinor = row.principalMinor + row.interestMinor;
        if (dueMinor > 0n) loan = receive(loan, dueMinor, row.dueOn).account;
      }
      expect(loan).toMatchObject({ status: 'SETTLED', heldMinor: 0n, outstandingPrincipalMinor: 0n });
      expect(sum(loan.instalments, (row) => row.waivedInterestMinor)).toBe(0n);
    }),
    { numRuns: 100 },
  );
});
