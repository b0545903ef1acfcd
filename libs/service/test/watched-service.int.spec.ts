import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId, TOPICS } from '@millrace/contracts';
import { TestService, until } from '@millrace/testing';
import { Asked, watched } from './watched-service.js';

// Goal: an operator sees what goes wrong in a service, by name. Method: one real service whose handler, party, log and database fail in turn.
const party = createServer((_request, response) => void response.writeHead(503).end('{}'));
let service: TestService;
let port: number;
let lines: string[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => party.listen(0, '127.0.0.1', resolve));
  port = (party.address() as AddressInfo).port;
  service = await TestService.start(watched as never, { logTo: { write: (line) => void lines.push(line) } });
});
afterAll(async () => {
  party.closeAllConnections();
  party.close();
  await service.stop();
});

const get = async (path: string): Promise<{ status: number; text: string }> => {
  const answer = await fetch(`${service.operationsUrl}${path}`);
  return { status: answer.status, text: await answer.text() };
};
/** Value of the first line of a metric that has all labels; undefined where there is none. */
async function metric(name: string, ...labels: string[]): Promise<number | undefined> {
  const { text } = await get('/metrics');
  const line = text.split('\n').find((row) => /^\w+/.exec(row)?.[0] === name && labels.every((label) => row.includes(label)));
  return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(' ') + 1));
}

test('a service that runs is alive and ready', async () => {
  expect(await get('/health/live')).toMatchObject({ status: 200 });
  expect(await get('/health/ready')).toEqual({ status: 200, text: '{"status":"ready"}' });
  expect(await metric('millrace_degraded', 'part="relay"')).toBe(0);
});

test('T58: counters are there before their first event, so that no increase loses it', async () => {
  for (const name of [
    'millrace_events_handled_total',
    'millrace_event_failures_total',
    'millrace_events_parked_total',
    'millrace_event_handling_seconds_count',
  ])
    expect(await metric(name, 'type="test.watched.asked.v1"')).toBe(0);
  expect(await metric('millrace_metric_read_failures_total', 'metric="millrace_parked_events"')).toBe(0);
  // On the service's own port: requests to the operations port are not its callers'.
  expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
  expect(await metric('millrace_http_request_seconds_count', 'route="/health/ready"', 'status="5xx"')).toBe(0);
});

test('SEC-11: events that were refused are a figure from the start, and a forged one moves it and is an error in the log', async () => {
  expect(await metric('millrace_refused_events', 'reason="SOURCE_NOT_OWNER"')).toBe(0);
  expect(await metric('millrace_refused_events', 'reason="NOT_AS_ORDERED"')).toBe(0);
  const key = newId();
  const headers = { ce_specversion: '1.0', ce_id: newId(), ce_type: 'test.watched.asked.v1', ce_source: 'scoring' };
  await service.log.append([{ topic: TOPICS.loanApplication, key, headers, value: Buffer.from('{}') }]);
  await until(async () => (await metric('millrace_refused_events', 'reason="SOURCE_NOT_OWNER"')) === 1, 'the refusal');
  const told = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(told).toContainEqual(expect.objectContaining({ level: 50, msg: 'an event is set aside until a person acts' }));
  expect(await metric('millrace_parked_events')).toBe(0);
});

test('the service’s own port keeps health only: /metrics is 404 there, and nothing else is on the operations port', async () => {
  const own = async (path: string): Promise<number> => (await fetch(`${service.url}${path}`)).status;
  expect([await own('/health/live'), await own('/health/ready'), await own('/metrics')]).toEqual([200, 200, 404]);
  const { status, text } = await get('/v1/docs');
  expect([status, JSON.parse(text)]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND', instance: '/v1/docs' })]);
});

test('D13: an idle service has no caller that waits for a connection, whoever scrapes it', async () => {
  for (let scrape = 0; scrape < 3; scrape++) expect(await metric('millrace_database_pool_waiting')).toBe(0);
});

test('an event that its handler refuses is counted by its tries, parked, and leaves no lag', async () => {
  await service.deliver(new Asked({ applicationId: newId(), port: 0 }));
  const type = 'type="test.watched.asked.v1"';
  // Twice delivered under one id, which the inbox knows, and once more under another id, which waits behind the first.
  expect(await metric('millrace_event_failures_total', type)).toBe(5);
  expect(await metric('millrace_events_parked_total', type)).toBe(2);
  expect(await metric('millrace_parked_events')).toBe(2);
  expect(await metric('millrace_events_handled_total', type)).toBe(0);
  const lag = async (): Promise<boolean> => !/^millrace_consumer_lag_events\{.*\} [1-9]/m.test((await get('/metrics')).text);
  await until(lag, 'a lag of 0');
});

test('a party that fails is told by its outcome, opens its circuit, and leaves a job without tries', async () => {
  for (let calls = 0; calls < 2; calls++) await service.deliver(new Asked({ applicationId: newId(), port }));
  await until(async () => (await metric('millrace_jobs_dead')) === 4, 'the end of all jobs');
  expect(await metric('millrace_job_seconds_count', 'task="call"', 'outcome="failed"')).toBe(4);
  expect(await metric('millrace_provider_call_seconds_count', 'provider="party"', 'outcome="unavailable"')).toBe(4);
  expect(await metric('millrace_provider_circuit_open', 'provider="party"')).toBe(1);
  expect(await metric('millrace_jobs_waiting')).toBe(0);
  expect(await metric('millrace_events_handled_total', 'type="test.watched.asked.v1"')).toBe(4);
});

test('without its log it answers and says that it is degraded, leaves the lag out, and is alive', async () => {
  await service.log.close();
  const { status, text } = await get('/health/ready');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ status: 'degraded', trouble: expect.arrayContaining([{ what: 'event log', why: expect.stringMatching(/./) }]) });
  expect(await metric('millrace_degraded', 'part="event log"')).toBe(1);
  expect(await metric('millrace_consumer_lag_events')).toBeUndefined();
  expect(await metric('millrace_parked_events')).toBe(2);
  expect(await metric('millrace_metric_read_failures_total', 'metric="millrace_consumer_lag_events"')).toBeGreaterThan(0);
  expect(await get('/health/live')).toMatchObject({ status: 200 });
});

test('without its database it is not ready, which is a problem with a name and no error in the log, and is alive', async () => {
  await service.database.drop();
  lines = [];
  await get('/health/ready');
  const { status, text } = await get('/health/ready');
  expect(status).toBe(503);
  expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'NOT_READY', title: expect.stringContaining('database'), instance: '/health/ready' });
  const told = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
  expect(told.filter(({ msg }) => msg.startsWith('not ready'))).toEqual([expect.objectContaining({ level: 40, msg: expect.stringContaining('database') })]);
  expect(told.filter(({ msg }) => msg === 'request failed')).toEqual([]);
  expect(await get('/health/live')).toMatchObject({ status: 200 });
});
