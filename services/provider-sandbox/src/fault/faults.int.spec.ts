import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@millrace/testing';
import { RunningSandbox } from '../../test/running-sandbox.js';

// Method: the real sandbox; latencies are real milliseconds, everything that the bank settles later goes by the injected clock.
const sandbox = new RunningSandbox();
let uscc = '';
const PAYOUT = { amountMinor: '30000000', currency: 'CNY', payeeName: '样例商贸有限公司', payeeAccount: '9900123412341234', purpose: 'loan' };
const payout = (id: string, change: object = {}) => sandbox.call('PUT', `/v1/bank/payouts/${id}`, { ...PAYOUT, ...change });
const fault = (provider: string, body: object) => sandbox.call('PUT', `/sandbox/faults/${provider}`, body);
const registry = async (): Promise<number> => (await sandbox.call('GET', `/v1/registry/companies/${uscc}`)).status;

beforeAll(async () => {
  await sandbox.start();
  ({ uscc } = await sandbox.makeFirm('f1'));
}, 60_000);
afterAll(() => sandbox.stop());
afterEach(async () => {
  for (const { provider } of (await sandbox.call('GET', '/sandbox/faults')).body.items) await sandbox.call('DELETE', `/sandbox/faults/${provider}`);
});

test.each([
  ['9001', 'refused', 'ACCOUNT_NOT_FOUND'],
  ['9002', 'refused', 'NAME_MISMATCH'],
  ['9003', 'refused', 'ACCOUNT_FROZEN'],
  ['9004', 'pending', null],
  ['9005', 'pending', null],
  ['9006', 'pending', null],
  ['9000', 'paid', null],
])('an account ending in %s is %s at once', async (ending, status, reason) => {
  const id = randomUUID();
  const { body } = await payout(id, { payeeAccount: `99001234${ending}` });
  expect(body).toEqual({
    payoutId: id,
    status,
    bankReference: expect.stringMatching(/^BK[0-9A-F]{16}$/),
    paidAt: status === 'paid' ? expect.any(String) : null,
    reason,
  });
  expect((await sandbox.call('GET', `/v1/bank/payouts/${id}`)).body).toEqual(body);
});

test('pending payouts settle after 60 s by the clock; debits are counted once and outlive a restart (S13)', async () => {
  const [paid, refused, never] = [randomUUID(), randomUUID(), randomUUID()];
  await payout(paid, { payeeAccount: '88880009004' });
  await payout(refused, { payeeAccount: '88880009005' });
  await payout(never, { payeeAccount: '88880009006' });
  expect((await sandbox.call('GET', '/sandbox/counters')).body.debits).not.toHaveProperty(paid);
  sandbox.clock.advance(60_000);
  const paidAt = sandbox.clock.now().toISOString();
  await sandbox.restart();
  sandbox.clock.advance(1_000);
  expect((await payout(paid, { payeeAccount: '88880009004' })).body).toMatchObject({ status: 'paid', paidAt });
  expect((await payout(refused, { payeeAccount: '88880009005' })).body).toMatchObject({ status: 'refused', reason: 'COMPLIANCE_REJECTED', paidAt: null });
  expect((await payout(never, { payeeAccount: '88880009006' })).body.status).toBe('pending');
  const { debits, payees } = (await sandbox.call('GET', '/sandbox/counters')).body;
  expect(debits[paid]).toBe(1);
  expect([debits[refused], debits[never]]).toEqual([undefined, undefined]);
  expect(payees).toContainEqual({ payeeAccount: '88880009004', debits: 1, totalMinor: '30000000' });
});

test('the same payout many times at once is one debit; bad ones are refused', async () => {
  const id = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => payout(id, { payeeAccount: '77770000' })));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const { payees } = (await sandbox.call('GET', '/sandbox/counters')).body;
  expect(payees).toContainEqual({ payeeAccount: '77770000', debits: 1, totalMinor: '30000000' });
  for (const bad of [
    { amountMinor: '0' },
    { amountMinor: '-1' },
    { amountMinor: '1.5' },
    { amountMinor: 5 },
    { currency: 'USD' },
    { payeeAccount: '123' },
    { purpose: 'x'.repeat(201) },
  ])
    expect((await payout(randomUUID(), bad)).body.code).toBe('VALIDATION_FAILED');
});

test('error and outage do nothing, and end after their count, at their instant, or when they are cleared', async () => {
  const id = randomUUID();
  await fault('bank', { kind: 'error', count: 1 });
  expect((await payout(id)).body).toMatchObject({ status: 500, code: 'SANDBOX_FAULT' });
  expect((await sandbox.call('GET', `/v1/bank/payouts/${id}`)).status).toBe(404);

  await fault('registry', { kind: 'outage', until: new Date(sandbox.clock.now().getTime() + 60_000).toISOString() });
  const down = await sandbox.call('GET', `/v1/registry/companies/${uscc}`);
  expect([down.status, down.body.code, down.headers.get('retry-after')]).toEqual([503, 'SANDBOX_OUTAGE', '5']);
  expect((await sandbox.call('GET', '/sandbox/faults')).body.items).toMatchObject([{ provider: 'registry', kind: 'outage', count: null, everyNth: 1 }]);
  sandbox.clock.advance(60_000);
  expect(await registry()).toBe(200);
  expect((await sandbox.call('GET', '/sandbox/faults')).body.items).toEqual([]);

  await fault('registry', { kind: 'error', everyNth: 3, count: 2 });
  expect([await registry(), await registry(), await registry(), await registry(), await registry(), await registry(), await registry()]).toEqual([
    200, 200, 500, 200, 200, 500, 200,
  ]);
  await fault('registry', { kind: 'error' });
  expect((await sandbox.call('DELETE', '/sandbox/faults/registry')).status).toBe(204);
  expect(await registry()).toBe(200);
});

test('latency delays; a timeout after success keeps the work and gives no answer', async () => {
  await fault('registry', { kind: 'latency', latencyMs: 150, count: 1 });
  const begun = performance.now();
  expect(await registry()).toBe(200);
  expect(performance.now() - begun).toBeGreaterThanOrEqual(145);

  const id = randomUUID();
  await fault('bank', { kind: 'timeout_after_success', latencyMs: 50, count: 1 });
  await expect(payout(id)).rejects.toThrow();
  expect((await sandbox.call('GET', `/v1/bank/payouts/${id}`)).body.status).toBe('paid');
  expect((await sandbox.call('GET', '/sandbox/counters')).body.debits[id]).toBe(1);
});

test('a call that hangs does not hold up the end of the process', async () => {
  await fault('registry', { kind: 'timeout_after_success', latencyMs: 600_000, count: 1 });
  const hanging = registry().catch(() => 'closed');
  await until(async () => (await sandbox.call('GET', '/sandbox/faults')).body.items.length === 0);
  await sandbox.restart();
  expect(await hanging).toBe('closed');
});

test('a late payout is posted to its address until it is taken', async () => {
  const posted: unknown[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => response.writeHead(posted.push(JSON.parse(text)) < 3 ? 503 : 204).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/paid`;
  const id = randomUUID();
  try {
    await fault('bank', { kind: 'late_callback', latencyMs: 90_000, callbackUrl, count: 1 });
    expect((await payout(id)).body.status).toBe('pending');
    expect((await payout(randomUUID())).body.status).toBe('paid');
    sandbox.clock.advance(90_000);
    await until(async () => {
      sandbox.clock.advance(10_000);
      return posted.length === 3;
    });
    const { body } = await sandbox.call('GET', `/v1/bank/payouts/${id}`);
    expect(body.status).toBe('paid');
    expect(posted).toEqual([body, body, body]);
  } finally {
    server.close();
  }
});

test('every call is counted, those that a fault ate too; faults that make no sense are refused', async () => {
  const before = (await sandbox.call('GET', '/sandbox/counters')).body.calls;
  await fault('courts', { kind: 'outage', count: 1 });
  await sandbox.call('GET', `/v1/courts/enforcements/${uscc}`);
  await sandbox.call('GET', `/v1/courts/enforcements/${uscc}`);
  const { calls } = (await sandbox.call('GET', '/sandbox/counters')).body;
  expect(calls.courts).toBe(before.courts + 2);
  expect(Object.keys(calls).sort()).toEqual([
    'accounts',
    'bank',
    'bureau',
    'court-filings',
    'court-news',
    'courts',
    'debits',
    'dispute-marks',
    'esign',
    'filings',
    'identity',
    'invoices',
    'notices',
    'refunds',
    'registry',
    'statement',
    'tax',
    'watchlists',
  ]);
  expect((await fault('weather', { kind: 'error' })).body.code).toBe('NOT_FOUND');
  expect((await fault('tax', { kind: 'late_callback' })).body.code).toBe('FAULT_NOT_OFFERED');
  expect((await fault('bank', { kind: 'error', callbackUrl: 'http://127.0.0.1:1/' })).body.code).toBe('FAULT_NOT_OFFERED');
  for (const bad of [
    {},
    { kind: 'rain' },
    { kind: 'error', count: 0 },
    { kind: 'latency', latencyMs: 'long' },
    { kind: 'error', until: 'soon' },
    { kind: 'late_callback', callbackUrl: 'ftp://x' },
  ])
    expect((await fault('bank', bad)).body.code).toBe('VALIDATION_FAILED');
});
