import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog, StoredRecord } from '../src/event-log.js';
import type { EventLogHarness } from './event-log.contract.js';
import { eventually, LogBench, readAll, record, sequence, TEST_TIMEOUT_MS, uniqueName, valuesOf } from './log-bench.js';

/** Reading outside any group, as a replay does. */
export function describeReading(harness: () => EventLogHarness): void {
  describe('reading from an offset and from a time', () => {
    let bench: LogBench;
    let log: EventLog;

    beforeEach(async () => {
      bench = new LogBench(harness());
      log = await bench.connect();
    }, TEST_TIMEOUT_MS);
    afterEach(() => bench.close(), TEST_TIMEOUT_MS);

    test(
      'a partition is read in order from an offset on, that one included, in as many batches as it takes',
      async () => {
        const topic = await bench.topic(log);
        await log.append(sequence(topic, 'k', 25));
        const everything = await readAll(log, topic, 0, 0n, 4);
        expect(valuesOf(everything)).toEqual(valuesOf25());
        expect(everything.every(({ offset }, at) => at === 0 || offset > everything[at - 1]!.offset)).toBe(true);
        expect(valuesOf(await readAll(log, topic, 0, everything[20]!.offset, 3))).toEqual(valuesOf25().slice(20));
        const end = (await log.offsets(topic))[0]!.next;
        expect(await readAll(log, topic, 0, end)).toEqual([]);
        expect(await readAll(log, topic, 0, end + 1_000n)).toEqual([]);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a read ends at the records that were there when it began, so a replay of a busy log comes to an end',
      async () => {
        const topic = await bench.topic(log);
        await log.append(sequence(topic, 'k', 6));
        const seen: StoredRecord[] = [];
        for await (const stored of log.read({ topic, partition: 0, offset: 0n }, { batchRecords: 2 })) {
          seen.push(stored);
          await log.append([record(topic, 'k', 'appended while reading')]);
        }
        expect(valuesOf(seen)).toEqual(valuesOf25().slice(0, 6));
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a reader that stops early harms nobody',
      async () => {
        const topic = await bench.topic(log);
        await log.append(sequence(topic, 'k', 10));
        for (let round = 0; round < 20; round++) {
          for await (const stored of log.read({ topic, partition: 0, offset: 0n }, { batchRecords: 2 })) {
            expect(stored.value.toString()).toBe('k#0');
            break;
          }
        }
        expect(await readAll(log, topic)).toHaveLength(10);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a time leads to the first record appended at or after it',
      async () => {
        const topic = await bench.topic(log);
        for (let call = 0; call < 5; call++) {
          await log.append(sequence(topic, 'k', 2, call * 2));
          await delay(40);
        }
        const stored = await readAll(log, topic);
        const times = stored.map(({ appendedAt }) => appendedAt.getTime());
        expect(times).toEqual([...times].sort((a, b) => a - b));
        const halfWay = new Date((times[3]! + times[4]!) / 2);
        expect(await log.offsetAtTime(topic, 0, halfWay)).toBe(stored[4]!.offset);
        expect(await log.offsetAtTime(topic, 0, new Date(0))).toBe(stored[0]!.offset);
        expect(await log.offsetAtTime(topic, 0, new Date(Date.now() + 3_600_000))).toBe((await log.offsets(topic))[0]!.next);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'in an empty partition every time leads to the next offset',
      async () => {
        const topic = await bench.topic(log);
        const { earliest, next } = (await log.offsets(topic))[0]!;
        expect(next).toBe(earliest);
        expect(await log.offsetAtTime(topic, 0, new Date(0))).toBe(next);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'offsets tell the first, the next, and what a group has committed, if anything',
      async () => {
        const topic = await bench.topic(log, 2);
        const group = uniqueName('group');
        const places = await log.append(sequence(topic, 'k', 12));
        const { partition, offset: last } = places.at(-1)!;
        const untouched = await log.offsets(topic, group);
        expect(untouched.map(({ committed }) => committed)).toEqual([undefined, undefined]);
        expect(untouched[partition]!.next).toBeGreaterThan(last);
        expect(untouched[partition]!.earliest).toBe(places[0]!.offset);

        const member = await bench.join(log, { group, topics: [topic] });
        await eventually(() => member.values().length === 12, 'delivery of every record');
        await member.subscription.stop();
        const { committed, next } = (await log.offsets(topic, group))[partition]!;
        expect(committed).toBeGreaterThan(last);
        expect(committed).toBeLessThanOrEqual(next);
        expect((await log.offsets(topic, uniqueName('other group')))[partition]!.committed).toBeUndefined();
      },
      TEST_TIMEOUT_MS,
    );
  });
}

function valuesOf25(): string[] {
  return Array.from({ length: 25 }, (_, index) => `k#${index}`);
}
