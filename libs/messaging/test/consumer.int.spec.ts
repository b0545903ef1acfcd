import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import type { RecordBatch } from '../src/event-log.js';
import { readAll } from './log-bench.js';
import { STEP_TOPIC, StepIgnored, StepTaken } from './step-events.js';
import { StepService } from './step-service.js';

let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(() => service.settle());
afterAll(() => service.close());

const taken = (applicationId: string, number: number): StepTaken => new StepTaken({ applicationId, number });
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** The last records of the log as one batch, for a consumer that is called by hand. */
async function lastBatch(count: number): Promise<RecordBatch> {
  return { records: (await readAll(service.log, STEP_TOPIC)).slice(-count) };
}

test('an event delivered again, in the same batch, a later one or by another member, changes nothing', async () => {
  const applicationId = newId();
  const records = await service.append([taken(applicationId, 1), taken(applicationId, 2)]);
  await service.log.append([...records, ...records]);
  await service.startConsumer();
  await service.caughtUp();
  const batch = await lastBatch(6);
  await Promise.all([service.consumer().handleBatch(batch), service.consumer().handleBatch(batch)]);
  expect(await service.steps(applicationId)).toEqual([1, 2]);
  expect(service.handler.handled).toHaveLength(2);
  expect(service.errors).toEqual([]);
});

test('M-EV-01, R-TC-02: the inbox row, the state and the events commit together: two members with the same batch leave one effect', async () => {
  const applicationId = newId();
  await service.append(range(0, 20).map((number) => taken(applicationId, number)));
  const batch = await lastBatch(20);
  await Promise.all([1, 2, 3].map(() => service.consumer().handleBatch(batch)));
  expect(await service.steps(applicationId)).toEqual(range(0, 20));
  expect(await service.count(`inbox where event_id in (${batch.records.map(({ headers }) => `'${headers['ce_id']}'`).join()})`)).toBe(20);
});

test('a batch is one transaction', async () => {
  const applicationId = newId();
  await service.append(range(0, 10).map((number) => taken(applicationId, number)));
  await service.consumer().handleBatch(await lastBatch(10));
  const { rows } = await service.pool.query<{ transactions: number }>(
    'select count(distinct xmin::text)::int as transactions from step where application_id = $1',
    [applicationId],
  );
  expect(rows[0]!.transactions).toBe(1);
});

test('events of different applications are handled at the same time, those of one application one after the other', async () => {
  const [one, other] = [newId(), newId()];
  await service.append([taken(one, 1), taken(one, 2), taken(other, 3)]);
  const begun: number[] = [];
  const otherBegan = Promise.withResolvers<void>();
  service.handler.before = async ({ payload }) => {
    begun.push(payload.number);
    if (payload.number === 3) otherBegan.resolve();
    // Handled one after the other, the first would wait for good.
    await otherBegan.promise;
  };
  await service.consumer().handleBatch(await lastBatch(3));
  expect(begun).toEqual([1, 3, 2]);
  expect([await service.steps(one), await service.steps(other)]).toEqual([[1, 2], [3]]);
});

test('an event that fails beside others that run leaves the effect of each of them once', async () => {
  const poisoned = newId();
  const healthy = range(0, 6).map(() => newId());
  await service.append([...healthy.slice(0, 3).map((id) => taken(id, 1)), taken(poisoned, 9), ...healthy.slice(3).map((id) => taken(id, 1))]);
  service.handler.before = async ({ payload }, tx) => {
    if (payload.applicationId === poisoned) await tx.query('select 1 / 0');
  };
  await service.consumer().handleBatch(await lastBatch(7));
  for (const id of healthy) expect(await service.steps(id)).toEqual([1]);
  expect(await service.steps(poisoned)).toEqual([]);
  expect((await service.parkedEvents().list({ key: poisoned })).map(({ attempts }) => attempts)).toEqual([3]);
  expect(service.errors.every(({ message }) => message.includes('division by zero'))).toBe(true);
});

test('an event in the middle of a batch that fails once succeeds at its second try; the others are handled once, in order', async () => {
  const applicationId = newId();
  await service.append(range(0, 9).map((number) => taken(applicationId, number)));
  let failures = 0;
  service.handler.before = ({ payload }) => {
    if (payload.number === 4 && failures++ === 0) throw new Error('once');
  };
  await service.consumer().handleBatch(await lastBatch(9));
  expect(await service.steps(applicationId)).toEqual(range(0, 9));
  expect(service.errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(/step-taken\.v1, test\.messaging\.v1\/0@\d+\) try 1 of 3 failed: Error: once/),
  ]);
});

test('an error that a handler swallows is found by its commit and parks that event, not its neighbours', async () => {
  const [poisoned, healthy] = [newId(), newId()];
  await service.append([taken(healthy, 1), taken(poisoned, 2), taken(healthy, 3)]);
  service.handler.before = async ({ payload }, tx) => {
    if (payload.applicationId === poisoned) await tx.query('select 1 / 0').catch(() => undefined);
  };
  await service.consumer().handleBatch(await lastBatch(3));
  expect(await service.steps(healthy)).toEqual([1, 3]);
  expect(await service.steps(poisoned)).toEqual([]);
  expect((await service.parkedEvents().list({ key: poisoned })).map(({ attempts }) => attempts)).toEqual([3]);
});

test('a commit that fails by a deferred constraint parks the event whose fault it is', async () => {
  const [poisoned, healthy] = [newId(), newId()];
  await service.append([taken(healthy, 1), taken(poisoned, 7), taken(poisoned, 7), taken(healthy, 2)]);
  await service.consumer().handleBatch(await lastBatch(4));
  expect(await service.steps(healthy)).toEqual([1, 2]);
  expect(await service.steps(poisoned)).toEqual([7]);
  expect(await service.parkedEvents().list({ key: poisoned })).toMatchObject([{ attempts: 3, reason: expect.stringContaining('step_once') as string }]);
});

test('types that nobody here consumes are passed over without a trace', async () => {
  const applicationId = newId();
  const before = await service.count('inbox');
  await service.append([new StepIgnored({ applicationId }), taken(applicationId, 1), new StepIgnored({ applicationId })]);
  await service.append([taken(applicationId, 2)], (record) => ({ ...record, headers: { ...record.headers, ce_type: 'test.messaging.step-taken.v2' } }));
  await service.startConsumer();
  await service.caughtUp();
  expect(await service.steps(applicationId)).toEqual([1]);
  expect(await service.count('inbox')).toBe(before + 1);
});

test('a field that only a newer producer knows is dropped', async () => {
  const applicationId = newId();
  const value = Buffer.from(JSON.stringify({ applicationId, number: 1, invented: { later: true } }));
  await service.append([taken(applicationId, 1)], (record) => ({ ...record, value }));
  await service.consumer().handleBatch(await lastBatch(1));
  expect(service.handler.handled.map(({ payload }) => ({ ...payload }))).toEqual([{ applicationId, number: 1 }]);
});

test('a database that is away is no fault of the event: nothing is parked however long it takes, and it goes on by itself', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1), taken(applicationId, 2)]);
  let kills = 0;
  service.handler.before = async ({ payload }, tx) => {
    if (payload.number !== 2 || kills++ >= 8) return;
    // Each second try meets the event alone, after an error that does count.
    if (kills % 2 === 1) throw new Error('counts');
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await service.asAdmin('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await tx.query('select 1');
  };
  await service.startConsumer({ maxAttempts: 2, retryDelayMs: 10 });
  await until(async () => (await service.steps(applicationId)).length === 2, 'both steps');
  expect(kills).toBeGreaterThan(8);
  expect(await service.steps(applicationId)).toEqual([1, 2]);
  expect(await service.parkedEvents().list({ key: applicationId })).toEqual([]);
});

test('stop waits for the batch that runs, and leaves an event that waits for its next try to the next member', async () => {
  const applicationId = newId();
  service.handler.before = async ({ payload }) => {
    if (payload.number === 1) await delay(200);
    if (payload.number === 2) throw new Error('not now');
  };
  const consumer = await service.startConsumer({ backoffMs: 3_600_000, maxBatchRecords: 1 });
  await service.append([taken(applicationId, 1)]);
  await until(async () => service.handler.handled.length === 1, 'a running batch');
  await service.append([taken(applicationId, 2)]);
  await until(async () => service.errors.length > 0, 'the first try');
  await consumer.stop();
  expect(await service.steps(applicationId)).toEqual([1]);
  service.handler.before = () => undefined;
  await service.startConsumer();
  await service.caughtUp();
  expect(await service.steps(applicationId)).toEqual([1, 2]);
});
