import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '@millrace/contracts';
import { until } from '@millrace/testing';
import pg from 'pg';
import type { LogRecord } from '../src/event-log.js';
import { readAll } from './log-bench.js';
import type { ParkedEvent } from '../src/parked-events.js';
import { STEP_TOPIC, StepTaken } from './step-events.js';
import { StepService } from './step-service.js';

let service: StepService;
beforeAll(async () => {
  service = await StepService.open();
});
afterEach(async () => {
  await service.settle();
  await service.asAdmin('delete from test_messaging.parked_event');
});
afterAll(() => service.close());

const taken = (applicationId: string, number: number): StepTaken => new StepTaken({ applicationId, number });
const parked = (key: string, status?: ParkedEvent['status']): Promise<ParkedEvent[]> => service.parkedEvents().list({ key, ...(status && { status }) });
const numbers = (events: readonly ParkedEvent[]): number[] => events.map(({ value }) => (JSON.parse(value.toString()) as StepTaken).number);
const failFor = (poisoned: string, ...failing: number[]): void => {
  service.handler.before = ({ payload }) => {
    if (payload.applicationId === poisoned && failing.includes(payload.number)) throw new Error(`step ${payload.number} cannot be taken`);
  };
};

/** Two events of each key as a bad deployment leaves them: the first parked by itself, the other behind it. */
async function parkAll(keys: readonly string[]): Promise<void> {
  await service.append(keys.flatMap((key) => [taken(key, 1), taken(key, 2)]));
  await service.asAdmin(
    `insert into test_messaging.parked_event (consumer, event_id, key, type, topic, partition, "offset", headers, value, reason, stack_hash, attempts)
     select 'test-messaging', (headers ->> 'ce_id')::uuid, key, headers ->> 'ce_type', topic, partition, "offset", headers, value, 'a bad deployment',
       case when row_number() over (partition by key order by "offset") = 1 then '0123456789abcdef' end, 1
     from event_log.record where key = any($1) order by "offset"`,
    [keys],
  );
}

/** Delivers events of a poisoned key and of a healthy one, and waits for the end of the log. */
async function deliverPoison(): Promise<{ poisoned: string; healthy: string; records: LogRecord[] }> {
  const [poisoned, healthy] = [newId(), newId()];
  failFor(poisoned, 2, 4);
  const records = await service.append([1, 2, 3, 4].flatMap((number) => [taken(poisoned, number), taken(healthy, number)]));
  await service.startConsumer();
  await service.caughtUp();
  return { poisoned, healthy, records };
}

describe('parking', () => {
  test('an event that fails all its tries is parked with reason, hash, attempts and place, and marked seen; other keys of the partition go on', async () => {
    const { poisoned, healthy, records } = await deliverPoison();
    expect(await service.steps(healthy)).toEqual([1, 2, 3, 4]);
    expect(await service.steps(poisoned)).toEqual([1]);
    const [first] = await parked(poisoned);
    const place = (await service.log.offsets(STEP_TOPIC))[0]!.next - 6n;
    expect(first).toMatchObject({
      eventId: records[2]!.headers['ce_id'],
      key: poisoned,
      type: 'test.messaging.step-taken.v1',
      topic: STEP_TOPIC,
      partition: 0,
      offset: place,
      headers: records[2]!.headers,
      reason: 'Error: step 2 cannot be taken',
      stackHash: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      attempts: 3,
      status: 'parked',
      changedBy: null,
    });
    expect(first!.value.equals(records[2]!.value)).toBe(true);
    expect(service.handler.handled.filter(({ payload }) => payload.applicationId === poisoned && payload.number === 2)).toHaveLength(3);
    expect(await service.count(`inbox where event_id = '${first!.eventId}'`)).toBe(1);
    expect(service.errors.map(({ message }) => message)).toEqual(expect.arrayContaining([expect.stringContaining('parked after 3 tries')]));
  });

  test('M-EV-04: later events of its key are parked behind it in order, untried; also those that come later, and a duplicate changes nothing', async () => {
    const { poisoned, records } = await deliverPoison();
    await service.append([taken(poisoned, 5)]);
    await service.log.append(records);
    await service.caughtUp();
    const events = await parked(poisoned);
    expect(numbers(events)).toEqual([2, 3, 4, 5]);
    expect(events.slice(1).map(({ attempts, stackHash, reason }) => ({ attempts, stackHash, reason }))).toEqual(
      Array.from({ length: 3 }, () => ({ attempts: 0, stackHash: null, reason: 'waits behind a parked event of its key' })),
    );
    expect(await service.steps(poisoned)).toEqual([1]);
  });

  test('what is parked and what marks it seen commit together', async () => {
    const applicationId = newId();
    failFor(applicationId, 1);
    await service.append([taken(applicationId, 1)]);
    await service.startConsumer();
    await service.caughtUp();
    const { rows } = await service.pool.query<{ together: boolean }>(
      'select p.xmin = i.xmin as together from parked_event p join inbox i using (consumer, event_id) where p.key = $1',
      [applicationId],
    );
    expect(rows).toEqual([{ together: true }]);
  });

  test.each<[string, (record: LogRecord) => LogRecord, RegExp]>([
    ['a payload that is no JSON', (record) => ({ ...record, value: Buffer.from('{"applicationId"') }), /not JSON/],
    ['a payload that is no object', (record) => ({ ...record, value: Buffer.from('[]') }), /not an object/],
    ['a payload that breaks its contract', (record) => ({ ...record, value: Buffer.from(`{"applicationId":"${record.key}","number":"1"}`) }), /number must/],
    ['a payload that is no UTF-8', (record) => ({ ...record, value: Buffer.from([0xff, 0xfe, 0x00]) }), /not JSON/],
    ['no type', ({ headers: { ce_type: _, ...headers }, ...record }) => ({ ...record, headers }), /ce_type is missing/],
    ['no id', ({ headers: { ce_id: _, ...headers }, ...record }) => ({ ...record, headers }), /ce_id is missing/],
    ['an id that is no UUID', (record) => ({ ...record, headers: { ...record.headers, ce_id: '7' } }), /"7" is not a UUID/],
    ['an actor of no known kind', (record) => ({ ...record, headers: { ...record.headers, ce_actor: 'robot:7' } }), /ce_actor/],
    ['another CloudEvents version', (record) => ({ ...record, headers: { ...record.headers, ce_specversion: '0.3' } }), /0\.3 is not 1\.0/],
  ])('a record with %s is parked at once, the next of its key behind it, a repetition is known, other keys go on', async (_, spoil, reason) => {
    const [poisoned, healthy] = [newId(), newId()];
    await service.append([taken(poisoned, 1)], spoil);
    await service.append([taken(poisoned, 2), taken(healthy, 1)]);
    await service.startConsumer();
    await service.caughtUp();
    expect(await service.steps(healthy)).toEqual([1]);
    expect(await service.steps(poisoned)).toEqual([]);
    const events = await parked(poisoned);
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ reason: expect.stringMatching(reason) as string, attempts: 1 });
    expect(events[1]).toMatchObject({ attempts: 0 });
  });
});

test('a record that PostgreSQL could not keep as it is, with NUL in key and headers, blocks nobody: what cannot be read is parked with a mark', async () => {
  const applicationId = newId();
  await service.append([taken(applicationId, 1), taken(applicationId, 2)]);
  const records = (await readAll(service.log, STEP_TOPIC)).slice(-2);
  const odd = { ...records[0]!, key: 'a\u0000b', headers: { ...records[0]!.headers, ce_actor: 'staff\u0000', more: '\u0000' } };
  await service.consumer().handleBatch({ records: [odd, records[1]!] });
  expect(await service.steps(applicationId)).toEqual([2]);
  expect(await parked('a\uFFFDb')).toMatchObject([{ headers: { more: '\uFFFD' }, attempts: 1, reason: expect.stringContaining('ce_actor') as string }]);
});

describe('a person drains a key', () => {
  test('list and show tell what waits; another consumer of the schema sees nothing of it', async () => {
    const { poisoned } = await deliverPoison();
    const events = service.parkedEvents();
    const [first] = await events.list({ limit: 1 });
    expect(await events.show(first!.id)).toEqual(first);
    expect(await events.show(-1n)).toBeUndefined();
    expect(numbers(await parked(poisoned))).toEqual([2, 3, 4]);
    await service.pool.query(`update parked_event set consumer = 'other' where key = $1`, [poisoned]);
    expect(await events.list()).toEqual([]);
    expect(await events.show(first!.id)).toBeUndefined();
    expect(await events.discard(first!.id, 'olga')).toBe(false);
  });

  test('retry goes in order and stops at the first that fails, with its new reason; then on from there; it says who did it', async () => {
    const { poisoned } = await deliverPoison();
    failFor(poisoned, 4);
    const [, , fourth] = await parked(poisoned);
    expect(await service.parkedEvents().retry(poisoned, 'olga')).toEqual({ retried: 2, failed: { id: fourth!.id, reason: 'Error: step 4 cannot be taken' } });
    expect(await service.steps(poisoned)).toEqual([1, 2, 3]);
    expect(await parked(poisoned)).toMatchObject([{ id: fourth!.id, attempts: 1, reason: 'Error: step 4 cannot be taken', changedBy: 'olga' }]);
    expect(await parked(poisoned, 'retried')).toMatchObject([
      { changedBy: 'olga', attempts: 4 },
      { changedBy: 'olga', attempts: 1 },
    ]);

    failFor(poisoned);
    expect(await service.parkedEvents().retry(poisoned, 'carla')).toEqual({ retried: 1 });
    expect(await service.steps(poisoned)).toEqual([1, 2, 3, 4]);
    await service.append([taken(poisoned, 5)]);
    await service.caughtUp();
    expect(await service.steps(poisoned)).toEqual([1, 2, 3, 4, 5]);
    expect(await service.parkedEvents().retry(poisoned, 'carla')).toEqual({ retried: 0 });
  });

  test('a discarded event is skipped, kept with the name of who did it, and never comes back', async () => {
    const { poisoned, records } = await deliverPoison();
    const [second] = await parked(poisoned);
    const events = service.parkedEvents();
    expect(await events.discard(second!.id, 'olga')).toBe(true);
    expect(await events.discard(second!.id, 'carla')).toBe(false);
    expect(await parked(poisoned, 'discarded')).toMatchObject([{ id: second!.id, changedBy: 'olga' }]);
    failFor(poisoned);
    expect(await events.retry(poisoned, 'olga')).toEqual({ retried: 2 });
    await service.log.append(records);
    await service.caughtUp();
    expect(await service.steps(poisoned)).toEqual([1, 3, 4]);
  });

  test('two people who retry a key at once, while new events of it arrive, handle each event once and in order', async () => {
    const { poisoned } = await deliverPoison();
    failFor(poisoned);
    const events = service.parkedEvents();
    const arriving = (async () => {
      for (let number = 5; number < 25; number++) await service.append([taken(poisoned, number)]);
    })();
    await Promise.all([events.retry(poisoned, 'olga'), events.retry(poisoned, 'carla'), arriving]);
    await until(async () => {
      await events.retry(poisoned, 'olga');
      return (await service.steps(poisoned)).length === 24;
    }, 'every step');
    expect(await service.steps(poisoned)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(service.errors.filter(({ message }) => !message.includes('cannot be taken'))).toEqual([]);
  });

  test('a retry waits for a batch that has seen the key parked, so that it leaves nothing behind', async () => {
    const [poisoned, healthy] = [newId(), newId()];
    failFor(poisoned, 1);
    await service.append([taken(poisoned, 1)]);
    const consumer = await service.startConsumer();
    await service.caughtUp();
    await consumer.stop();
    await service.append([taken(healthy, 1), taken(poisoned, 2)]);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    service.handler.before = ({ payload }) => (payload.applicationId === healthy ? gate : undefined);
    const records = (await readAll(service.log, STEP_TOPIC)).slice(-2);
    const batch = service.consumer().handleBatch({ records });
    await until(async () => service.handler.handled.some(({ key }) => key === healthy), 'the batch that has seen the key parked');
    const retry = service.parkedEvents().retry(poisoned, 'olga');
    await delay(200);
    open();
    expect(await Promise.all([retry, batch])).toEqual([{ retried: 2 }, undefined]);
    expect(await service.steps(poisoned)).toEqual([1, 2]);
  });

  test('events without a key wait for nobody, and are retried one by one', async () => {
    const applicationId = newId();
    failFor(applicationId, 1);
    await service.append([taken(applicationId, 1), taken(applicationId, 2)], (record) => ({ ...record, key: '' }));
    await service.startConsumer();
    await service.caughtUp();
    expect(await service.steps(applicationId)).toEqual([2]);
    failFor(applicationId);
    const [only] = await parked('');
    await expect(service.parkedEvents().retry('', 'olga')).rejects.toThrow(/one by one/);
    expect(await service.parkedEvents().retryOne(only!.id, 'olga')).toEqual({ retried: 1 });
    expect(await service.parkedEvents().retryOne(only!.id, 'olga')).toEqual({ retried: 0 });
    expect(await service.steps(applicationId)).toEqual([2, 1]);
  });

  test('D3, T33: 1,000 parked keys are drained with few statements beside those of their handlers, in order, and a second run finds nothing', async () => {
    const KEYS = 1_000;
    const keys = Array.from({ length: KEYS }, () => newId());
    await parkAll(keys);
    let statements = 0;
    const query = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...args: unknown[]) => never;
    pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): never {
      statements++;
      return query.apply(this, args);
    } as never;
    const told: number[] = [];
    const retry = service.parkedEvents().retryAll({ by: 'olga', onProgress: (events) => told.push(events) });
    const result = await retry.finally(() => (pg.Client.prototype.query = query as never));
    expect(result).toEqual({ keys: KEYS, retried: 2 * KEYS, stopped: [], givenUp: false });
    // Each event's handler writes one row; the rest is a few statements a batch of a hundred keys.
    expect(statements).toBeLessThan(2 * KEYS + 150);
    expect(told.reduce((sum, events) => sum + events, 0)).toBe(2 * KEYS);
    for (const key of [keys[0]!, keys.at(-1)!]) expect(await service.steps(key)).toEqual([1, 2]);
    expect(await service.parkedEvents().retryAll({ by: 'olga' })).toMatchObject({ keys: 0, retried: 0 });
  }, 120_000);

  test('D3: one key that fails again stops no other, keeps its order, and is named; a filter by place takes only its own', async () => {
    const [bad, ...good] = Array.from({ length: 5 }, () => newId());
    await parkAll([bad!, ...good]);
    failFor(bad!, 1);
    expect(await service.parkedEvents().retryAll({ by: 'olga', failedAt: 'fedcba9876543210' })).toMatchObject({ keys: 0 });
    const result = await service.parkedEvents().retryAll({ by: 'olga', batchKeys: 3 });
    expect(result).toMatchObject({ keys: 5, retried: 8, givenUp: false, stopped: [{ key: bad }] });
    for (const key of good) expect(await service.steps(key)).toEqual([1, 2]);
    expect((await parked(bad!)).map(({ changedBy }) => changedBy)).toEqual(['olga', null]);
  });
});
