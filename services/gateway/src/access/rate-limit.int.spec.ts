import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start(), { MILLRACE_GATEWAY_REQUESTS_PER_MINUTE: '5' });
  upstreams.on('GET', /^\/products$/, { status: 200, body: { items: [] } });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

test('a client has so many requests a minute, is told how many are left, and holds up nobody else', async () => {
  const left: (string | null)[] = [];
  for (let time = 0; time < 5; time++) left.push((await gateway.get('/v1/products', 'client-1')).headers.get('ratelimit-remaining'));
  expect(left).toEqual(['4', '3', '2', '1', '0']);
  const { status, body, headers } = await gateway.get('/v1/products', 'client-1');
  expect([status, body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(headers.get('ratelimit-policy')).toBe('"client";q=5;w=60');
  expect(headers.get('ratelimit')).toMatch(/^"client";r=0;t=\d+$/);
  expect(upstreams.calls).toHaveLength(5);
  expect((await gateway.get('/v1/products', 'client-2')).status).toBe(200);
  gateway.service.clock.advance(60_000);
  expect((await gateway.get('/v1/products', 'client-1')).status).toBe(200);
});

test('requests without a client are counted by address; health is not', async () => {
  const ask = () => gateway.send('GET', '/v1/.well-known/jwks.json');
  const statuses: number[] = [];
  for (let time = 0; time < 6; time++) statuses.push((await ask()).status);
  expect(statuses.at(-1)).toBe(429);
  for (let time = 0; time < 7; time++) expect((await gateway.send('GET', '/health/live')).status).toBe(200);
  // Metrics are served on the operations port alone; here the path is unknown, and counted like any other.
  expect((await gateway.send('GET', '/metrics')).status).toBe(429);
});

test('SEC-3, R-OP-01: whoever has no good token is counted by address, also when refused, whatever the path', async () => {
  gateway.service.clock.advance(60_000);
  const wrong = { authorization: 'Bearer not.a.token' };
  const asked: (readonly [string, Record<string, string>, number])[] = [
    ['/v1/products', {}, 401],
    ['/v1/products', wrong, 401],
    ['/v1/nothing-here', wrong, 404],
    ['/v1/openapi.json', {}, 200],
    ['/v1/docs', {}, 200],
    ['/v1/products', {}, 429],
    ['/v1/nothing-here', wrong, 429],
    ['/v1/openapi.json', {}, 429],
    ['/nothing', {}, 429],
  ];
  for (const [path, headers, status] of asked) expect([path, (await gateway.send('GET', path, { headers })).status]).toEqual([path, status]);
  // A client with a good token is none of them.
  expect((await gateway.get('/v1/products', 'client-2')).status).toBe(200);
});
