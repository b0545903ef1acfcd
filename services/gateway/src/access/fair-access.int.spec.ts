import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start(), {
    MILLRACE_GATEWAY_REQUESTS_IN_FLIGHT: '3',
    MILLRACE_GATEWAY_REQUESTS_WAITING: '5',
    MILLRACE_GATEWAY_SERVICE_TIMEOUT_MS: '1000',
  });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => upstreams.reset());

const signature = { contractSha256: 'a'.repeat(64) };

test('SEC-4: of 30 writes of one partner at once three are under way, five wait, the others are told to come back; another partner is served meanwhile', async () => {
  upstreams.owner = 'partner-2';
  upstreams.on('PUT', /./, 'hang');
  upstreams.on('GET', /./, { status: 200, body: {} });
  await Promise.all([gateway.token('client-1'), gateway.token('client-2')]);
  const burst = Array.from({ length: 30 }, () => gateway.put(`/v1/loan-applications/${newId()}/signatures/${newId()}`, 'client-1', signature));
  const settled: number[] = [];
  for (const answer of burst) void answer.then(({ status }) => settled.push(status));
  await upstreams.call(/signatures/);
  expect((await gateway.get(`/v1/loan-applications/${newId()}`, 'client-2')).status).toBe(200);
  // None of those under way is answered yet: the other partner did not wait for one of them.
  expect(settled.filter((status) => status !== 429)).toEqual([]);
  expect(upstreams.calls.filter(({ method }) => method === 'PUT')).toHaveLength(3);
  const answers = await Promise.all(burst);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(22);
  expect([refused[0]!.body.code, refused[0]!.headers.get('retry-after')]).toEqual(['TOO_MANY_IN_FLIGHT', '1']);
  expect(answers.filter(({ status }) => status === 504)).toHaveLength(8);
});

test('a caller that goes away gives its place back', async () => {
  upstreams.on('PUT', /./, 'hang');
  const leaving = new AbortController();
  const headers = { authorization: `Bearer ${await gateway.token('client-1')}`, 'content-type': 'application/json' };
  const put = () =>
    fetch(`${gateway.service.url}/v1/loan-applications/${newId()}/signatures/${newId()}`, {
      method: 'PUT',
      headers,
      body: JSON.stringify(signature),
      signal: leaving.signal,
    }).catch(() => undefined);
  const left = Array.from({ length: 8 }, put);
  await upstreams.call(/signatures/);
  leaving.abort();
  await Promise.all(left);
  upstreams.reset();
  upstreams.owner = 'partner-1';
  upstreams.on('GET', /./, { status: 200, body: {} });
  const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.get(`/v1/loan-applications/${newId()}`, 'client-1')));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
});

test('SEC-4: of 6 writes of one partner about one application one is under way; a read, a write about another and the partner’s rights elsewhere do not wait for it', async () => {
  upstreams.owner = 'partner-1';
  upstreams.on('GET', /./, { status: 200, body: {} });
  upstreams.on('PUT', /./, 'hang');
  const applicationId = newId();
  const path = `/v1/loan-applications/${applicationId}`;
  const twins = Array.from({ length: 6 }, () => gateway.put(`${path}/signatures/${newId()}`, 'client-1', signature));
  await upstreams.call(/signatures/);
  expect((await gateway.get(path, 'client-1')).status).toBe(200);
  const another = gateway.put(`/v1/loan-applications/${newId()}/signatures/${newId()}`, 'client-1', signature);
  // A stranger that names the same application holds nobody up, and is not held up.
  const stranger = gateway.put(`${path}/signatures/${newId()}`, 'client-2', signature);
  const calls = () => upstreams.calls.filter(({ method }) => method === 'PUT');
  await until(async () => calls().length >= 3, 'three writes');
  // Writes of several partners go out at once, in any order.
  expect(
    calls()
      .map(({ principal }) => principal?.id)
      .toSorted(),
  ).toEqual(['client-1', 'client-1', 'client-2']);
  upstreams.reset();
  upstreams.on('PUT', /./, { status: 200, body: {} });
  const answers = await Promise.all([...twins, another, stranger]);
  // Those under way run into their time; the others are answered one after the other.
  expect(answers.filter(({ status }) => status === 202)).toHaveLength(5);
  expect(answers.filter(({ status }) => status === 504)).toHaveLength(3);
});
