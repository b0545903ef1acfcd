import { newId, type LoanClauses } from '@millrace/contracts';
import { PARTNER, sayAbout, staff, taskAbout, until } from '@millrace/testing';
import { scheduleBefore } from '../../test/change-loans.js';
import { CLAUSES } from '../../test/loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';

// Method: the real service on real PostgreSQL; partners announce, the bank's statement shows the money.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const INSTALMENT = 2_598_569n;
const FEE: LoanClauses = { ...CLAUSES, prepaymentFeeBps: 100, prepaymentChoice: true };

/** Loans of 300,000.00 at 7.2% whose first two instalments are paid, on the day of the third; each test has a year of its own, as the clock goes on. */
async function thirdDay(year: number, ...contracts: readonly (LoanClauses | null)[]): Promise<string[]> {
  monitoring.goTo(`${year}-03-02`);
  const loans: string[] = [];
  for (const clauses of contracts) loans.push((await monitoring.book({ rateBps: 720, ...(clauses ? { clauses } : {}) })).loanId);
  for (const day of [`${year}-04-02`, `${year}-05-02`]) {
    monitoring.goTo(day);
    for (const loanId of loans) await monitoring.pay(loanId, INSTALMENT);
  }
  monitoring.goTo(`${year}-06-02`);
  return loans;
}

interface Prepayment {
  readonly bankReference: string;
  readonly amountMinor: string;
  readonly effect?: string;
  readonly id?: string;
}

const prepay = (loanId: string, { id = newId(), ...told }: Prepayment) =>
  monitoring.test.call('PUT', `/loans/${loanId}/prepayments/${id}`, PARTNER, { currency: 'CNY', receivedOn: monitoring.today, ...told });

const openRows = async (loanId: string): Promise<{ dueOn: string; totalMinor: string; principalMinor: string }[]> =>
  (await monitoring.schedule(loanId)).items.filter(({ totalMinor }: { totalMinor: string }) => totalMinor !== '0');

test('S16, M-LN-08, R-DB-05: a part that is repaid early pays what is due, the fee and principal, when the bank shows it; the term ends earlier', async () => {
  const [loanId] = (await thirdDay(2026, FEE)) as [string];
  const told = { id: newId(), bankReference: 'EARLY-1', amountMinor: '7648569' };
  const waiting = await prepay(loanId, told);
  expect(waiting).toMatchObject({ status: 202, body: { state: 'announced', prepaymentEffect: 'shorter_term' } });
  expect(await monitoring.loan(loanId)).toMatchObject({ outstandingPrincipalMinor: '25148351', maturesOn: '2027-03-02' });
  expect((await prepay(loanId, { ...told, effect: 'lower_instalment' })).body.code).toBe('ID_REUSED');

  await monitoring.pay(loanId, 7_648_569n, { bankReference: 'EARLY-1' });
  const booked = await prepay(loanId, told);
  expect(booked).toMatchObject({
    status: 200,
    body: {
      repaymentId: told.id,
      prepaymentEffect: 'shorter_term',
      allocation: { interestMinor: '150890', principalMinor: '7447679', feesMinor: '50000', unallocatedMinor: '0' },
    },
  });
  expect(await monitoring.loan(loanId)).toMatchObject({
    outstandingPrincipalMinor: '17700672',
    heldMinor: '0',
    instalmentMinor: String(INSTALMENT),
    maturesOn: '2027-01-02',
  });
  expect((await scheduleBefore(monitoring, loanId, 1)).length).toBe(12);
  expect(await monitoring.test.event(loanId, 'loan-prepaid')).toMatchObject({
    payload: {
      prepaymentId: told.id,
      principalMinor: '5000000',
      feesMinor: '50000',
      effect: 'shorter_term',
      maturesOn: '2027-01-02',
      maturesOnBefore: '2027-03-02',
    },
  });
  const { accounts } = await monitoring.journal(loanId);
  expect(accounts).toContainEqual(expect.objectContaining({ account: '6051', balanceMinor: '-50000' }));

  for (const { dueOn } of (await openRows(loanId)).slice(3)) {
    monitoring.goTo(dueOn);
    await monitoring.pay(loanId, (await monitoring.loan(loanId)).dueMinor);
  }
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED', settledOn: '2027-01-02', outstandingPrincipalMinor: '0', heldMinor: '0' });
}, 180_000);

test('G-PR-10, M-LN-08: where the contract lets it choose, the borrower keeps the dates; all of it early costs the fee on what was not due', async () => {
  const [loanId] = (await thirdDay(2027, FEE)) as [string];
  await prepay(loanId, { bankReference: 'EARLY-2', amountMinor: '7648569', effect: 'lower_instalment' });
  await monitoring.pay(loanId, 7_648_569n, { bankReference: 'EARLY-2' });
  // 177,006.72 over nine months at 0.6% a month.
  expect(await monitoring.loan(loanId)).toMatchObject({ outstandingPrincipalMinor: '17700672', instalmentMinor: '2026214', maturesOn: '2028-03-02' });

  monitoring.goTo('2027-06-12');
  const { payoff } = await monitoring.loan(loanId);
  // Ten of thirty days of 1,062.04, and 1% of the principal.
  expect(payoff).toMatchObject({ principalMinor: '17700672', interestMinor: '35401', feesMinor: '177007' });
  const paid = await monitoring.pay(loanId, payoff.totalMinor);
  expect(paid).toMatchObject({ settledLoan: true, allocation: { feesMinor: '177007', interestMinor: '35401', unallocatedMinor: '0' } });
}, 180_000);

test('R-LG-04: what the contract does not say is refused, and money beyond what is due is held as before', async () => {
  const [before, fixed] = (await thirdDay(2028, null, CLAUSES)) as [string, string];
  const told = { bankReference: 'EARLY-3', amountMinor: '7648569' };
  expect(await prepay(before, told)).toMatchObject({ status: 409, body: { code: 'PREPAYMENT_NOT_AGREED' } });
  await monitoring.pay(before, 7_648_569n, { bankReference: 'EARLY-3' });
  expect(await monitoring.loan(before)).toMatchObject({ heldMinor: '5050000', outstandingPrincipalMinor: '22700672' });

  const other = { bankReference: 'EARLY-4', amountMinor: '7648569', effect: 'lower_instalment' };
  expect(await prepay(fixed, other)).toMatchObject({ status: 422, body: { code: 'PREPAYMENT_EFFECT_NOT_AGREED', errors: [{ field: 'effect' }] } });
  expect(await prepay(fixed, { ...other, effect: 'none' })).toMatchObject({ status: 400 });
  expect((await prepay(fixed, { ...other, amountMinor: '0', effect: 'shorter_term' })).body.code).toBe('AMOUNT_ZERO');
  expect(
    (await monitoring.test.call('PUT', `/loans/${fixed}/prepayments/x`, PARTNER, { ...told, currency: 'CNY', receivedOn: monitoring.today })).body.code,
  ).toBe('ID_NOT_UUIDV7');
  const { payoff } = await monitoring.loan(fixed);
  await monitoring.pay(fixed, payoff.totalMinor);
  expect(await prepay(fixed, { ...other, effect: 'shorter_term' })).toMatchObject({ status: 409, body: { code: 'PREPAYMENT_NOT_OPEN' } });
}, 180_000);

test('F17, M-LN-06: money that came first becomes a prepayment when the borrower says so in time; taken back, the schedule is that of before', async () => {
  const [loanId, late] = (await thirdDay(2029, CLAUSES, CLAUSES)) as [string, string];
  await monitoring.pay(late, 7_598_569n, { bankReference: 'EARLY-6' });
  const { repaymentId } = await monitoring.pay(loanId, 7_598_569n, { bankReference: 'EARLY-5' });
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '5000000', outstandingPrincipalMinor: '22700672' });
  monitoring.goTo('2029-06-05');
  const told = { id: newId(), bankReference: 'EARLY-5', amountMinor: '7598569' };
  for (let times = 0; times < 2; times += 1) {
    const answer = await prepay(loanId, { ...told });
    expect(answer).toMatchObject({ status: 200, body: { repaymentId: told.id, duplicateOf: repaymentId, prepaymentEffect: 'shorter_term' } });
  }
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '0', outstandingPrincipalMinor: '17700672', maturesOn: '2030-01-02' });

  await monitoring.test.call('PUT', `/loans/${loanId}/reversals/${newId()}`, staff('paul', 'payment_officer'), { repaymentId, reason: 'bounced' });
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId }))!;
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId })), 'the money to be taken back');
  expect(await monitoring.loan(loanId)).toMatchObject({
    heldMinor: '0',
    outstandingPrincipalMinor: '25148351',
    maturesOn: '2030-03-02',
    instalmentMinor: String(INSTALMENT),
  });
  const rows = await openRows(loanId);
  const first = await scheduleBefore(monitoring, loanId, 1);
  expect(rows.map(({ dueOn, principalMinor }) => [dueOn, principalMinor])).toEqual(first.map(({ dueOn, principalMinor }) => [dueOn, principalMinor]));

  monitoring.goTo('2029-06-08');
  expect(await prepay(late, { bankReference: 'EARLY-6', amountMinor: '7598569' })).toMatchObject({ status: 409, body: { code: 'PREPAYMENT_TOLD_TOO_LATE' } });
}, 180_000);
