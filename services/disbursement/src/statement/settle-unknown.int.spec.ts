import { sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningDisbursement, type Ordered } from '../../test/running-disbursement.js';
import { LENDER_ACCOUNT, StatementDouble, type DoubleLine } from '../../test/statement-double.js';
import { UNKNOWN_PAYOUT } from '../payout/unknown-payout.task.js';

// Goal (M-DR-08, S13): a bank that says nothing is not asked for ever without anybody hearing of it. Method: the real service; one server is the bank that hangs and the bank that shows.
const running = new RunningDisbursement();
const statement = new StatementDouble();
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  await statement.start();
  running.bank.statement = statement;
  await running.start({ MILLRACE_STATEMENT_ACCOUNTS: `t1=${LENDER_ACCOUNT}`, MILLRACE_STATEMENT_INTERVAL_MS: '1000' });
}, 120_000);
afterAll(async () => {
  await running.stop();
  await statement.stop();
});
afterEach(async () => expect(await running.test.parked()).toEqual([]));

/** A payout that the bank says nothing about, however often it is asked. */
async function silent(): Promise<Ordered & { payoutId: string }> {
  const account = running.newAccount();
  running.bank.plan(account, 'hang', ...Array.from({ length: 500 }, () => ({ status: 503, text: '{}' })));
  const ordered = await running.order({}, account);
  const { payoutId } = await running.unknown(ordered.applicationId);
  return { ...ordered, payoutId };
}

let count = 0;
async function show(fields: Partial<DoubleLine>): Promise<void> {
  const bankLineId = `U${(count += 1)}`;
  const day = running.test.clock.now().toISOString().slice(0, 10);
  statement.lines.push({
    lineId: bankLineId,
    day,
    valueOn: day,
    bookedAt: running.test.clock.now().toISOString(),
    direction: 'debit',
    amountMinor: '30000000',
    ...fields,
  });
  await until(async () => {
    running.test.clock.advance(1_500);
    return (await running.test.pool.query('select 1 from bank_line where bank_line_id = $1', [bankLineId])).rowCount;
  }, 'the line');
}
const told = async (applicationId: string): Promise<string[]> =>
  (await running.test.eventTypes(applicationId)).filter((type) => type !== 'outcome-unknown' && type !== 'statement-line-stored');
/** Time passes until people are asked. */
const asked = (payoutId: string) =>
  until(async () => {
    running.test.clock.advance(HOUR_MS);
    return taskAbout(running.test, UNKNOWN_PAYOUT, { payoutId }, 'open');
  }, 'the question');

test('M-DR-08, S13: the line of the statement settles it, once, whatever the bank goes on not to say', async () => {
  const { applicationId, loanId, payoutId } = await silent();
  // Another amount, and another loan, are not this payout.
  await show({ remittance: `loan ${loanId}`, amountMinor: '29999999', bankReference: `OTHER-${payoutId}` });
  await show({ remittance: `loan ${payoutId}`, bankReference: `NONE-${payoutId}` });
  expect((await running.payouts(applicationId)).at(-1)!.status).toBe('UNKNOWN');
  await show({ remittance: `loan ${loanId}`, bankReference: `SHOWN-${payoutId}` });
  const paid = await running.paid(applicationId);
  expect(paid).toMatchObject({ bankReference: `SHOWN-${payoutId}`, sends: 1, reservation: 'USED', nextActionAt: null });
  expect(paid.steps.at(-1)).toMatchObject({ action: 'ANSWER', outcome: 'paid', detail: expect.stringContaining('STATEMENT') as string });
  expect(await told(applicationId)).toEqual(['loan-disbursed']);
  expect(await taskAbout(running.test, UNKNOWN_PAYOUT, { payoutId })).toBeUndefined();
});

test('M-DR-08: what the statement of the day does not show is asked of two persons, once, with a due time; they say that it was paid', async () => {
  const { applicationId, payoutId } = await silent();
  const { taskId, dueAt } = await asked(payoutId);
  expect(dueAt.getTime() - running.test.clock.now().getTime()).toBeGreaterThan(20 * HOUR_MS);
  const early = { decision: 'paid', parameters: { paidOn: '2026-01-01', bankReference: 'B-1' }, reason: 'BANK_CONFIRMED' };
  await sayAbout(running.test, UNKNOWN_PAYOUT, taskId, early, 'Li Na', 'Wang Wei');
  await until(() => taskAbout(running.test, UNKNOWN_PAYOUT, { payoutId }, 'open'), 'the question again');
  const paidOn = running.test.clock.now().toISOString().slice(0, 10);
  await sayAbout(running.test, UNKNOWN_PAYOUT, taskId, { ...early, parameters: { paidOn, bankReference: 'B-1' } }, 'Li Na', 'Wang Wei');
  expect(await running.paid(applicationId)).toMatchObject({ bankReference: 'B-1', sends: 1 });
  expect(await told(applicationId)).toEqual(['loan-disbursed']);
});

test('M-DR-08, M-DR-04: two persons say that it never was: the limit is free, and the hub hears it', async () => {
  const { applicationId, payoutId, request } = await silent();
  const { taskId } = await asked(payoutId);
  await sayAbout(running.test, UNKNOWN_PAYOUT, taskId, { decision: 'not-paid', reason: 'BANK_CONFIRMED' }, 'Li Na', 'Wang Wei');
  const failed = await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect([failed.reservation, failed.reasonCode, await running.exposure(request.uscc), await told(applicationId)]).toEqual([
    'RELEASED',
    'PAYMENT_NOT_EXECUTED',
    '0',
    ['failed'],
  ]);
});
