import { newId } from '@millrace/contracts';
import { problem, RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway, type ClientId } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;
let url: string;

beforeAll(async () => {
  url = await upstreams.start();
  gateway = await RunningGateway.start(url, { MILLRACE_GATEWAY_SERVICE_TIMEOUT_MS: '500' });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => upstreams.reset());

const id = newId();
const A = `/v1/loan-applications/${id}`;
const L = `/v1/loans/${id}`;
const SHA = 'a'.repeat(64);
const repayment = { amountMinor: '2585050', currency: 'CNY', receivedOn: '2026-04-02', bankReference: 'BANK-1' };

/** Public path, path behind it, and who besides partners may use it. */
const READS: readonly (readonly [string, string, 'all' | 'staff'])[] = [
  ['/v1/products', '/products', 'all'],
  ['/v1/loan-applications?status=OFFERED&limit=5', '/loan-applications?status=OFFERED&limit=5', 'all'],
  [A, `/loan-applications/${id}`, 'all'],
  [`${A}/offer`, `/loan-applications/${id}/offer`, 'all'],
  [`${A}/contract`, `/loan-applications/${id}/contract`, 'all'],
  [`${A}/history`, `/loan-applications/${id}/history`, 'staff'],
  [`${A}/verification`, `/verifications/${id}`, 'staff'],
  [`${A}/scores`, `/scores/${id}`, 'staff'],
  [`${A}/scores/${id}/recomputation`, `/scores/${id}/${id}/recomputation`, 'staff'],
  [`${A}/payouts`, `/payouts/${id}`, 'staff'],
  [L, `/loans/${id}`, 'all'],
  [`${L}/schedule`, `/loans/${id}/schedule`, 'all'],
  [`${L}/repayments?cursor=7`, `/loans/${id}/repayments?cursor=7`, 'all'],
  [`${L}/journal?limit=3`, `/loans/${id}/journal?limit=3`, 'staff'],
  ['/v1/review-tasks?status=open', '/review-tasks?status=open', 'staff'],
  [`/v1/review-tasks/${id}`, `/review-tasks/${id}`, 'staff'],
];

const WRITES: readonly (readonly [string, string, object, ClientId, ClientId])[] = [
  [`${A}/cancellations/${id}`, `/loan-applications/${id}/cancellations/${id}`, { reasonCode: 'CHANGED_MIND' }, 'client-1', 'olga'],
  [`${A}/offer-acceptances/${id}`, `/loan-applications/${id}/offer-acceptances/${id}`, { offerId: id, costSheetAcknowledged: true }, 'client-1', 'audrey'],
  [`${A}/offer-declines/${id}`, `/loan-applications/${id}/offer-declines/${id}`, { offerId: id }, 'client-1', 'pavel'],
  [`${A}/signatures/${id}`, `/loan-applications/${id}/signatures/${id}`, { contractSha256: SHA }, 'client-1', 'olga'],
  [`${L}/repayments/${id}`, `/loans/${id}/repayments/${id}`, repayment, 'pavel', 'anna'],
  [`/v1/review-tasks/${id}/decisions/${id}`, `/review-tasks/${id}/decisions/${id}`, { decision: 'approve', reasonCode: 'SOUND' }, 'olga', 'client-1'],
];

describe('reading', () => {
  test.each(READS)('%s is handed on with who asks', async (path, inner, audience) => {
    upstreams.on('GET', /./, { status: 200, body: { nobodyDescribedThis: true } });
    const { status, body, headers } = await gateway.send('GET', path, { as: 'olga', headers: { traceparent: `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01` } });
    const call = upstreams.calls.at(-1)!;
    expect([status, call.path, body]).toEqual([200, inner, {}]);
    expect(headers.get('ratelimit-limit')).toBe('6000');
    expect(call.authorization).toMatch(/^Bearer t{32}$/);
    expect(call.principal).toMatchObject({ kind: 'staff', id: 'olga', tenantId: 't1', roles: ['risk_officer'], requestId: expect.any(String) });
    expect(call.traceparent).toMatch(new RegExp(`^00-c{32}-(?!d{16})[0-9a-f]{16}-01$`));
    const partner = await gateway.get(path, 'client-1');
    expect([partner.status, partner.body.code]).toEqual(audience === 'all' ? [200, undefined] : [403, 'FORBIDDEN']);
  });

  test.each(READS.filter(([path, , audience]) => audience === 'all' && path.includes(id)))('%s answers 404 to another partner', async (path) => {
    upstreams.on('GET', /./, { status: 200, body: {} });
    const { status, body } = await gateway.get(path, 'client-2');
    expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
    expect(upstreams.calls.at(-1)!.principal).toMatchObject({ kind: 'partner', tenantId: 't1', partnerId: 'partner-2' });
  });

  test('what is no id, or no known parameter, is refused here', async () => {
    for (const path of [
      '/v1/loan-applications/1',
      '/v1/loans/x/schedule',
      '/v1/review-tasks/1',
      '/v1/loan-applications?limit=-1',
      '/v1/review-tasks?colour=red',
    ]) {
      const { status, body } = await gateway.get(path, 'olga');
      expect([path, status, body.code, body.errors.length]).toEqual([path, 400, 'VALIDATION_FAILED', 1]);
    }
    const nothing = await gateway.get('/v1/nothing', 'olga');
    expect([nothing.status, nothing.body.code]).toEqual([404, 'NOT_FOUND']);
    expect(upstreams.calls).toEqual([]);
  });
});

describe('writing', () => {
  test.each(WRITES)('%s is handed on for some roles only', async (path, inner, sent, allowed, forbidden) => {
    upstreams.on('PUT', /./, { status: 200, body: { nobodyDescribedThis: true } });
    expect((await gateway.put(path, forbidden, sent)).body.code).toBe('FORBIDDEN');
    expect(upstreams.calls).toEqual([]);
    const { status, body } = await gateway.put(path, allowed, sent);
    expect([status, body]).toEqual([path.includes('signatures') ? 202 : 200, {}]);
    expect(upstreams.calls.at(-1)).toMatchObject({ path: inner, body: sent });
    const unknown = await gateway.put(path, allowed, { ...sent, colour: 'red' });
    expect([unknown.status, unknown.body.code, unknown.body.errors[0].field]).toEqual([400, 'VALIDATION_FAILED', 'colour']);
    const old = await gateway.put(path.replace(/[^/]*$/, '0f8fad5b-d9cb-469f-a165-70867728950e'), allowed, sent);
    expect([old.status, old.body.code]).toEqual([400, 'ID_NOT_UUIDV7']);
    expect(upstreams.calls).toHaveLength(1);
  });

  test('a repayment that waits is told from one that is booked, and an amount that is none is the service’s to refuse', async () => {
    for (const status of [202, 200]) {
      upstreams.on('PUT', /./, { status, body: {} });
      expect((await gateway.put(`${L}/repayments/${id}`, 'client-1', repayment)).status).toBe(status);
    }
    upstreams.on('PUT', /./, problem(422, 'AMOUNT_NEGATIVE'));
    expect((await gateway.put(`${L}/repayments/${id}`, 'client-1', { ...repayment, amountMinor: '-1' })).body.code).toBe('AMOUNT_NEGATIVE');
  });
});

describe('trouble behind the gateway', () => {
  test('a service that does not answer in time gives 504, and is not asked twice', async () => {
    upstreams.on('GET', /./, 'hang');
    const { status, body } = await gateway.get(A, 'client-1');
    expect([status, body.code, body.instance]).toEqual([504, 'SERVICE_TIMEOUT', A]);
    expect(upstreams.calls).toHaveLength(1);
  });

  test('D2: a connection that breaks is tried again on fresh ones, and in the end told', async () => {
    let times = 0;
    upstreams.on('GET', /./, () => (++times === 1 ? 'cut' : { status: 200, body: {} }));
    expect([(await gateway.get(A, 'client-1')).status, times]).toEqual([200, 2]);
    upstreams.on('GET', /./, 'cut');
    const { status, body } = await gateway.get(A, 'client-1');
    expect([status, body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  });

  test('D2: a rolling service whose pooled connections all die costs no caller its answer', async () => {
    upstreams.on('GET', /./, { status: 200, body: { ok: true } });
    await Promise.all(Array.from({ length: 8 }, () => gateway.get(A, 'client-1')));
    // The next eight each meet the end of a kept-alive connection, as when an instance goes away.
    let cut = 0;
    upstreams.on('GET', /./, () => (++cut <= 8 ? 'cut' : { status: 200, body: { ok: true } }));
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.get(A, 'client-1')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });

  test('a failure inside, or an answer that is no JSON, never shows', async () => {
    for (const reply of [problem(500, 'INTERNAL'), problem(401, 'INTERNAL_ONLY'), { status: 200, body: '<html>' }, { status: 404, body: '<html>' }]) {
      upstreams.on('GET', /./, reply);
      const { status, body } = await gateway.get(A, 'client-1');
      expect([status, body.code]).toEqual([502, 'SERVICE_FAILED']);
    }
  });

  test('a service that is away gives 503 with a time to come back', async () => {
    const away = await RunningGateway.start('http://127.0.0.1:1');
    const { status, body, headers } = await away.get(A, 'client-1');
    expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'SERVICE_UNAVAILABLE', '5']);
    expect((await away.send('GET', '/health/ready')).status).toBe(200);
    await away.stop();
  });

  test('D10: that a service is away is logged when it goes and when it comes back, not by each request, and never with a stack', async () => {
    const lines: { level: number; msg: string; err?: unknown }[] = [];
    const listening = await RunningGateway.start(url, {}, { write: (line) => lines.push(JSON.parse(line) as (typeof lines)[number]) });
    for (const reply of ['cut', 'cut', { status: 200, body: {} }] as const) {
      upstreams.on('GET', /./, reply);
      expect((await listening.get(A, 'client-1')).status).toBe(reply === 'cut' ? 503 : 200);
    }
    await listening.stop();
    expect(lines.map(({ msg }) => msg).filter((msg) => msg.startsWith('a service can'))).toEqual([
      'a service cannot be reached',
      'a service can be reached again',
    ]);
    expect(lines.filter(({ level, err }) => level >= 40 && err !== undefined)).toEqual([]);
  });
});
