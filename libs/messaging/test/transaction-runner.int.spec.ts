import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import { InvalidEventError } from '../src/envelope.js';
import { RecordTooLargeError } from '../src/event-log.js';
import type { EventTransaction } from '../src/event-transaction.js';
import { TransactionRunner } from '../src/transaction-runner.js';
import { STEP_TOPIC, StepFollowed, StepTaken } from './step-events.js';
import { recordStep, requestContext, StepService } from './step-service.js';

let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(() => service.settle());
afterAll(() => service.close());

const jobs = async (): Promise<{ task: string; payload: unknown; key: string | null }[]> => {
  const sql = `select t.identifier as task, j.payload, j.key from _private_jobs j join _private_tasks t on t.id = j.task_id order by j.id`;
  return (await service.pool.query<{ task: string; payload: unknown; key: string | null }>(sql)).rows;
};
const outboxOf = async (applicationId: string): Promise<{ type: string; payload: string; headers: Record<string, string> }[]> =>
  (await service.pool.query('select * from outbox where aggregateid = $1 order by seq', [applicationId])).rows;

test('M-EV-01: state, events and jobs commit together, in the columns of the outbox event router', async () => {
  const applicationId = newId();
  const context = requestContext();
  const answer = await service.runner.run(context, async (tx) => {
    await recordStep(tx, { applicationId, number: 1 });
    tx.emit(new StepTaken({ applicationId, number: 1, note: '第一步' }));
    tx.emit(new StepFollowed({ applicationId, number: 1 }));
    tx.addJob('step', { applicationId }, { jobKey: applicationId });
    return 'answer';
  });
  expect(answer).toBe('answer');
  expect(await service.steps(applicationId)).toEqual([1]);
  const rows = await outboxOf(applicationId);
  expect(rows).toMatchObject([
    { aggregatetype: 'application', aggregateid: applicationId, type: 'test.messaging.step-taken.v1', topic: STEP_TOPIC, published_at: null },
    { type: 'test.messaging.step-followed.v1' },
  ]);
  expect(JSON.parse(rows[0]!.payload)).toEqual({ applicationId, number: 1, note: '第一步' });
  expect(rows[0]!.headers).toMatchObject({
    ce_specversion: '1.0',
    ce_source: 'https://millrace.localhost/services/test-messaging',
    ce_dataschema: 'https://millrace.localhost/v1/event-schemas/test.messaging.step-taken.v1.json',
    ce_partitionkey: applicationId,
    'content-type': 'application/json',
    ce_type: 'test.messaging.step-taken.v1',
    ce_time: '2026-03-02T01:00:00.000Z',
    ce_subject: applicationId,
    ce_correlationid: applicationId,
    ce_causationid: context.causationId,
    ce_actor: 'staff:olga',
  });
  // The job goes on in the trace of the events beside it.
  const traceId = rows[0]!.headers['traceparent']!.slice(3, 35);
  const activity = { traceparent: expect.stringContaining(traceId) };
  expect(await jobs()).toEqual([{ task: 'step', payload: { applicationId, activity }, key: applicationId }]);
});

test('a job is queued once per key, also within one transaction; the last one said counts', async () => {
  const jobKey = newId();
  await service.runner.run(requestContext(), async (tx) => {
    tx.addJob('step', { version: 1 }, { jobKey });
    tx.addJob('step', { version: 2 }, { jobKey });
  });
  await service.runner.run(requestContext(), async (tx) => tx.addJob('step', { version: 3 }, { jobKey }));
  expect((await jobs()).filter(({ key }) => key === jobKey)).toMatchObject([{ payload: { version: 3 } }]);
});

const failures: [string, (tx: EventTransaction, applicationId: string) => void, unknown][] = [
  [
    'an error',
    () => {
      throw new Error('handler failed on purpose');
    },
    /on purpose/,
  ],
  ['an event that breaks its contract', (tx, applicationId) => tx.emit(new StepTaken({ applicationId, number: -1 })), InvalidEventError],
  [
    'an event with a field that nobody declared',
    (tx, applicationId) => tx.emit(new StepTaken({ applicationId, number: 1, more: 1 } as never)),
    InvalidEventError,
  ],
  [
    'an event over the size limit',
    (tx, applicationId) => tx.emit(new StepTaken({ applicationId, number: 1, note: 'x'.repeat(1_100_000) })),
    RecordTooLargeError,
  ],
];
test.each(failures)('%s leaves no state, no event and no job', async (_, fail, expected) => {
  const applicationId = newId();
  const before = (await jobs()).length;
  const failing = service.runner.run(requestContext(), async (tx) => {
    await recordStep(tx, { applicationId, number: 1 });
    tx.emit(new StepTaken({ applicationId, number: 1 }));
    tx.addJob('step', {});
    fail(tx, applicationId);
  });
  await expect(failing).rejects.toThrow(expected as RegExp);
  expect(await service.steps(applicationId)).toEqual([]);
  expect(await outboxOf(applicationId)).toEqual([]);
  expect(await jobs()).toHaveLength(before);
});

test('an error of PostgreSQL that the work swallows is noticed at the commit', async () => {
  const applicationId = newId();
  const swallowing = service.runner.run(requestContext(), async (tx) => {
    await recordStep(tx, { applicationId, number: 1 });
    await tx.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toThrow(/rolled back: an error inside it was swallowed/);
  expect(await service.steps(applicationId)).toEqual([]);
});

test('work that ran into a deadlock runs again, and leaves its effect once', async () => {
  const [a, b] = [newId(), newId()];
  await service.runner.run(requestContext(), async (tx) => {
    await recordStep(tx, { applicationId: a, number: 0 });
    await recordStep(tx, { applicationId: b, number: 0 });
  });
  let runs = 0;
  let arrived = 0;
  const lockBoth = (first: string, second: string, number: number): Promise<void> =>
    service.runner.run(requestContext(), async (tx) => {
      runs++;
      await tx.query('select 1 from step where application_id = $1 for update', [first]);
      arrived++;
      if (runs <= 2) await until(async () => arrived >= 2, 'the other transaction');
      await tx.query('select 1 from step where application_id = $1 for update', [second]);
      await recordStep(tx, { applicationId: a, number });
      tx.emit(new StepTaken({ applicationId: a, number }));
    });
  await Promise.all([lockBoth(a, b, 1), lockBoth(b, a, 2)]);
  expect(runs).toBe(3);
  expect((await service.steps(a)).sort()).toEqual([0, 1, 2]);
  expect(await outboxOf(a)).toHaveLength(2);
});

test('a conflict that never ends is reported, not tried for ever', async () => {
  let runs = 0;
  const failing = service.runner.run(requestContext(), async (tx) => {
    runs++;
    await tx.query(`do $$ begin raise exception 'again' using errcode = '40001'; end $$`);
  });
  await expect(failing).rejects.toThrow('again');
  expect(runs).toBe(5);
});

test('a connection that is killed fails its transaction and is not used again', async () => {
  const killed = service.runner.run(requestContext(), async (tx) => {
    const { rows } = await tx.query<{ pid: number }>('select pg_backend_pid() as pid');
    await service.asAdmin('select pg_terminate_backend($1)', [rows[0]!.pid]);
    await tx.query('select 1');
  });
  await expect(killed).rejects.toThrow();
  for (let round = 0; round < 6; round++) await service.runner.run(requestContext(), async (tx) => tx.query('select 1'));
});

test('a service without a jobs schema refuses jobs', async () => {
  const runner = new TransactionRunner({ pool: service.pool, source: 'test', clock: service.clock });
  await expect(runner.run(requestContext(), async (tx) => tx.addJob('step', {}))).rejects.toThrow(/no jobs schema/);
});
