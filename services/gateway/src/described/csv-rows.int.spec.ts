import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

const ROW = {
  ...{ dimension: 'product', value: '=cmd|calc', loans: 2, balanceMinor: '500', nonPerformingMinor: '0', nonPerformingBps: 0, provisionMinor: '5' },
  ...{ coverageBps: null, loanProvisionBps: 100, breaches: [], seal: 'inside' },
};
const NAMES = 'dimension,value,loans,balanceMinor,nonPerformingMinor,nonPerformingBps,provisionMinor,coverageBps,loanProvisionBps,breaches';

beforeEach(() => {
  upstreams.reset();
  upstreams.on('GET', /reports/, { status: 200, body: { day: '2026-03-31', policyVersion: 'online_microloan.v0', items: [ROW] } });
});

test.each([
  ['its query', '/v1/reports/portfolio?date=2026-03-31&format=csv', {}],
  ['accept', '/v1/reports/portfolio?date=2026-03-31', { accept: 'text/csv' }],
])('a report is a file where %s asks for CSV: described columns alone, and no formulas', async (_, path, headers) => {
  const answer = await gateway.send('GET', path, { as: 'olga', headers });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="report_portfolio.csv"');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.body).toBe(`${NAMES}\r\nproduct,'=cmd|calc,2,500,0,0,5,,100,\r\n`);
  expect((await upstreams.call(/reports/)).path).toBe('/reports/portfolio?date=2026-03-31');
  const again = await gateway.send('GET', path, { as: 'olga', headers: { ...headers, 'if-none-match': answer.headers.get('etag')! } });
  expect(again.status).toBe(304);
});

test('without a word it is JSON, and a problem is a problem whatever was asked for', async () => {
  const { headers, body } = await gateway.get('/v1/reports/portfolio', 'audrey');
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  expect(body.items[0].value).toBe('=cmd|calc');
  for (const [as, status] of [
    ['client-1', 403],
    ['anna', 403],
  ] as const) {
    const refused = await gateway.send('GET', '/v1/reports/portfolio?format=csv', { as });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([status, 'application/problem+json; charset=utf-8']);
  }
  expect((await gateway.get('/v1/reports/portfolio?format=xls', 'olga')).status).toBe(400);
  expect((await gateway.get('/v1/reports/vintage?months=61&format=csv', 'olga')).status).toBe(400);
});
