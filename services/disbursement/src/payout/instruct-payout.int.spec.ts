import { newId } from '@millrace/contracts';
import { PARTNER, PAYMENT_OFFICER, until } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';
import type { PayoutStepView } from './payout-view.js';
import { RecordPayout } from './record-payout.js';

// Goal: money leaves once, or not at all, whatever breaks where (R-DB-08, S13, M-DR-01, M-DR-02). Method: the real service on real PostgreSQL and the real
// log; the bank is an HTTP server that counts debits. Every order is delivered three times. Tickers run in real time and read the suite's clock.
const running = new RunningDisbursement();
const { bank } = running;
const story = (steps: readonly PayoutStepView[]) => steps.map(({ action, outcome, detail }) => [action, outcome, detail].filter(Boolean).join(' '));

beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());
afterEach(async () => expect(await running.test.parked()).toEqual([]));

test('a loan is paid once: the limit is reserved and the intent recorded before the bank is told', async () => {
  const { applicationId, loanId, account, request } = await running.order();
  const payout = await running.paid(applicationId);
  expect(story(payout.steps)).toEqual(['RESERVE RESERVED', 'VERIFY', 'ANSWER holder_confirmed', 'SEND', 'ANSWER paid']);
  expect(payout).toMatchObject({ reservation: 'USED', sends: 1, queries: 0, nextActionAt: null, paidAt: '2026-03-02T01:00:05.000Z' });
  expect(payout.payee).toMatchObject({ accountName: '测**业', accountNumber: `6222********${account.slice(-4)}` });
  const calls = bank.calls.filter((call) => call.payoutId === payout.payoutId);
  const body = { amountMinor: '30000000', currency: 'CNY', payeeName: '测试企业', payeeAccount: account, purpose: `loan ${loanId}` };
  expect(calls).toEqual([{ method: 'PUT', payoutId: payout.payoutId, idempotencyKey: payout.payoutId, body }]);
  expect(bank.debitsOf(account)).toBe(1);
  expect(await running.payouts(applicationId)).toHaveLength(1);
  expect([await running.exposure(request.uscc), await running.facility(loanId)]).toEqual(['30000000', { status: 'ACTIVE', committed_minor: '30000000' }]);
  const events = await running.test.events(applicationId);
  expect(events.map(({ type }) => type)).toEqual(['loan-disbursed']);
  expect(events[0]!.payload).toEqual({
    applicationId,
    loanId,
    payoutId: payout.payoutId,
    amountMinor: '30000000',
    currency: 'CNY',
    bankReference: payout.bankReference,
    paidAt: '2026-03-02T01:00:05.000Z',
  });
  expect(events[0]!.headers['traceparent']).toMatch(/^00-a{32}-/);
});

test('no account and no name of a payee leaves the payee table, where they are encrypted (R-LE-01)', async () => {
  const { applicationId, account } = await running.order();
  await running.paid(applicationId);
  const dump = (table: string) => `(select coalesce(string_agg(t::text, ''), '') from ${table} t)`;
  const tables = ['payee', 'payout', 'payout_step', 'facility', 'outbox', 'inbox', '_private_jobs'];
  const { rows } = await running.test.pool.query<{ everything: string }>(`select ${tables.map(dump).join(' || ')} as everything`);
  expect(rows[0]!.everything).toContain(applicationId);
  for (const personal of [account, '测试企业']) expect(rows[0]!.everything).not.toContain(personal);
});

test('M-DR-04, S13: refused by the bank gives the limit back; an officer may order another payout, the same order told again orders none', async () => {
  const account = running.newAccount();
  bank.plan(account, 'refuse');
  const { applicationId, loanId, request } = await running.order({}, account);
  const refused = await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect(refused).toMatchObject({ reasonCode: 'ACCOUNT_FROZEN', reservation: 'RELEASED', nextActionAt: null });
  expect([await running.exposure(request.uscc), await running.facility(loanId)]).toEqual(['0', { status: 'ACTIVE', committed_minor: '0' }]);
  const [failed] = await running.test.events(applicationId);
  expect(failed).toMatchObject({ type: 'failed', payload: { applicationId, loanId, payoutId: refused.payoutId, reasonCode: 'ACCOUNT_FROZEN' } });

  await running.test.deliver(request);
  const paid = await running.paid(applicationId);
  expect(paid.payoutId).not.toBe(refused.payoutId);
  expect([await running.payouts(applicationId), bank.debitsOf(account)]).toMatchObject([{ length: 2 }, 1]);
  expect(await running.test.eventTypes(applicationId)).toEqual(['failed', 'loan-disbursed']);
  expect([await running.exposure(request.uscc), await running.facility(loanId)]).toEqual(['30000000', { status: 'ACTIVE', committed_minor: '30000000' }]);
});

test('an instruction that the bank cannot take is refused for good, under the bank’s own code', async () => {
  const account = running.newAccount();
  bank.plan(account, { status: 422, text: JSON.stringify({ status: 422, code: 'AMOUNT_OVER_CHANNEL_LIMIT', detail: `account ${account}` }) });
  const { applicationId } = await running.order({}, account);
  const payout = await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect(payout.reasonCode).toBe('AMOUNT_OVER_CHANNEL_LIMIT');
  expect(JSON.stringify([payout, await running.test.events(applicationId)])).not.toContain(account);
});

test('S13: the bank pays and then times out: UNKNOWN, asked after 30 s, PAID, one debit and one instruction', async () => {
  const account = running.newAccount();
  bank.plan(account, 'hang');
  const { applicationId } = await running.order({}, account);
  const unknown = await running.unknown(applicationId);
  expect(unknown).toMatchObject({ reservation: 'RESERVED', sends: 1, bankReference: null });
  const nextQueryAt = new Date(running.test.clock.now().getTime() + 30_000).toISOString();
  const announced = await running.test.event(applicationId, 'outcome-unknown');
  expect(announced.payload).toMatchObject({ payoutId: unknown.payoutId, queries: 1, nextQueryAt });
  const metrics = async () => (await fetch(`${running.test.operationsUrl}/metrics`)).text();
  expect(await metrics()).toMatch(/millrace_payouts_unknown\{service="disbursement"\} 1/);

  running.test.clock.advance(30_000);
  const payout = await running.paid(applicationId);
  expect(story(payout.steps)).toEqual(['RESERVE RESERVED', 'VERIFY', 'ANSWER holder_confirmed', 'SEND', 'ANSWER unclear TIMEOUT', 'ASK', 'ANSWER paid']);
  expect([bank.methods(payout.payoutId), bank.debitsOf(account)]).toEqual([['PUT', 'GET'], 1]);
  expect(await running.test.eventTypes(applicationId)).toEqual(['outcome-unknown', 'loan-disbursed']);
  expect(await metrics()).toMatch(/millrace_payouts_unknown\{service="disbursement"\} 0/);
});

test('M-DR-03, S13: a payout that stays pending is asked about after 30 s, 2 min, 10 min, 1 h and then hourly, and never sent again', async () => {
  const account = running.newAccount();
  bank.plan(account, 'pend');
  const { applicationId } = await running.order({}, account);
  for (const [queries, seconds] of [30, 120, 600, 3_600, 3_600].entries()) {
    const { nextActionAt } = await running.unknown(applicationId, queries);
    expect(Date.parse(nextActionAt!) - running.test.clock.now().getTime()).toBe(seconds * 1_000);
    running.test.clock.advance(seconds * 1_000);
  }
  const { payoutId } = await running.unknown(applicationId, 5);
  expect(bank.methods(payoutId)).toEqual(['PUT', 'GET', 'GET', 'GET', 'GET', 'GET']);
  bank.settle(payoutId, 'refused');
  running.test.clock.advance(3_600_000);
  await running.payout(applicationId, ({ status }) => status === 'FAILED');
  expect(bank.debitsOf(account)).toBe(0);
}, 60_000);

test('S13: a crash after the bank has paid and before that is recorded: the takeover asks, and finds it paid', async () => {
  const account = running.newAccount();
  bank.plan(account, 'lose');
  const { applicationId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  bank.book(payoutId, bank.calls.find((call) => call.payoutId === payoutId)!.body!);
  // As the process that died between the call and its outcome left it.
  await running.test.pool.query(`update payout set status = 'INSTRUCTED', next_action_at = $2 where payout_id = $1`, [payoutId, running.test.clock.now()]);
  const payout = await running.paid(applicationId);
  expect([bank.methods(payoutId), payout.sends, bank.debitsOf(account)]).toEqual([['PUT', 'GET'], 1, 1]);
});

test('a crash before the instruction was sent: the bank never saw it, so it is sent, under the same id', async () => {
  const account = running.newAccount();
  bank.plan(account, 'lose');
  const { applicationId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  await running.test.pool.query(`update payout set status = 'INSTRUCTED', next_action_at = $2 where payout_id = $1`, [payoutId, running.test.clock.now()]);
  const payout = await running.paid(applicationId);
  expect(payout.payoutId).toBe(payoutId);
  expect(story(payout.steps).slice(-4)).toEqual(['ASK', 'ANSWER never_seen', 'SEND', 'ANSWER paid']);
  const sent = bank.calls.filter((call) => call.payoutId === payoutId && call.method === 'PUT');
  expect([sent.length, new Set(sent.map(({ body }) => JSON.stringify(body))).size, bank.debitsOf(account)]).toEqual([2, 1, 1]);
});

test('a reserved payout whose job was lost is taken up by the ticker', async () => {
  const account = running.newAccount();
  bank.plan(account, 'lose');
  const { applicationId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  await running.test.pool.query(`update payout set status = 'RESERVED', next_action_at = $2 where payout_id = $1`, [payoutId, running.test.clock.now()]);
  await running.paid(applicationId);
  expect([bank.methods(payoutId), bank.debitsOf(account)]).toEqual([['PUT', 'PUT'], 1]);
});

test('M-DR-02: a bank that denies what it has acknowledged is asked again, not sent to again', async () => {
  const account = running.newAccount();
  bank.plan(account, 'pend', 'deny');
  const { applicationId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  running.test.clock.advance(30_000);
  const denied = await running.unknown(applicationId, 1);
  expect(story(denied.steps).at(-1)).toBe('ALARM never_seen');
  bank.settle(payoutId, 'paid');
  running.test.clock.advance(120_000);
  await running.paid(applicationId);
  expect([bank.methods(payoutId), bank.debitsOf(account)]).toEqual([['PUT', 'GET', 'GET'], 1]);
});

test.each([
  ['no JSON', 200, '<html>'],
  ['nothing', 200, ''],
  ['null', 200, 'null'],
  ['another payout', 200, JSON.stringify({ payoutId: newId(), status: 'refused', bankReference: 'B', reason: 'ACCOUNT_FROZEN' })],
  ['an outage', 503, '{"code":"SANDBOX_OUTAGE"}'],
  ['a proxy that forbids', 403, '{}'],
])('a broken answer (%s) is an unknown outcome: nothing is sent again before the bank was asked', async (_, status, text) => {
  const account = running.newAccount();
  bank.plan(account, { status, text }, { status, text });
  const { applicationId } = await running.order({}, account);
  await running.unknown(applicationId);
  running.test.clock.advance(30_000);
  await running.unknown(applicationId, 1);
  running.test.clock.advance(120_000);
  const { payoutId } = await running.paid(applicationId);
  expect([bank.methods(payoutId), bank.debitsOf(account)]).toEqual([['PUT', 'GET', 'GET', 'PUT'], 1]);
});

test('a worker that was overtaken changes nothing, unless it brings the final answer; a contradiction raises an alarm only', async () => {
  const account = running.newAccount();
  bank.plan(account, 'pend');
  const { applicationId } = await running.order({}, account);
  const { payoutId } = await running.unknown(applicationId);
  const records = running.test.service.app.get(RecordPayout, { strict: false });
  const { rows } = await running.test.pool.query<{ turn: number }>('select turn from payout where payout_id = $1', [payoutId]);
  const { turn } = rows[0]!;
  const [mine, another] = await Promise.all([records.take(payoutId, turn), records.take(payoutId, turn)]);
  const { payout } = (mine ?? another)!;
  expect([mine, another].filter(Boolean)).toHaveLength(1);
  running.test.clock.advance(60_000);
  await running.unknown(applicationId, 2);
  const before = await running.payouts(applicationId);
  expect(await records.record(payout, { outcome: 'unclear', detail: 'TIMEOUT', bankReference: null })).toBeUndefined();
  expect(await records.record(payout, { outcome: 'never_seen', detail: null, bankReference: null })).toBeUndefined();
  expect(await running.payouts(applicationId)).toEqual(before);
  const paid = { outcome: 'paid', detail: null, bankReference: 'B1', paidAt: running.test.clock.now() } as const;
  await records.record(payout, paid);
  await records.record(payout, paid);
  await records.record(payout, { outcome: 'refused', detail: 'ACCOUNT_FROZEN', reasonCode: 'ACCOUNT_FROZEN', bankReference: 'B1' });
  const final = await running.paid(applicationId);
  expect(story(final.steps).slice(-3)).toEqual(['ANSWER paid', 'ANSWER paid', 'ALARM refused ACCOUNT_FROZEN']);
  expect(final.reservation).toBe('USED');
  expect((await running.test.eventTypes(applicationId)).filter((type) => type !== 'outcome-unknown')).toEqual(['loan-disbursed']);
});

test('payouts are for staff; of an application that is not there, or another tenant’s, nobody learns anything', async () => {
  const { applicationId } = await running.prepare();
  expect(await running.test.call('GET', `/payouts/${applicationId}`, PAYMENT_OFFICER)).toMatchObject({ status: 200, body: { items: [] } });
  expect(await running.test.call('GET', `/payouts/${applicationId}`, PARTNER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  for (const [path, by] of [
    [newId(), PAYMENT_OFFICER],
    [applicationId, { ...PAYMENT_OFFICER, tenantId: 'another' }],
  ] as const)
    expect(await running.test.call('GET', `/payouts/${path}`, by)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect((await running.test.call('GET', '/payouts/not-an-id', PAYMENT_OFFICER)).status).toBe(400);
});

test('what was done about a payout cannot be rewritten', async () => {
  await until(async () => (await running.test.pool.query('select 1 from payout_step limit 1')).rowCount);
  for (const sql of [`update payout_step set outcome = 'paid'`, 'delete from payout_step', 'truncate payout_step'])
    await expect(running.test.pool.query(sql)).rejects.toThrow('permission denied');
});
