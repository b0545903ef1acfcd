import { businessDate, newId, RefundRequested, type PayloadOf } from '@millrace/contracts';
import { FieldCipher, sealRecord } from '@millrace/service';
import { until } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';
import { fieldsOf, LINE_PARTIES } from '../statement/line-party.js';

// Goal: money goes back once, whole, to the account that it came from, or not at all, whatever breaks where (R-DB-08, S13, M-RF-01). Method: the real service on
// real PostgreSQL and the real log; the bank is an HTTP server that counts refunds. Every order is delivered three times.
const running = new RunningDisbursement();
const { back } = running.bank;
const LENDER = '9559900000000001';
beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());
afterEach(async () => expect(await running.test.parked()).toEqual([]));

interface StoredRefund {
  readonly status: string;
  readonly reason_code: string | null;
  readonly bank_reference: string | null;
  readonly sends: number;
  readonly queries: number;
  readonly next_action_at: Date | null;
}

interface Credit {
  readonly lineId: string;
  readonly account: string;
}

/** A movement on the account of the lender as the statement has shown it. */
async function shown(
  partyAccount = running.newAccount(),
  direction: 'credit' | 'debit' = 'credit',
  { remittance = 'no loan', bankReference }: { readonly remittance?: string; readonly bankReference?: string } = {},
): Promise<Credit> {
  const lineId = newId();
  const party = { partyName: '测试付款人', partyAccount, remittance };
  const sealed = sealRecord(LINE_PARTIES, { line_id: lineId, tenant_id: 't1' }, fieldsOf(party), running.test.service.app.get(FieldCipher, { strict: false }));
  await running.test.pool.query(
    `insert into bank_line (line_id, tenant_id, bank_line_id, account, direction, amount_minor, currency, value_on, booked_at, statement_day, bank_reference, stored_at)
     values ($1, 't1', $2, $3, $4, 700000, 'CNY', '2026-03-02', now(), $6, $5, now())`,
    [lineId, lineId, LENDER, direction, bankReference ?? `IN-${lineId.slice(-12)}`, businessDate(running.test.clock.now())],
  );
  const { wrapped_key: key, content_index: index, party_name: name, party_account: account, remittance: text } = sealed;
  await running.test.pool.query('insert into bank_line_party values ($1, $2, $3, $4, $5, $6, $7)', [lineId, 't1', key, index, name, account, text]);
  return { lineId, account: partyAccount };
}

async function order({ lineId }: Credit, change: Partial<PayloadOf<RefundRequested>> = {}): Promise<string> {
  const refundId = newId();
  const about = { storyId: lineId, lineId, tenantId: 't1', refundId, amountMinor: '700000', currency: 'CNY', policyVersion: 'online_microloan.v0' };
  await running.test.deliver(new RefundRequested({ ...about, ...change }));
  return refundId;
}

const read = async (refundId: string) => (await running.test.pool.query<StoredRefund>('select * from refund where refund_id = $1', [refundId])).rows[0];
const is = (refundId: string, status: string): Promise<StoredRefund> =>
  until(async () => {
    const row = await read(refundId);
    return row?.status === status ? row : undefined;
  }, `the refund ${refundId} in ${status}`);
const story = async (refundId: string): Promise<string[]> =>
  (await running.test.pool.query<{ trigger: string }>('select trigger from refund_history where refund_id = $1 order by seq', [refundId])).rows.map(
    ({ trigger }) => trigger,
  );
const told = async ({ lineId }: Credit) =>
  (await running.test.events(lineId)).map(({ payload: { outcome, bankReference, reasonCode } }) => [outcome, bankReference ?? reasonCode]);

test('R-DB-08, M-RF-01: what came in goes back once to the account that it came from, and the reference of the bank is told', async () => {
  const credit = await shown();
  const refundId = await order(credit);
  expect(await is(refundId, 'REFUNDED')).toMatchObject({ sends: 1, queries: 0, next_action_at: null });
  expect(await story(refundId)).toEqual(['Requested', 'Sent', 'Refunded']);
  const body = {
    ...{ amountMinor: '700000', currency: 'CNY', payeeName: '测试付款人', payeeAccount: credit.account, payerAccount: LENDER },
    ...{ originalReference: `IN-${credit.lineId.slice(-12)}`, purpose: `refund ${refundId}` },
  };
  expect(back.calls.filter((call) => call.refundId === refundId)).toEqual([{ method: 'PUT', refundId, idempotencyKey: refundId, body }]);
  expect(await told(credit)).toEqual([['refunded', `BACK-${refundId.slice(-12)}`]]);
  const dump = (table: string) => `(select coalesce(string_agg(t::text, ''), '') from ${table} t)`;
  const { rows } = await running.test.pool.query<{ all: string }>(
    `select ${['refund', 'refund_history', 'outbox', '_private_jobs'].map(dump).join(' || ')} as all`,
  );
  for (const personal of [credit.account, '测试付款人']) expect(rows[0]!.all).not.toContain(personal);
});

test('S13: the bank sends the money and then times out: UNKNOWN is told once, asked on the ladder, REFUNDED, one refund and one instruction', async () => {
  const credit = await shown();
  back.plan(credit.account, 'hang', { status: 503, text: '{}' });
  const refundId = await order(credit);
  await is(refundId, 'UNKNOWN');
  const metrics = async () => (await fetch(`${running.test.operationsUrl}/metrics`)).text();
  expect(await metrics()).toMatch(/millrace_refunds_unknown\{service="disbursement"\} 1/);
  running.test.clock.advance(30_000);
  await until(async () => (await story(refundId)).join() === 'Requested,Sent,Unclear,Asked,Unclear', 'the second silence');
  running.test.clock.advance(120_000);
  await is(refundId, 'REFUNDED');
  expect([back.methods(refundId), back.sentTo(credit.account), await told(credit)]).toEqual([
    ['PUT', 'GET', 'GET'],
    1,
    [
      ['unknown', undefined],
      ['refunded', `BACK-${refundId.slice(-12)}`],
    ],
  ]);
  expect(await metrics()).toMatch(/millrace_refunds_unknown\{service="disbursement"\} 0/);
});

test('what the bank has never seen is sent again under the same id', async () => {
  const credit = await shown();
  back.plan(credit.account, 'lose');
  const refundId = await order(credit);
  await is(refundId, 'UNKNOWN');
  running.test.clock.advance(30_000);
  expect(await is(refundId, 'REFUNDED')).toMatchObject({ sends: 2 });
  expect([back.methods(refundId), back.sentTo(credit.account)]).toEqual([['PUT', 'GET', 'PUT'], 1]);
});

test('a refusal says why; another refund of the same money may follow it, and none may follow one that is under way or sent', async () => {
  const credit = await shown();
  back.plan(credit.account, 'refuse');
  const refused = await order(credit);
  expect(await is(refused, 'REFUSED')).toMatchObject({ reason_code: 'ACCOUNT_CLOSED', next_action_at: null });
  const sent = await order(credit);
  await is(sent, 'REFUNDED');
  const third = await order(credit);
  expect([await read(third), back.sentTo(credit.account)]).toEqual([undefined, 1]);
  expect(await told(credit)).toEqual([
    ['refused', 'ACCOUNT_CLOSED'],
    ['refunded', `BACK-${sent.slice(-12)}`],
  ]);
});

test('SEC-10: money goes to no account that the bank has not shown, or whose record is not what was stored', async () => {
  const [bare, changed, other] = [await shown('-'), await shown(), await shown()];
  await running.test.pool.query(
    'update bank_line_party set party_account = (select party_account from bank_line_party where line_id = $2) where line_id = $1',
    [changed.lineId, other.lineId],
  );
  for (const credit of [bare, changed]) {
    const refundId = await order(credit);
    expect(await is(refundId, 'REFUSED')).toMatchObject({ reason_code: 'REFUND_ACCOUNT_UNKNOWN', sends: 0 });
    expect([back.methods(refundId), await told(credit)]).toEqual([[], [['refused', 'REFUND_ACCOUNT_UNKNOWN']]]);
  }
});

test('an order for money that did not come in so is refused: another amount, another lender, a debit, a line that there is not', async () => {
  const [credit, debit] = [await shown(), await shown(undefined, 'debit')];
  const refused = async () => (await running.test.pool.query('select 1 from refused_event')).rowCount!;
  const before = await refused();
  const orders = [
    await order(credit, { amountMinor: '700001' }),
    await order(credit, { tenantId: 't2' }),
    await order(debit),
    await order({ lineId: newId(), account: '' }),
  ];
  expect(await refused()).toBeGreaterThanOrEqual(before + orders.length);
  for (const refundId of orders) expect(await read(refundId)).toBeUndefined();
});

test('what was done about a refund cannot be rewritten', async () => {
  for (const sql of [`update refund_history set reason = 'x'`, 'delete from refund_history', 'truncate refund_history cascade'])
    await expect(running.test.pool.query(sql)).rejects.toThrow(/permission denied|append-only/);
});

test('S13, R-DB-08: the debit on the statement ends a refund of unknown outcome, by our id in its text; the day is the bank’s', async () => {
  const [credit, other] = [await shown(), await shown()];
  for (const { account } of [credit, other]) back.plan(account, 'lose');
  const [refundId, open] = [await order(credit), await order(other)];
  for (const id of [refundId, open]) expect(await is(id, 'UNKNOWN')).toMatchObject({ bank_reference: null });
  const debit = await shown(credit.account, 'debit', { remittance: `refund ${refundId}`, bankReference: `OUT-${refundId.slice(-12)}` });
  expect(await is(refundId, 'REFUNDED')).toMatchObject({ next_action_at: null, bank_reference: `OUT-${refundId.slice(-12)}` });
  expect([await story(refundId), await read(open)]).toMatchObject([['Requested', 'Sent', 'Unclear', 'Shown'], { status: 'UNKNOWN' }]);
  expect((await running.test.events(credit.lineId)).at(-1)).toMatchObject({ payload: { outcome: 'refunded', refundedOn: '2026-03-02' } });
  expect((await running.test.pool.query('select line_id from refund_debit where refund_id = $1', [refundId])).rows).toEqual([{ line_id: debit.lineId }]);
});

test('R-DB-08: a refund that the bank has refused and the statement shows is a contradiction, and no other refund of that money goes out', async () => {
  const credit = await shown();
  back.plan(credit.account, 'refuse');
  const refused = await order(credit);
  const { bank_reference: bankReference } = await is(refused, 'REFUSED');
  await shown(credit.account, 'debit', { bankReference: bankReference! });
  await until(async () => (await story(refused)).at(-1) === 'Shown', 'the contradiction');
  expect(await read(refused)).toMatchObject({ status: 'REFUSED' });
  const second = await order(credit);
  await until(async () => (await told(credit)).length > 1, 'the answer to the books');
  expect([await read(second), back.methods(second), (await told(credit)).at(-1)]).toEqual([undefined, [], ['refused', 'REFUND_SHOWN_ALREADY']]);
});
