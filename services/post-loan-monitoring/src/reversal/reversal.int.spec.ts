import { newId } from '@millrace/contracts';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_REVERSAL } from './repayment-reversal.task.js';

// Goal (S16, F17): money that the bank took back counts no more, from its own value date on. Method: the real service, decisions as lendctl makes them.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await monitoring.stop();
});

const OFFICER = staff('pan', 'payment_officer');
const INSTALMENT = 2_586_822n;

const ask = (loanId: string, repaymentId: string, reversalId = newId(), change: Record<string, unknown> = {}): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/reversals/${reversalId}`, OFFICER, { repaymentId, reason: 'bounced', ...change });

async function decide(repaymentId: string, decision: 'reverse' | 'keep'): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId }))!;
  const reason = decision === 'reverse' ? 'BANK_STATEMENT_SEEN' : 'BANK_SHOWS_OTHERWISE';
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision, reason }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId })), 'the decision to be applied');
}

const kinds = async (loanId: string): Promise<string[]> =>
  (await monitoring.journal(loanId)).items.map(({ sourceKind, valueOn }: Record<string, string>) => `${sourceKind} ${valueOn}`);

test('S16, F17: a debit that bounced counts no more: days past due, schedule and journal are as if it had not come', async () => {
  const { loanId, disbursedOn } = await monitoring.book();
  expect(disbursedOn).toBe('2026-03-02');
  const [first, second] = [newId(), newId()];
  monitoring.goTo('2026-04-02');
  await monitoring.pay(loanId, INSTALMENT, {}, first);
  monitoring.goTo('2026-05-02');
  await monitoring.pay(loanId, INSTALMENT, {}, second);
  monitoring.goTo('2026-05-12');
  const asked = await ask(loanId, first);
  expect(asked).toMatchObject({ status: 202, body: { loanId, repaymentId: first, reason: 'bounced', state: 'requested' } });
  // Nothing is booked before two persons have looked.
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 0, outstandingPrincipalMinor: '25131007' });
  await decide(first, 'reverse');
  expect(await ask(loanId, first, asked.body.reversalId)).toMatchObject({ status: 200, body: { state: 'reversed' } });
  // The second transfer has paid instalment 1 late, and a part of instalment 2 is open.
  expect(await monitoring.loan(loanId)).toMatchObject({ dpd: 10, outstandingPrincipalMinor: '27571928' });
  const { items } = await monitoring.schedule(loanId);
  expect(items.slice(0, 2).map(({ status, paidPrincipalMinor }: Record<string, string>) => [status, paidPrincipalMinor])).toEqual([
    ['paid', '2428072'],
    ['overdue', '0'],
  ]);
  expect(await kinds(loanId)).toEqual([
    'LOAN_BOOKED 2026-03-02',
    'REPAYMENT 2026-04-02',
    'REPAYMENT 2026-05-02',
    'REVERSAL 2026-04-02',
    'REVERSAL 2026-05-02',
    'REPAYMENT 2026-05-02',
  ]);
  expect(await monitoring.test.event(loanId, 'repayment-reversed')).toMatchObject({
    payload: { repaymentId: first, amountMinor: String(INSTALMENT), reason: 'bounced' },
  });
  const { body } = await monitoring.test.call('GET', `/loans/${loanId}/repayments`);
  expect(body.items.map(({ repaymentId, reversed }: Record<string, unknown>) => [repaymentId, reversed])).toEqual([
    [first, true],
    [second, false],
  ]);
});

test('S16: money that had settled a loan is taken back: the loan goes on, and is settled again by the next', async () => {
  monitoring.goTo('2026-06-02');
  const { loanId } = await monitoring.book();
  const payoff = newId();
  expect(await monitoring.pay(loanId, 30_000_000n, {}, payoff)).toMatchObject({ settledLoan: true });
  await ask(loanId, payoff);
  await decide(payoff, 'reverse');
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'ACTIVE', settledOn: null, outstandingPrincipalMinor: '30000000', heldMinor: '0' });
  expect(await monitoring.pay(loanId, 30_000_000n)).toMatchObject({ settledLoan: true });
  expect(await monitoring.test.eventTypes(loanId)).toEqual([
    'loan-booked',
    'repayment-received',
    'loan-settled',
    'repayment-reversed',
    'loan-reopened',
    'repayment-received',
    'loan-settled',
  ]);
  const { rows } = await monitoring.test.pool.query('select trigger, status_to from loan_history where loan_id = $1 order by seq', [loanId]);
  expect(rows.map(({ trigger, status_to }) => `${trigger} ${status_to}`)).toEqual([
    'LoanActivated ACTIVE',
    'PaidOff SETTLED',
    'MoneyTakenBack ACTIVE',
    'PaidOff SETTLED',
  ]);
});

test('S16, S17: money that had settled a loan is taken back after its due date: it is owed again first, and then overdue', async () => {
  monitoring.goTo('2026-07-02');
  const { loanId } = await monitoring.book();
  const payoff = newId();
  await monitoring.pay(loanId, 30_000_000n, {}, payoff);
  monitoring.goTo('2026-08-12');
  await ask(loanId, payoff);
  await decide(payoff, 'reverse');
  expect(await monitoring.loan(loanId)).toMatchObject({ status: 'OVERDUE', dpd: 10, outstandingPrincipalMinor: '30000000' });
  const types = await monitoring.test.eventTypes(loanId);
  expect(types.slice(types.indexOf('repayment-reversed'))).toEqual([
    ...['repayment-reversed', 'loan-reopened', 'overdue-started', 'classified', 'collection-stage-changed', 'status-changed', 'collection-case-opened'],
  ]);
  const { rows } = await monitoring.test.pool.query('select trigger, status_to from loan_history where loan_id = $1 order by seq', [loanId]);
  expect(rows.slice(-2).map(({ trigger, status_to }) => `${trigger} ${status_to}`)).toEqual(['MoneyTakenBack ACTIVE', 'DueDateMissed OVERDUE']);
});

test('a request names itself, asks once about a repayment, and may be made again after a refusal', async () => {
  const { loanId } = await monitoring.book();
  const [repaymentId, reversalId] = [newId(), newId()];
  await monitoring.pay(loanId, 700n, {}, repaymentId);
  expect((await ask(loanId, newId())).status).toBe(404);
  expect((await ask(loanId, repaymentId, reversalId)).status).toBe(202);
  expect(await ask(loanId, repaymentId, reversalId)).toMatchObject({ status: 200, body: { state: 'requested' } });
  expect(await ask(loanId, repaymentId, reversalId, { reason: 'recalled' })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await ask(loanId, repaymentId)).toMatchObject({ status: 409, body: { code: 'REVERSAL_ASKED_ALREADY' } });
  await decide(repaymentId, 'keep');
  expect(await ask(loanId, repaymentId, reversalId)).toMatchObject({ status: 200, body: { state: 'refused' } });
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '700' });
  const again = newId();
  expect((await ask(loanId, repaymentId, again)).status).toBe(202);
  await decide(repaymentId, 'reverse');
  expect(await monitoring.loan(loanId)).toMatchObject({ heldMinor: '0' });
  expect(await ask(loanId, repaymentId)).toMatchObject({ status: 409, body: { code: 'REVERSAL_ASKED_ALREADY' } });
});

test('R-OP-06: only a payment officer of the tenant asks', async () => {
  const { loanId } = await monitoring.book();
  const repaymentId = newId();
  await monitoring.pay(loanId, 700n, {}, repaymentId);
  const by = async (who: typeof OFFICER): Promise<number> =>
    (await monitoring.test.call('PUT', `/loans/${loanId}/reversals/${newId()}`, who, { repaymentId, reason: 'bounced' })).status;
  expect(await by(staff('aida', 'auditor'))).toBe(403);
  expect(await by({ ...OFFICER, tenantId: 'another' })).toBe(404);
});

test('S16: a repayment that was taken back frees the bank’s reference; the bank’s own money does not come twice', async () => {
  const [wrong, right] = [await monitoring.book(), await monitoring.book()];
  const [told, again] = [newId(), newId()];
  await monitoring.pay(wrong.loanId, 900n, { bankReference: 'FREED-1' }, told);
  expect(await monitoring.report(right.loanId, 900n, { bankReference: 'FREED-1' })).toMatchObject({ status: 409, body: { code: 'BANK_REFERENCE_REUSED' } });
  await ask(wrong.loanId, told, newId(), { reason: 'recalled' });
  await decide(told, 'reverse');
  expect(await monitoring.report(right.loanId, 900n, { bankReference: 'FREED-1' }, again)).toMatchObject({ status: 202, body: { state: 'announced' } });
  expect(await monitoring.loan(right.loanId)).toMatchObject({ heldMinor: '0' });
  expect(await monitoring.pay(right.loanId, 900n, { bankReference: 'FREED-1', lineId: newId() }, again)).toMatchObject({ repaymentId: again, reversed: false });
  expect(await monitoring.loan(right.loanId)).toMatchObject({ heldMinor: '900' });
});
