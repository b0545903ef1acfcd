import { eventSource, newId } from '@millrace/contracts';
import { SetAsideError } from '../src/consumer.js';
import type { LogRecord, StoredRecord } from '../src/event-log.js';
import { listRefused, markRefusedSeen } from '../src/refused-events.js';
import { Replay } from '../src/replay.js';
import { readAll } from './log-bench.js';
import { STEP_TOPIC, StepTaken } from './step-events.js';
import { StepService } from './step-service.js';

// Goal (SEC-11): whoever can write to a topic cannot make a consumer believe that another service spoke, nor stop a loan by trying.
let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(() => service.settle());
afterAll(() => service.close());

const taken = (applicationId: string, number: number): StepTaken => new StepTaken({ applicationId, number });
const withHeaders = (change: Readonly<Record<string, string>>) => (record: LogRecord) => ({ ...record, headers: { ...record.headers, ...change } });
const refusedOf = async (key: string): Promise<{ reasonCode: string; reason: string }[]> =>
  (await listRefused(service.pool, 'test-messaging', { all: true, limit: 1_000 })).filter((event) => event.key === key);
const lastRecords = async (count: number): Promise<StoredRecord[]> => (await readAll(service.log, STEP_TOPIC)).slice(-count);

test.each([
  ['the source of another service', { ce_source: eventSource('https://millrace.localhost', 'scoring') }, 'SOURCE_NOT_OWNER'],
  ['the former name of another service as source', { ce_source: 'scoring' }, 'SOURCE_NOT_OWNER'],
  ['a source that is no service', { ce_source: 'https://millrace.localhost/services/test-messaging/x' }, 'SOURCE_NOT_OWNER'],
  ['no source', { ce_source: '' }, 'SOURCE_NOT_OWNER'],
  ['a subject that is another', { ce_subject: newId() }, 'KEY_NOT_OF_EVENT'],
  ['a partition key that is another', { ce_partitionkey: newId() }, 'KEY_NOT_OF_EVENT'],
  ['a correlation with another application', { ce_correlationid: newId() }, 'KEY_NOT_OF_EVENT'],
])('SEC-11: an event with %s is recorded, told and passed over; its key goes on', async (_what, change, code) => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1)]);
  await service.append([taken(applicationId, 2)], withHeaders(change));
  await service.append([taken(applicationId, 3)]);
  await service.startConsumer();
  await service.caughtUp();
  expect(await service.steps(applicationId)).toEqual([1, 3]);
  expect(await refusedOf(applicationId)).toMatchObject([{ reasonCode: code, topic: STEP_TOPIC, type: 'test.messaging.step-taken.v1' }]);
  expect(await service.parkedEvents().list({ key: applicationId })).toEqual([]);
  expect(service.errors).toEqual([expect.any(SetAsideError)]);
  expect(service.errors[0]!.message).toContain(`refused (${code}) and passed over`);
});

test('SEC-11: an event under a key that is not its own is refused, whichever of the two loans it would have acted on', async () => {
  const [own, foreign] = [newId(), newId()];
  await service.append([taken(own, 1)], (record) => ({ ...record, key: foreign }));
  await service.append([taken(foreign, 2)]);
  await service.startConsumer();
  await service.caughtUp();
  expect([await service.steps(own), await service.steps(foreign)]).toEqual([[], [2]]);
  expect(await refusedOf(foreign)).toMatchObject([{ reasonCode: 'KEY_NOT_OF_EVENT', reason: expect.stringContaining(own) }]);
});

test('SEC-11: a type of another topic is refused, though its payload could be read', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1)], withHeaders({ ce_type: 'dev.millrace.lending.disbursement.loan-disbursed.v1' }));
  await service.append([taken(applicationId, 2)]);
  await service.startConsumer();
  await service.caughtUp();
  expect(await refusedOf(applicationId)).toMatchObject([{ reasonCode: 'TYPE_NOT_OF_TOPIC' }]);
  expect(await service.steps(applicationId)).toEqual([2]);
});

test('SEC-11: a forged event with the id of a true one does not keep the true one out', async () => {
  const applicationId = newId();
  const id = newId();
  await service.append([taken(applicationId, 666)], withHeaders({ ce_id: id, ce_source: 'disbursement' }));
  await service.append([taken(applicationId, 1)], withHeaders({ ce_id: id }));
  await service.startConsumer();
  await service.caughtUp();
  expect(await service.steps(applicationId)).toEqual([1]);
});

test('SEC-11: a forged payload that nobody can read parks nothing, and what is parked already is not joined by a forgery', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1)], (record) => ({ ...withHeaders({ ce_source: 'scoring' })(record), value: Buffer.from('garbage') }));
  await service.append([taken(applicationId, 2)], (record) => ({ ...record, value: Buffer.from('garbage') }));
  await service.append([taken(applicationId, 3)], withHeaders({ ce_source: 'scoring' }));
  await service.startConsumer();
  await service.caughtUp();
  expect(await service.parkedEvents().list({ key: applicationId })).toHaveLength(1);
  expect(await refusedOf(applicationId)).toHaveLength(2);
});

test('SEC-11: read again, a refused event is on record once; a replay refuses it too', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1)], withHeaders({ ce_source: 'scoring' }));
  const records = await lastRecords(1);
  await service.consumer().handleBatch({ records });
  await service.consumer().handleBatch({ records });
  expect(await refusedOf(applicationId)).toHaveLength(1);
  await service.pool.query('delete from inbox');
  const { runner, subscriptions, handler } = service;
  const replay = new Replay({ name: 'test-messaging', runner, subscriptions, resolve: () => handler as never });
  const { outcomes } = await replay.give((await replay.sort(records)).fresh);
  expect(outcomes).toEqual([{ kind: 'refused', reason: expect.stringContaining('SOURCE_NOT_OWNER') }]);
  expect(await refusedOf(applicationId)).toHaveLength(1);
  expect(service.handler.handled).toEqual([]);
});

test('SEC-11: a refused event is looked at once, by somebody with a name', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1)], withHeaders({ ce_source: 'scoring' }));
  await service.consumer().handleBatch({ records: await lastRecords(1) });
  const [event] = (await listRefused(service.pool, 'test-messaging', { limit: 1_000 })).filter(({ key }) => key === applicationId);
  expect(await markRefusedSeen(service.pool, 'test-messaging', [event!.id], 'olga')).toBe(1);
  expect(await markRefusedSeen(service.pool, 'test-messaging', [event!.id], 'anna')).toBe(0);
  const [seen] = await refusedOf(applicationId);
  expect(seen).toMatchObject({ seenBy: 'olga' });
  expect((await listRefused(service.pool, 'test-messaging', { limit: 1_000 })).map(({ key }) => key)).not.toContain(applicationId);
});

test('T34: the line of a parked event says that it is parked and how it is tried again', async () => {
  const applicationId = newId();
  service.handler.before = () => {
    throw new Error('broken');
  };
  await service.append([taken(applicationId, 1)]);
  await service.consumer().handleBatch({ records: await lastRecords(1) });
  const last = service.errors.at(-1)!;
  expect(last).toBeInstanceOf(SetAsideError);
  expect(last.message).toContain(
    `parked after 3 tries (not tried again by itself; once the reason is gone: lendctl parked retry --consumer test-messaging --key ${applicationId})`,
  );
  expect(service.errors.slice(0, -1).every((error) => !(error instanceof SetAsideError))).toBe(true);
});
