import { newId, SuspicionRaised, TOPICS } from '@millrace/contracts';
import { until } from '@millrace/testing';
import type { Tracer } from '@opentelemetry/api';
import type { EventLog, LogRecord } from '../src/event-log.js';
import { NO_TELEMETRY } from '../src/telemetry.js';
import { readAll } from './log-bench.js';
import { STEP_TOPIC, StepTaken } from './step-events.js';
import { requestContext, StepService } from './step-service.js';

let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(async () => {
  await service.settle();
  await service.asAdmin(`delete from test_messaging.outbox`);
});
afterAll(() => service.close());

const emit = (applicationId: string, ...numbers: number[]): Promise<void> =>
  service.runner.run(requestContext(), async (tx) => numbers.forEach((number) => tx.emit(new StepTaken({ applicationId, number }))));

const onLog = async (applicationId: string): Promise<number[]> => {
  const records = (await readAll(service.log, STEP_TOPIC)).filter(({ key }) => key === applicationId);
  return records.map(({ value }) => (JSON.parse(value.toString()) as StepTaken).number);
};
const arrived = (applicationId: string, count: number): Promise<unknown> =>
  until(async () => (await onLog(applicationId)).length >= count, `${count} events on the log`);
const unsent = async (): Promise<number> => service.count('outbox where published_at is null');
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const holders = `select pid from pg_stat_activity where datname = current_database() and application_name = 'millrace-relay'
  and pid in (select pid from pg_locks where locktype = 'advisory' and granted)`;

/** The real log, with a door before it. */
function doored(): { log: EventLog; calls: LogRecord[][]; refuse: (error: Error | undefined) => void } {
  const calls: LogRecord[][] = [];
  let refusal: Error | undefined;
  const log = new Proxy<EventLog>(service.log, {
    get: (target, name) => {
      if (name !== 'append') return Reflect.get(target, name) as unknown;
      return async (records: LogRecord[]) => {
        calls.push(records);
        if (refusal) throw refusal;
        return target.append(records);
      };
    },
  });
  return { log, calls, refuse: (error) => (refusal = error) };
}

test('everything is sent in the order of the outbox, in batches, with headers and payload as they were written', async () => {
  const applicationId = newId();
  for (let number = 0; number < 100; number += 10) await emit(applicationId, ...range(number, number + 10));
  const { log, calls } = doored();
  service.relay({ log, batchRecords: 30 }).start();
  await arrived(applicationId, 100);
  expect(await onLog(applicationId)).toEqual(range(0, 100));
  expect(calls.map(({ length }) => length)).toEqual([30, 30, 30, 10]);
  await until(async () => (await unsent()) === 0, 'the marks');
  const { rows } = await service.pool.query<{ headers: Record<string, string>; payload: string }>('select headers, payload from outbox order by seq limit 1');
  const stored = (await readAll(service.log, STEP_TOPIC)).find(({ key }) => key === applicationId)!;
  expect({ ...stored.headers }).toEqual(rows[0]!.headers);
  expect(stored.value.toString()).toBe(rows[0]!.payload);
});

test('it wakes by notification: with a poll of an hour an event is on the log at once', async () => {
  const relay = service.relay({ pollIntervalMs: 3_600_000 });
  relay.start();
  const applicationId = newId();
  await emit(applicationId, 1);
  await arrived(applicationId, 1);
  const since = performance.now();
  await emit(applicationId, 2);
  await arrived(applicationId, 2);
  expect(performance.now() - since).toBeLessThan(2_000);
  await relay.stop();
});

test('M-EV-03: a failure stops the batch: nothing behind it is sent, nothing is given up, and all of it goes out in order when the log is back', async () => {
  const { log, calls, refuse } = doored();
  refuse(new Error('the log is away'));
  const applicationId = newId();
  await emit(applicationId, 0, 1);
  const relay = service.relay({ log, batchRecords: 1, backoffMs: 5, maxBackoffMs: 20 });
  relay.start();
  await until(async () => calls.length >= 15, 'many tries');
  expect(new Set(calls.map(([first]) => first!.headers['ce_id'])).size).toBe(1);
  await emit(applicationId, 2);
  expect(await onLog(applicationId)).toEqual([]);
  expect(await unsent()).toBe(3);
  expect(service.errors[0]!.message).toBe('the log is away');
  await until(async () => (await relay.oldestUnsentAgeMs()) > 100, 'an age of the oldest event');
  refuse(undefined);
  await arrived(applicationId, 3);
  expect(await onLog(applicationId)).toEqual([0, 1, 2]);
  await until(async () => (await relay.oldestUnsentAgeMs()) === 0, 'an empty outbox');
});

test('of two instances one is active; when its connection is killed one of them goes on, without loss and in order', async () => {
  const [first, second] = [doored(), doored()];
  service.relay({ log: first.log }).start();
  await until(async () => (await service.asAdmin(holders)).rowCount === 1, 'an active instance');
  service.relay({ log: second.log }).start();
  const applicationId = newId();
  await emit(applicationId, ...range(0, 5));
  await arrived(applicationId, 5);
  expect(second.calls).toHaveLength(0);

  const active = (await service.asAdmin<{ pid: number }>(holders)).rows[0]!.pid;
  await service.asAdmin('select pg_terminate_backend($1)', [active]);
  await emit(applicationId, ...range(5, 10));
  await until(async () => (await onLog(applicationId)).includes(9), 'events sent after the kill');
  const holdersNow = (await service.asAdmin<{ pid: number }>(holders)).rows;
  expect(holdersNow).toHaveLength(1);
  expect(holdersNow[0]!.pid).not.toBe(active);
  // A batch whose mark was lost with the connection goes out again, which the inbox knows; the order of first arrivals stands.
  expect([...new Set(await onLog(applicationId))]).toEqual(range(0, 10));
});

test('an instance takes over when the active one stops', async () => {
  const first = service.relay();
  first.start();
  await until(async () => (await service.asAdmin(holders)).rowCount === 1, 'an active instance');
  const heir = doored();
  service.relay({ log: heir.log }).start();
  await first.stop();
  const applicationId = newId();
  await emit(applicationId, 1);
  await arrived(applicationId, 1);
  expect(heir.calls.flat()).toHaveLength(1);
});

test('stop sends what is there; a relay that cannot send it stops all the same, and loses nothing', async () => {
  const applicationId = newId();
  const relay = service.relay({ pollIntervalMs: 3_600_000 });
  relay.start();
  await emit(applicationId, ...range(0, 50));
  await relay.stop();
  expect(await onLog(applicationId)).toEqual(range(0, 50));

  const { log, refuse } = doored();
  refuse(new Error('the log is away'));
  const other = service.relay({ log });
  other.start();
  await emit(applicationId, 50);
  await other.stop();
  expect(await unsent()).toBeGreaterThanOrEqual(1);
});

test('an event whose transaction commits late is sent when it commits, though later ones went before it', async () => {
  const [slow, quick] = [newId(), newId()];
  service.relay({ pollIntervalMs: 3_600_000 }).start();
  await service.runner.runUnit(async (unit) => {
    unit.as(requestContext()).emit(new StepTaken({ applicationId: slow, number: 1 }));
    await unit.flush();
    await emit(quick, 1);
    await arrived(quick, 1);
    expect(await onLog(slow)).toEqual([]);
  });
  await arrived(slow, 1);
});

test('clean-up deletes what was published long ago, and never what is unsent', async () => {
  const applicationId = newId();
  const relay = service.relay({ keepDays: 7 });
  await emit(applicationId, ...range(0, 4));
  await service.pool.query(`update outbox set published_at = now() - interval '8 days' where payload like '%"number":0%' or payload like '%"number":1%'`);
  await service.pool.query(`update outbox set published_at = now() - interval '6 days' where payload like '%"number":2%'`);
  await service.pool.query(`update outbox set created_at = now() - interval '400 days'`);
  expect(await relay.cleanUp()).toBe(2);
  const { rows } = await service.pool.query<{ payload: string }>('select payload from outbox order by seq');
  expect(rows.map(({ payload }) => (JSON.parse(payload) as StepTaken).number)).toEqual([2, 3]);
  expect(await relay.oldestUnsentAgeMs()).toBeGreaterThan(399 * 86_400_000);
});

test('SEC-12: an event of the restricted topic is sent without a span, as traces name the application to people who may not know', async () => {
  const spans: string[] = [];
  const startSpan = (name: string): unknown => {
    spans.push(name);
    return { end: () => undefined };
  };
  await service.log.createTopics([{ name: TOPICS.kycAntifraudRestricted, partitions: 1 }]);
  const applicationId = newId();
  await service.runner.run(requestContext(), async (tx) => {
    tx.emit(new SuspicionRaised({ applicationId, outcome: 'refer', fraudScore: 300, findings: [{ code: 'DEVICE_SHARED', severity: 'amber' }] }));
    tx.emit(new StepTaken({ applicationId, number: 1 }));
  });
  service.relay({ telemetry: { ...NO_TELEMETRY, tracer: { startSpan } as unknown as Tracer } }).start();
  await until(async () => (await unsent()) === 0, 'the marks');
  expect((await readAll(service.log, TOPICS.kycAntifraudRestricted)).map(({ key }) => key)).toEqual([applicationId]);
  expect(spans).toEqual(['publish test.messaging.step-taken.v1']);
});
