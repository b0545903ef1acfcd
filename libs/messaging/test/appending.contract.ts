import { MAX_RECORD_BYTES, RecordTooLargeError, UnknownTopicError, type EventLog } from '../src/event-log.js';
import { partitionOf } from '../src/partitioner.js';
import type { EventLogHarness } from './event-log.contract.js';
import { LogBench, numbersOf, readAll, record, sequence, TEST_TIMEOUT_MS, uniqueName, valuesOf } from './log-bench.js';

const HEADERS = {
  ce_type: 'dev.millrace.lending.kyc-antifraud.passed.v1',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  'content-type': 'application/json',
  ce_actor: 'staff:王小明 — “Ünïcode” 😀',
  empty: '',
  long: 'x'.repeat(8_000),
  spaces: '  two before, tab\tand line\nbreak after\r\n ',
};

/** Topics and appends. */
export function describeAppending(harness: () => EventLogHarness): void {
  describe('topics and appends', () => {
    let bench: LogBench;
    let log: EventLog;

    beforeEach(async () => {
      bench = new LogBench(harness());
      log = await bench.connect();
    }, TEST_TIMEOUT_MS);
    afterEach(() => bench.close(), TEST_TIMEOUT_MS);

    test(
      'keys, headers and payloads come back to the byte',
      async () => {
        const topic = await bench.topic(log);
        const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
        const records = [
          { topic, key: '借款-019f', headers: HEADERS, value },
          { topic, key: 'k', headers: {}, value: Buffer.alloc(0) },
        ];
        await log.append(records);
        const stored = await readAll(await bench.connect(), topic);
        expect(stored.map(({ key, headers, value }) => ({ topic, key, headers: { ...headers }, value: Buffer.from(value) }))).toEqual(records);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'every writer puts a key into the partition that Apache Kafka would choose, and tells the place',
      async () => {
        const topic = await bench.topic(log, 7);
        const writers = [log, await bench.connect()];
        for (const [index, writer] of writers.entries()) {
          const keys = Array.from({ length: 30 }, (_, key) => `key-${key}`);
          const places = await writer.append(keys.map((key) => record(topic, key, `writer ${index}`)));
          expect(places.map(({ partition }) => partition)).toEqual(keys.map((key) => partitionOf(key, 7)));
          for (const [at, place] of places.entries()) {
            const stored = await readAll(log, topic, place.partition, place.offset);
            expect(stored[0]).toMatchObject({ topic, key: keys[at], partition: place.partition, offset: place.offset });
          }
        }
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'appends from several instances at once lose nothing and keep the order per writer and key',
      async () => {
        const topic = await bench.topic(log, 3);
        const writers = [log, await bench.connect(), await bench.connect()];
        await Promise.all(
          writers.map(async (writer, name) => {
            for (let call = 0; call < 10; call++) {
              await writer.append(['a', 'b', 'c', 'd'].flatMap((key) => sequence(topic, `${key}${name}`, 5, call * 5)));
            }
          }),
        );
        const values = (await Promise.all([0, 1, 2].map((partition) => readAll(log, topic, partition)))).flatMap(valuesOf);
        expect(values).toHaveLength(3 * 10 * 4 * 5);
        for (const name of writers.keys()) {
          for (const key of ['a', 'b', 'c', 'd']) expect(numbersOf(values, `${key}${name}`)).toEqual(Array.from({ length: 50 }, (_, index) => index));
        }
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a payload of exactly 1 MiB is taken; one byte more is refused by name, with nothing of the call appended',
      async () => {
        const topic = await bench.topic(log);
        const largest = { ...record(topic, 'k', ''), value: Buffer.alloc(MAX_RECORD_BYTES, 7) };
        await log.append([largest]);
        const tooLarge = { ...largest, value: Buffer.alloc(MAX_RECORD_BYTES + 1, 7) };
        const refused = log.append([record(topic, 'k', 'before'), tooLarge, record(topic, 'k', 'after')]);
        await expect(refused).rejects.toThrow(RecordTooLargeError);
        await expect(refused).rejects.toThrow(topic);
        const stored = await readAll(log, topic);
        expect(stored).toHaveLength(1);
        expect(stored[0]!.value.equals(largest.value)).toBe(true);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a topic that nobody made is refused by name in every call, and made by none of them',
      async () => {
        const known = await bench.topic(log);
        const topic = uniqueName('unknown');
        const calls: (() => Promise<unknown>)[] = [
          () => log.append([record(known, 'k', 'beside it'), record(topic, 'k', 'v')]),
          () => bench.join(log, { group: uniqueName('group'), topics: [known, topic] }),
          () => readAll(log, topic),
          () => log.offsetAtTime(topic, 0, new Date(0)),
          () => log.offsets(topic),
          () => log.offsets(topic, 'some group'),
        ];
        for (const call of calls) {
          const refused = call();
          await expect(refused).rejects.toThrow(UnknownTopicError);
          await expect(refused).rejects.toThrow(topic);
        }
        expect(await readAll(log, known)).toEqual([]);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a topic is seen by instances that were there before it, and making it again changes nothing',
      async () => {
        const earlier = await bench.connect();
        const topic = await bench.topic(log, 3);
        await earlier.append([record(topic, 'k', 'v')]);
        const before = await log.offsets(topic);
        for (const partitions of [3, 1, 6]) await earlier.createTopics([{ name: topic, partitions }]);
        expect(await log.offsets(topic)).toEqual(before);
        expect(before.map(({ partition }) => partition)).toEqual([0, 1, 2]);
      },
      TEST_TIMEOUT_MS,
    );

    test('appending nothing is no error', async () => {
      expect(await log.append([])).toEqual([]);
    });
  });
}
