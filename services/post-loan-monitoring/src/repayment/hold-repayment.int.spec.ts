import { newId } from '@millrace/contracts';
import { sayAbout, taskAbout, until, type Answer } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_AMOUNT } from './repayment-amount.task.js';

// Goal (F18, T09): money beyond what can be owed is kept apart until two persons have decided. Method: the real service, decisions as lendctl makes them.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 120_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  await monitoring.stop();
});

const repayments = async (loanId: string): Promise<Answer['body']['items']> => (await monitoring.test.call('GET', `/loans/${loanId}/repayments`)).body.items;

async function decide(repaymentId: string, decision: 'accept' | 'refuse'): Promise<void> {
  const { test } = monitoring;
  const { taskId } = (await taskAbout(test, REPAYMENT_AMOUNT, { repaymentId }))!;
  const reason = decision === 'accept' ? 'BANK_STATEMENT_SEEN' : 'BANK_SHOWS_OTHERWISE';
  await sayAbout(test, REPAYMENT_AMOUNT, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(test, REPAYMENT_AMOUNT, { repaymentId })), 'the decision to be applied');
}

// 300,000.00 over twelve months at 6.35% owes 310,418.59 to its end.
const OWED = 31_041_859n;

test.each(['999999999999999999', String(2n * OWED + 1n), String(2_585_050n * 100n)])(
  'F18: %s fen on a loan of 300,000.00 are held, and nothing is booked',
  async (amount) => {
    const { loanId } = await monitoring.book();
    const id = newId();
    const answer = await monitoring.pay(loanId, amount, {}, id);
    expect(answer).toMatchObject({ status: 202, body: { state: 'held', reason: 'MORE_THAN_OWED', repaymentId: id, loanId, amountMinor: amount } });
    expect(await monitoring.pay(loanId, amount, {}, id)).toMatchObject({ status: 202, body: answer.body });
    expect(await monitoring.pay(loanId, '5', {}, id)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
    expect(await monitoring.loan(loanId)).toMatchObject({ status: 'ACTIVE', heldMinor: '0', outstandingPrincipalMinor: '30000000' });
    expect(await repayments(loanId)).toEqual([]);
    expect(await monitoring.test.eventTypes(loanId)).toEqual(['loan-booked']);
  },
);

test('M-LN-02, F18: up to the bound money is booked as before, also where several transfers make the sum', async () => {
  const { loanId } = await monitoring.book();
  expect((await monitoring.pay(loanId, 2n * OWED)).status).toBe(201);
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED' });
  expect((await monitoring.pay(loanId, 30_000_000n)).status).toBe(201);
  expect((await monitoring.pay(loanId, 30_000_000n)).status).toBe(202);
});

test('F18: the bound follows what is still owed, not what was lent', async () => {
  const { loanId } = await monitoring.book({ principalMinor: '10000000' });
  monitoring.goTo('2026-04-02');
  expect((await monitoring.pay(loanId, 9_900_000n)).status).toBe(201);
  expect((await monitoring.pay(loanId, 10_000_000n)).status).toBe(202);
});

test('F18: accepted by two it is booked once; refused it is not, and its reference is free for the right transfer', async () => {
  const { loanId } = await monitoring.book();
  const [accepted, refused, again] = [newId(), newId(), newId()];
  await monitoring.pay(loanId, 100_000_000n, {}, accepted);
  await monitoring.pay(loanId, 200_000_000n, { bankReference: 'wrong-unit' }, refused);
  // The same money told under another id is the same held transfer; another amount under its reference is a contradiction.
  expect(await monitoring.pay(loanId, 200_000_000n, { bankReference: 'wrong-unit' }, newId())).toMatchObject({ status: 202, body: { repaymentId: refused } });
  expect(await monitoring.pay(loanId, 2_000_000n, { bankReference: 'wrong-unit' }, again)).toMatchObject({
    status: 409,
    body: { code: 'BANK_REFERENCE_REUSED' },
  });
  await decide(refused, 'refuse');
  expect(await monitoring.pay(loanId, 200_000_000n, { bankReference: 'wrong-unit' }, refused)).toMatchObject({
    status: 409,
    body: { code: 'REPAYMENT_REFUSED' },
  });
  expect((await monitoring.pay(loanId, 2_000_000n, { bankReference: 'wrong-unit' }, again)).status).toBe(201);
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '2000000' });
  await decide(accepted, 'accept');
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'SETTLED' });
  expect(await monitoring.pay(loanId, 100_000_000n, {}, accepted)).toMatchObject({ status: 200, body: { repaymentId: accepted, settledLoan: true } });
  expect(await repayments(loanId)).toHaveLength(2);
});
