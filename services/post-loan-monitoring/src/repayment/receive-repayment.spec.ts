import { account } from '../../test/loans.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { applyHeld, receiveRepayment, type Movement } from './receive-repayment.js';

const RULES = { principalFirstOverDpd: 90 };
const INSTALMENT = 2_586_822n;

const receive = (loan: LoanAccount, amountMinor: bigint, receivedOn: string, today = receivedOn): Movement =>
  receiveRepayment(loan, { amountMinor, receivedOn }, today, RULES);
const told = ({ postings }: Movement): string[] =>
  postings.flatMap(({ kind, valueOn, lines, unallocatedMinor }) => [
    ...lines.map((line) => `${valueOn} ${kind} ${line.number} ${line.bucket} ${line.amountMinor}`),
    ...(unallocatedMinor > 0n ? [`${valueOn} ${kind} held ${unallocatedMinor}`] : []),
  ]);

test('on the due date an exact instalment pays interest, then principal', () => {
  const paid = receive(account(), INSTALMENT, '2026-04-02');
  expect(told(paid)).toEqual(['2026-04-02 REPAYMENT 1 currentInterest 158750', '2026-04-02 REPAYMENT 1 currentPrincipal 2428072']);
  expect(paid.account).toMatchObject({ outstandingPrincipalMinor: 27_571_928n, heldMinor: 0n, status: 'ACTIVE', valuedOn: '2026-04-02' });
});

test('S16: a partial amount stops where it ends, and the next goes on from there', () => {
  const first = receive(account(), 1_000_000n, '2026-04-02');
  expect(told(first)).toEqual(['2026-04-02 REPAYMENT 1 currentInterest 158750', '2026-04-02 REPAYMENT 1 currentPrincipal 841250']);
  const second = receive(first.account, INSTALMENT, '2026-04-10');
  expect(told(second)).toEqual(['2026-04-10 REPAYMENT 1 overduePrincipal 1586822', '2026-04-10 REPAYMENT held 1000000']);
});

test('M-RS-05: overdue interest of every row goes before overdue principal, and what is due today comes last', () => {
  const paid = receive(account(), 4_000_000n, '2026-06-02');
  expect(told(paid)).toEqual([
    '2026-06-02 REPAYMENT 1 overdueInterest 158750',
    '2026-06-02 REPAYMENT 2 overdueInterest 145901',
    '2026-06-02 REPAYMENT 1 overduePrincipal 2428072',
    '2026-06-02 REPAYMENT 2 overduePrincipal 1267277',
  ]);
});

test('M-RS-06: over 90 days past due principal goes first; on day 90 not yet', () => {
  expect(told(receive(account(), 100n, '2026-07-01'))).toEqual(['2026-07-01 REPAYMENT 1 overdueInterest 100']);
  expect(told(receive(account(), 100n, '2026-07-02'))).toEqual(['2026-07-02 REPAYMENT 1 overduePrincipal 100']);
});

test('money before its time is held, and pays each row on its own due date, however late the ticker comes', () => {
  const early = receive(account(), 2n * INSTALMENT + 5n, '2026-03-20');
  expect(told(early)).toEqual([`2026-03-20 REPAYMENT held ${2n * INSTALMENT + 5n}`]);
  expect(applyHeld(early.account, '2026-04-01', RULES).postings).toEqual([]);
  const applied = applyHeld(early.account, '2026-06-05', RULES);
  expect(told(applied)).toEqual([
    '2026-04-02 HELD_CREDIT 1 currentInterest 158750',
    '2026-04-02 HELD_CREDIT 1 currentPrincipal 2428072',
    '2026-05-02 HELD_CREDIT 2 currentInterest 145901',
    '2026-05-02 HELD_CREDIT 2 currentPrincipal 2440921',
    '2026-06-02 HELD_CREDIT 3 currentInterest 5',
  ]);
  expect(applied.account.heldMinor).toBe(0n);
});

test('a repayment that overtakes the ticker finds the held money on the dues first', () => {
  const early = receive(account(), INSTALMENT, '2026-03-20').account;
  const second = receive(early, INSTALMENT, '2026-04-02');
  expect(second.postings.map(({ kind }) => kind)).toEqual(['HELD_CREDIT', 'REPAYMENT']);
  expect(second.account.heldMinor).toBe(INSTALMENT);
});

test('a transfer told late counts from its own day, and pays on up to today', () => {
  const paid = receive(account(), 2n * INSTALMENT, '2026-04-02', '2026-05-10');
  expect(paid.postings.map(({ kind, valueOn }) => `${valueOn} ${kind}`)).toEqual(['2026-04-02 REPAYMENT', '2026-05-02 HELD_CREDIT']);
  expect(paid.account).toMatchObject({ valuedOn: '2026-05-02', heldMinor: 0n });
  // Never from before the last posting: the books do not go back.
  expect(receive(paid.account, 100n, '2026-04-20', '2026-05-11').postings[0]?.valueOn).toBe('2026-05-02');
});

test('S16, G-PR-10: the payoff settles with interest to the day, waives the rest and holds what is over', () => {
  let loan = account({ rateBps: 720 });
  for (const row of loan.instalments.slice(0, 6)) loan = receive(loan, row.principalMinor + row.interestMinor, row.dueOn).account;
  expect(loan.outstandingPrincipalMinor).toBe(15_269_166n);
  expect(receive(loan, 15_299_703n, '2026-09-12').account).toMatchObject({ status: 'ACTIVE', heldMinor: 15_299_703n });
  const paid = receive(loan, 15_300_000n, '2026-09-12');
  expect(paid.account).toMatchObject({ status: 'SETTLED', settledOn: '2026-09-12', outstandingPrincipalMinor: 0n, heldMinor: 296n });
  const interestLines = paid.postings.flatMap(({ lines }) => lines.filter(({ bucket }) => bucket === 'currentInterest'));
  expect(interestLines).toEqual([{ number: 7, bucket: 'currentInterest', amountMinor: 30_538n }]);
  const waivedMinor = paid.account.instalments.reduce((total, row) => total + row.waivedInterestMinor, 0n);
  const scheduledMinor = loan.instalments.slice(6).reduce((total, row) => total + row.interestMinor, 0n);
  expect(waivedMinor).toBe(scheduledMinor - 30_538n);
});

test('money that is held counts towards the payoff', () => {
  const held = receive(account(), 20_000_000n, '2026-03-02').account;
  const paid = receive(held, 10_000_000n, '2026-03-02');
  expect(paid.postings.map(({ kind, amountMinor }) => `${kind} ${amountMinor}`)).toEqual(['HELD_CREDIT 20000000', 'REPAYMENT 10000000']);
  expect(paid.account).toMatchObject({ status: 'SETTLED', heldMinor: 0n, outstandingPrincipalMinor: 0n });
});

test('a settled loan holds whatever still comes', () => {
  const settled = receive(account(), 30_000_000n, '2026-03-02').account;
  const late = receive(settled, 700n, '2026-03-05');
  expect(told(late)).toEqual(['2026-03-05 REPAYMENT held 700']);
  expect(late.account).toMatchObject({ status: 'SETTLED', settledOn: '2026-03-02', heldMinor: 700n });
});
