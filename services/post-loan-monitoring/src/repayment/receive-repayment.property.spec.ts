import fc from 'fast-check';
import { DAY_COUNTS, REPAYMENT_METHODS, type PayloadOf, type LoanActivated } from '@millrace/contracts';
import { account } from '../../test/loans.js';
import { postingLines } from '../ledger/journal-lines.js';
import { duesBy, payoffDues, totalOf } from '../loan/dues.js';
import { isOpen, unpaidInterest, unpaidPrincipal, type LoanAccount } from '../loan/loan-account.js';
import { interestIn, principalIn, type Posting } from '../ledger/posting.js';
import { applyHeld, receiveRepayment } from './receive-repayment.js';

const RULES = { principalFirstOverDpd: 90 };
const DAY_MS = 86_400_000;
const dayAfter = (start: string, days: number): string => new Date(Date.parse(start) + days * DAY_MS).toISOString().slice(0, 10);
const sum = <T>(items: readonly T[], part: (item: T) => bigint): bigint => items.reduce((total, item) => total + part(item), 0n);

const terms: fc.Arbitrary<Partial<PayloadOf<LoanActivated>>> = fc.record({
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
});

/** What holds after every movement, whatever came before. */
function check(before: LoanAccount, after: LoanAccount, postings: readonly Posting[], received: bigint): void {
  for (const posting of postings) {
    expect(sum(posting.lines, (line) => line.amountMinor) + posting.unallocatedMinor).toBe(posting.amountMinor);
    const entry = postingLines(posting);
    expect(sum(entry, (line) => line.debitMinor)).toBe(sum(entry, (line) => line.creditMinor));
  }
  expect(
    sum(
      postings.filter(({ kind }) => kind === 'REPAYMENT'),
      (posting) => posting.amountMinor,
    ),
  ).toBe(received);
  const lines = postings.flatMap((posting) => posting.lines);
  for (const [index, row] of after.instalments.entries()) {
    expect(unpaidPrincipal(row) >= 0n && unpaidInterest(row) >= 0n && row.waivedInterestMinor >= 0n).toBe(true);
    expect(row.paidPrincipalMinor - before.instalments[index]!.paidPrincipalMinor).toBe(principalIn(lines, row.number));
    expect(row.paidInterestMinor - before.instalments[index]!.paidInterestMinor).toBe(interestIn(lines, row.number));
  }
  expect(after.outstandingPrincipalMinor).toBe(sum(after.instalments, unpaidPrincipal));
  expect(after.heldMinor).toBe(before.heldMinor + received - sum(lines, (line) => line.amountMinor));
  expect(after.heldMinor >= 0n && after.valuedOn >= before.valuedOn).toBe(true);
  expect(after.status === 'SETTLED').toBe(!after.instalments.some(isOpen));
  if (after.status === 'SETTLED') expect(after.outstandingPrincipalMinor).toBe(0n);
}

test('whatever comes in, whenever it is told: allocations add up, nothing is paid twice, entries balance, settled means nothing owed', () => {
  fc.assert(
    fc.property(terms, fc.array(step, { maxLength: 12 }), (given, steps) => {
      let loan = account(given);
      let today = loan.disbursedOn;
      let receivedMinor = 0n;
      for (const { waitDays, lateDays, permille } of steps) {
        today = dayAfter(today, waitDays);
        const told = dayAfter(today, -lateDays);
        const receivedOn = told < loan.disbursedOn ? loan.disbursedOn : told;
        const amountMinor = permille === 0n ? 0n : (loan.principalMinor * permille) / 1_000n + 1n;
        const moved = amountMinor === 0n ? applyHeld(loan, today, RULES) : receiveRepayment(loan, { amountMinor, receivedOn }, today, RULES);
        check(loan, moved.account, moved.postings, amountMinor);
        // Held money never lies beside a due, nor beside a loan that it would pay off.
        if (moved.account.heldMinor > 0n) expect(duesBy(moved.account, today)).toEqual([]);
        if (moved.account.status === 'ACTIVE') expect(moved.account.heldMinor < totalOf(payoffDues(moved.account, today)).totalMinor).toBe(true);
        loan = moved.account;
        receivedMinor += amountMinor;
      }
      const paidMinor = sum(loan.instalments, (row) => row.paidPrincipalMinor + row.paidInterestMinor);
      expect(paidMinor + loan.heldMinor).toBe(receivedMinor);
    }),
    { numRuns: 300 },
  );
});

test('whoever pays every instalment on its day pays the schedule to the cent', () => {
  fc.assert(
    fc.property(terms, (given) => {
      const start = account(given);
      let loan = start;
      for (const row of start.instalments) {
        const dueMinor = row.principalMinor + row.interestMinor;
        if (dueMinor > 0n) loan = receiveRepayment(loan, { amountMinor: dueMinor, receivedOn: row.dueOn }, row.dueOn, RULES).account;
      }
      expect(loan).toMatchObject({ status: 'SETTLED', heldMinor: 0n, outstandingPrincipalMinor: 0n });
      expect(sum(loan.instalments, (row) => row.waivedInterestMinor)).toBe(0n);
    }),
    { numRuns: 100 },
  );
});
