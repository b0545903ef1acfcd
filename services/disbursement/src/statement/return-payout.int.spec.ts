import { newId } from '@millrace/contracts';
import { sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';
import { LENDER_ACCOUNT, StatementDouble, type DoubleLine } from '../../test/statement-double.js';
import { PAYOUT_DATE } from '../payout/payout-date.task.js';

// Goal: a payout is on the lender's statement, and one that comes back is undone once, whole, and only where it was paid (R-DB-08, S13). Method: the real service; one server is the
// bank that pays and the bank that shows.
const running = new RunningDisbursement();
const statement = new StatementDouble();
const MINUTE_MS = 60_000;

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

let count = 0;
/** Puts a line on the statement, and waits until it is stored. */
async function show(fields: Partial<DoubleLine>): Promise<string> {
  const bankLineId = `R${(count += 1)}`;
  statement.lines.push({ lineId: bankLineId, ...fields });
  return until(async () => {
    running.test.clock.advance(1_500);
    return (await running.test.pool.query<{ line_id: string }>('select line_id from bank_line where bank_line_id = $1', [bankLineId])).rows[0]?.line_id;
  }, 'the line');
}
const back = (returnOf: string, loanId: string, change: Partial<DoubleLine> = {}) =>
  show({ returnOf, amountMinor: '30000000', remittance: `loan ${loanId}`, ...change });
const told = async (key: string, type: string) => (await running.test.events(key)).filter((event) => event.type === type).map(({ payload }) => payload);
const state = async (lineId: string) => (await running.test.pool.query('select state from payout_return where line_id = $1', [lineId])).rows[0]?.state;

test('the bank is told of the account that the money leaves, and the line of a payout is nobody’s repayment', async () => {
  const { applicationId, loanId, account } = await running.order();
  const { payoutId, bankReference } = await running.paid(applicationId);
  expect(running.bank.calls.find((call) => call.body?.payeeAccount === account)?.body).toMatchObject({ payerAccount: LENDER_ACCOUNT });
  await show({ direction: 'debit', amountMinor: '30000000', bankReference, remittance: `loan ${loanId}` });
  expect(await told(applicationId, 'statement-line-stored')).toMatchObject([{ direction: 'debit', bankReference }]);
  expect((await running.test.pool.query('select payer_account from payout where payout_id = $1', [payoutId])).rows).toEqual([
    { payer_account: LENDER_ACCOUNT },
  ]);
});

test('the whole payout comes back: it is RETURNED once, the limit is free, its facility is closed, and no line is told as money of the borrower’s', async () => {
  const { applicationId, loanId, request } = await running.order();
  const { payoutId, bankReference } = await running.paid(applicationId);
  const lineId = await back(bankReference!, loanId);
  const returned = await running.payout(applicationId, ({ status }) => status === 'RETURNED');
  expect(returned).toMatchObject({ reservation: 'RELEASED', nextActionAt: null });
  expect(returned.steps.at(-1)).toMatchObject({ action: 'RETURN', outcome: 'returned', detail: lineId });
  expect(await told(applicationId, 'returned')).toMatchObject([{ applicationId, loanId, payoutId, lineId, tenantId: 't1', amountMinor: '30000000' }]);
  expect([...(await told(applicationId, 'statement-line-stored')), ...(await told(lineId, 'statement-line-stored'))]).toEqual([]);
  expect([await running.exposure(request.uscc), await running.facility(loanId)]).toEqual(['0', { status: 'CLOSED', committed_minor: '0' }]);
  // A second credit for it is money that people look at, and the order told again pays nothing.
  const again = await back(bankReference!, loanId);
  expect([await state(again), await told(again, 'statement-line-stored')]).toMatchObject(['unmatched', [{ returnOf: bankReference, direction: 'credit' }]]);
  await running.test.deliver(request);
  expect(await running.payouts(applicationId)).toHaveLength(1);
});

test('a fen less than the payout, and a transfer that is none of ours, are told as money that names no loan', async () => {
  const { applicationId, loanId } = await running.order();
  const { bankReference } = await running.paid(applicationId);
  for (const line of [await back(bankReference!, loanId, { amountMinor: '29999999' }), await back('BANK-OF-OTHERS', newId())]) {
    expect(await state(line)).toBe('unmatched');
    const [event] = await told(line, 'statement-line-stored');
    expect(event).not.toHaveProperty('loanId');
    expect(event).not.toHaveProperty('applicationId');
  }
  expect((await running.paid(applicationId)).status).toBe('PAID');
});

test('the loan of a payout is known by its own line where the text of what comes back names none', async () => {
  const { applicationId, loanId } = await running.order();
  const { bankReference } = await running.paid(applicationId);
  await show({ direction: 'debit', amountMinor: '30000000', bankReference, remittance: `loan ${loanId}` });
  expect(await state(await back(bankReference!, loanId, { remittance: '退汇' }))).toBe('returned');
});

test('S13: what comes back before the bank has said that it paid waits for that answer', async () => {
  const account = running.newAccount();
  // However often it is asked while the line is waited for, the bank says nothing.
  const away = Array.from({ length: 50 }, () => ({ status: 503, text: '{}' }));
  running.bank.plan(account, 'hang', ...away);
  const { applicationId, loanId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  const lineId = await back(`BANK-${payoutId.slice(-12)}`, loanId);
  expect([await state(lineId), await told(applicationId, 'returned')]).toEqual(['waiting', []]);
  running.bank.plan(account);
  await until(async () => {
    running.test.clock.advance(MINUTE_MS);
    return (await state(lineId)) === 'returned';
  }, 'the return');
  expect((await running.test.eventTypes(applicationId)).filter((type) => ['loan-disbursed', 'returned'].includes(type))).toEqual([
    'loan-disbursed',
    'returned',
  ]);
});

test('M-DR-05: what comes back before two persons have set the day of the payment waits for them', async () => {
  const truthful = running.bank.paidAt;
  running.bank.paidAt = () => '2019-01-01T00:00:00Z';
  const { applicationId, loanId } = await running.order();
  const { payoutId, bankReference } = await running.paid(applicationId);
  running.bank.paidAt = truthful;
  const lineId = await back(bankReference!, loanId);
  expect(await state(lineId)).toBe('waiting');
  const { taskId } = await until(() => taskAbout(running.test, PAYOUT_DATE, { payoutId }), 'the task');
  const saying = { decision: 'paid-on', parameters: { paidOn: '2026-03-02' }, reason: 'BANK_STATEMENT_SEEN' };
  await sayAbout(running.test, PAYOUT_DATE, taskId, saying, 'Li Na', 'Wang Wei');
  await until(async () => (await state(lineId)) === 'returned', 'the return');
  expect((await running.test.eventTypes(applicationId)).filter((type) => ['loan-disbursed', 'returned'].includes(type))).toEqual([
    'loan-disbursed',
    'returned',
  ]);
});
