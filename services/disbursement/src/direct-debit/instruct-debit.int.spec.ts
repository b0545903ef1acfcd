import { DirectDebitRequested, newId, type PayloadOf } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { RunningDisbursement, type Ordered } from '../../test/running-disbursement.js';
import { RecordDebit } from './record-debit.js';

// Goal: an account is debited once for an order, or not at all, whatever breaks where (R-DB-08, S13, M-DD-03). Method: the real service on real PostgreSQL and
// the real log; the bank is an HTTP server that counts debits. Every order is delivered three times.
const running = new RunningDisbursement();
const { direct } = running.bank;
const RECEIVER = '9559900000000001';
beforeAll(() => running.start({ MILLRACE_STATEMENT_ACCOUNTS: `t1=${RECEIVER}` }), 120_000);
afterAll(() => running.stop());
afterEach(async () => expect(await running.test.parked()).toEqual([]));

interface StoredDebit {
  readonly status: string;
  readonly reason_code: string | null;
  readonly bank_reference: string | null;
  readonly sends: number;
  readonly queries: number;
  readonly next_action_at: Date | null;
  readonly turn: number;
}

async function paidLoan(): Promise<Ordered> {
  const ordered = await running.order();
  await running.paid(ordered.applicationId);
  return ordered;
}

/** Orders a debit of a loan that is paid out. */
async function debit(loan: Ordered, change: Partial<PayloadOf<DirectDebitRequested>> = {}): Promise<string> {
  const { applicationId, loanId } = loan;
  const debitId = newId();
  const day = running.test.clock.now().toISOString().slice(0, 10);
  const due = { dueOn: day, debitOn: day, tryNumber: 1, amountMinor: '2586822', currency: 'CNY' };
  await running.test.deliver(new DirectDebitRequested({ applicationId, loanId, tenantId: 't1', debitId, ...due, ...change }));
  return debitId;
}

const read = async (debitId: string) =>
  (await running.test.pool.query<StoredDebit>('select * from direct_debit where direct_debit_id = $1', [debitId])).rows[0];
const is = (debitId: string, status: string, queries?: number): Promise<StoredDebit> =>
  until(async () => {
    const row = await read(debitId);
    return row?.status === status && (queries === undefined || row.queries === queries) ? row : undefined;
  }, `the debit ${debitId} in ${status}`);
const story = async (debitId: string): Promise<string[]> =>
  (await running.test.pool.query<{ trigger: string }>('select trigger from direct_debit_history where direct_debit_id = $1 order by seq', [debitId])).rows.map(
    ({ trigger }) => trigger,
  );
const told = async ({ applicationId }: Ordered) =>
  (await running.test.events(applicationId)).filter(({ type }) => type.startsWith('direct-debit')).map(({ type, payload }) => [type, payload] as const);

test('R-DB-08: the account of the payout is debited once, and the reference of the bank is told', async () => {
  const loan = await paidLoan();
  const debitId = await debit(loan);
  expect(await is(debitId, 'COLLECTED')).toMatchObject({ sends: 1, queries: 0, next_action_at: null });
  expect(await story(debitId)).toEqual(['Requested', 'Sent', 'Collected']);
  const body = { amountMinor: '2586822', currency: 'CNY', payerName: '测试企业', payerAccount: loan.account, receiverAccount: RECEIVER };
  expect(direct.calls.filter((call) => call.debitId === debitId)).toEqual([
    { method: 'PUT', debitId, idempotencyKey: debitId, body: { ...body, purpose: `loan ${loan.loanId}` } },
  ]);
  const { applicationId, loanId } = loan;
  const bankReference = `DEBIT-${debitId.slice(-12)}`;
  expect(await told(loan)).toEqual([['direct-debit-collected', { applicationId, loanId, debitId, amountMinor: '2586822', currency: 'CNY', bankReference }]]);
  const dump = (table: string) => `(select coalesce(string_agg(t::text, ''), '') from ${table} t)`;
  const { rows } = await running.test.pool.query<{ all: string }>(
    `select ${['direct_debit', 'direct_debit_history', 'outbox', '_private_jobs'].map(dump).join(' || ')} as all`,
  );
  for (const personal of [loan.account, '测试企业']) expect(rows[0]!.all).not.toContain(personal);
});

test('a refusal says why, under the bank’s own code, and is told once', async () => {
  const loan = await paidLoan();
  direct.plan(loan.account, 'refuse');
  const debitId = await debit(loan);
  expect(await is(debitId, 'FAILED')).toMatchObject({ reason_code: 'INSUFFICIENT_FUNDS', next_action_at: null });
  expect(await told(loan)).toMatchObject([['direct-debit-failed', { debitId, reasonCode: 'INSUFFICIENT_FUNDS' }]]);
  expect(direct.collectedFrom(loan.account)).toBe(0);
});

test('S13: the bank debits and then times out: UNKNOWN, asked on the ladder, COLLECTED, one debit and one instruction', async () => {
  const loan = await paidLoan();
  direct.plan(loan.account, 'hang', { status: 503, text: '{}' });
  const debitId = await debit(loan);
  await is(debitId, 'UNKNOWN');
  const metrics = async () => (await fetch(`${running.test.operationsUrl}/metrics`)).text();
  expect(await metrics()).toMatch(/millrace_direct_debits_unknown\{service="disbursement"\} 1/);
  running.test.clock.advance(30_000);
  const { next_action_at: next } = await until(async () => {
    // The answer to the question first: a row that is read before it still has the time of the takeover.
    if ((await story(debitId)).join() !== 'Requested,Sent,Unclear,Asked,Unclear') return undefined;
    return is(debitId, 'UNKNOWN', 1);
  });
  expect(next!.getTime() - running.test.clock.now().getTime()).toBe(120_000);
  running.test.clock.advance(120_000);
  await is(debitId, 'COLLECTED');
  expect([direct.methods(debitId), direct.collectedFrom(loan.account), (await read(debitId))!.sends]).toEqual([['PUT', 'GET', 'GET'], 1, 1]);
  expect(await story(debitId)).toEqual(['Requested', 'Sent', 'Unclear', 'Asked', 'Unclear', 'Asked', 'Collected']);
  expect(await metrics()).toMatch(/millrace_direct_debits_unknown\{service="disbursement"\} 0/);
});

test('S13: killed between the instruction and its answer: the takeover asks, and one debit is at the bank', async () => {
  const loan = await paidLoan();
  direct.plan(loan.account, 'lose');
  const debitId = await debit(loan);
  await is(debitId, 'UNKNOWN');
  direct.book(debitId, direct.calls.find((call) => call.debitId === debitId)!.body!);
  // As the process that died between the call and its outcome left it.
  await running.test.pool.query(`update direct_debit set status = 'INSTRUCTED', next_action_at = $2 where direct_debit_id = $1`, [
    debitId,
    running.test.clock.now(),
  ]);
  await is(debitId, 'COLLECTED');
  expect([direct.methods(debitId), direct.collectedFrom(loan.account)]).toEqual([['PUT', 'GET'], 1]);
});

test('what the bank has never seen is sent again under the same id on its day, and not on a later one', async () => {
  const [today, later] = [await paidLoan(), await paidLoan()];
  direct.plan(today.account, 'lose');
  direct.plan(later.account, 'lose');
  const [again, never] = [await debit(today), await debit(later)];
  await Promise.all([is(again, 'UNKNOWN'), is(never, 'UNKNOWN')]);
  await running.test.pool.query('update direct_debit set debit_on = debit_on - 1 where direct_debit_id = $1', [never]);
  running.test.clock.advance(30_000);
  await is(again, 'COLLECTED');
  expect(direct.methods(again)).toEqual(['PUT', 'GET', 'PUT']);
  expect(await is(never, 'FAILED')).toMatchObject({ reason_code: 'DEBIT_NOT_SENT_IN_TIME', sends: 1 });
  expect([direct.methods(never), direct.collectedFrom(later.account)]).toEqual([['PUT', 'GET'], 0]);
});

test('SEC-10: an account whose record is not what was stored is not debited', async () => {
  const loan = await paidLoan();
  const other = await paidLoan();
  await running.test.pool.query('update payee set account_number = (select account_number from payee where application_id = $2) where application_id = $1', [
    loan.applicationId,
    other.applicationId,
  ]);
  const debitId = await debit(loan);
  expect(await is(debitId, 'FAILED')).toMatchObject({ reason_code: 'DEBIT_ACCOUNT_UNKNOWN', sends: 0 });
  expect(direct.methods(debitId)).toEqual([]);
});

test('R-DB-08: nothing is debited for a loan whose payout came back', async () => {
  const loan = await paidLoan();
  await running.test.pool.query(`update payout set status = 'RETURNED' where loan_id = $1`, [loan.loanId]);
  const debitId = await debit(loan);
  expect(await is(debitId, 'FAILED')).toMatchObject({ reason_code: 'DEBIT_LOAN_RETURNED', sends: 0 });
  expect([direct.methods(debitId), (await told(loan)).map(([type]) => type)]).toEqual([[], ['direct-debit-failed']]);
});

test('a lender without an account of its own debits nobody; a loan that was not paid out, another lender’s, and too much are refused', async () => {
  const ordered = await running.order({ tenantId: 't1' });
  await running.paid(ordered.applicationId);
  const refused = async () => (await running.test.pool.query('select 1 from refused_event')).rowCount!;
  const before = await refused();
  const orders = [await debit(ordered, { loanId: newId() }), await debit(ordered, { tenantId: 't2' }), await debit(ordered, { amountMinor: '60000001' })];
  expect(await refused()).toBeGreaterThanOrEqual(before + orders.length);
  for (const debitId of orders) expect(await read(debitId)).toBeUndefined();
});

test('a worker that was overtaken changes nothing, unless it brings the final answer; a contradiction changes nothing', async () => {
  const loan = await paidLoan();
  direct.plan(loan.account, 'pend');
  const debitId = await debit(loan);
  const { turn } = await is(debitId, 'UNKNOWN');
  const records = running.test.service.app.get(RecordDebit, { strict: false });
  const [mine, another] = await Promise.all([records.take(debitId, turn), records.take(debitId, turn)]);
  expect([mine, another].filter(Boolean)).toHaveLength(1);
  const { debit: inHand } = (mine ?? another)!;
  const overtaken = { ...inHand, turn: inHand.turn - 1 };
  expect(await records.record(overtaken, { outcome: 'never_seen', detail: null, bankReference: null })).toBeUndefined();
  // The bank has owned up to it: its denial is no answer.
  expect(await records.record(inHand, { outcome: 'never_seen', detail: null, bankReference: null })).toBeUndefined();
  expect((await read(debitId))!.sends).toBe(1);
  await records.record(overtaken, { outcome: 'paid', detail: null, bankReference: 'B1', paidAt: running.test.clock.now() });
  await records.record(inHand, { outcome: 'refused', detail: 'X', reasonCode: 'INSUFFICIENT_FUNDS', bankReference: 'B1' });
  expect(await read(debitId)).toMatchObject({ status: 'COLLECTED', reason_code: null });
  expect((await told(loan)).map(([type]) => type)).toEqual(['direct-debit-collected']);
});

test('what was done about a debit cannot be rewritten', async () => {
  for (const sql of [`update direct_debit_history set reason = 'x'`, 'delete from direct_debit_history', 'truncate direct_debit_history cascade'])
    await expect(running.test.pool.query(sql)).rejects.toThrow(/permission denied|append-only/);
});
