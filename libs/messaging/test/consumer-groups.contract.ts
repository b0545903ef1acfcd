import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog } from '../src/event-log.js';
import { partitionOf } from '../src/partitioner.js';
import type { EventLogHarness } from './event-log.contract.js';
import { eventually, firstSeen, LogBench, numbersOf, record, sequence, TEST_TIMEOUT_MS, uniqueName } from './log-bench.js';

/** One member of a group: batches, failures, back-pressure, stopping. */
export function describeConsumerGroups(harness: () => EventLogHarness): void {
  describe('one member of a consumer group', () => {
    let bench: LogBench;
    let log: EventLog;

    beforeEach(async () => {
      bench = new LogBench(harness());
      log = await bench.connect();
    }, TEST_TIMEOUT_MS);
    afterEach(() => bench.close(), TEST_TIMEOUT_MS);

    test(
      'every record is handed over once, in the order of its partition, in batches that are never too large',
      async () => {
        const topics = [await bench.topic(log, 3), await bench.topic(log, 1)];
        const keys = ['a', 'b', 'c', 'd', 'e'];
        await log.append(topics.flatMap((topic) => keys.flatMap((key) => sequence(topic, `${key}${topics.indexOf(topic)}`, 20))));
        const member = await bench.join(log, { group: uniqueName('group'), topics, maxBatchRecords: 7 });
        await log.append(topics.flatMap((topic) => keys.flatMap((key) => sequence(topic, `${key}${topics.indexOf(topic)}`, 20, 20))));
        await eventually(() => member.values().length >= 400, 'delivery of every record');
        for (const { records } of member.batches) {
          expect(records.length).toBeGreaterThan(0);
          expect(records.length).toBeLessThanOrEqual(7);
        }
        for (const key of keys.flatMap((key) => [`${key}0`, `${key}1`])) {
          expect(numbersOf(member.values(), key)).toEqual(Array.from({ length: 40 }, (_, index) => index));
        }
        expect(member.errors).toEqual([]);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a new group begins at the first record or at the next one, as it says; a known group goes on where it was',
      async () => {
        const topic = await bench.topic(log, 2);
        const group = uniqueName('group');
        await log.append(['a', 'b', 'c'].flatMap((key) => sequence(topic, key, 2)));
        const latest = await bench.join(log, { group, topics: [topic], startAt: 'latest' });
        const earliest = await bench.join(log, { group: uniqueName('group'), topics: [topic], startAt: 'earliest' });
        await log.append(['a', 'b', 'c'].flatMap((key) => sequence(topic, key, 2, 2)));
        await eventually(() => earliest.values().length === 12 && latest.values().length === 6, 'delivery to both groups');
        expect([...latest.values()].sort()).toEqual(['a#2', 'a#3', 'b#2', 'b#3', 'c#2', 'c#3']);
        await latest.subscription.stop();

        await log.append([record(topic, 'a', 'a#4'), record(topic, 'b', 'b#4')]);
        const again = await bench.join(log, { group, topics: [topic], startAt: 'latest' });
        await eventually(() => again.values().length === 2, 'what came while nobody of the group was there');
        expect([...again.values()].sort()).toEqual(['a#4', 'b#4']);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a batch that fails comes again after the delay, its offset is not committed, and other partitions go on',
      async () => {
        const topic = await bench.topic(log, 2);
        const group = uniqueName('group');
        const [bad, good] = [keyOf(0, 2), keyOf(1, 2)];
        await log.append([...sequence(topic, bad, 3), ...sequence(topic, good, 3)]);
        const tries: number[] = [];
        const member = await bench.join(log, { group, topics: [topic], retryDelayMs: 300 }, ({ records }) => {
          if (!records.some(({ partition }) => partition === 0)) return;
          tries.push(performance.now());
          if (tries.length < 3) throw new Error('handler failed on purpose');
        });
        await eventually(() => numbersOf(member.values(), good).length === 3 && tries.length >= 1, 'the healthy partition');
        expect((await log.offsets(topic, group))[0]!.committed ?? 0n).toBeLessThanOrEqual(0n);
        await eventually(() => tries.length >= 3, 'the third try');
        await member.subscription.stop();
        expect(firstSeen(member.values()).filter((value) => value.startsWith(bad))).toEqual([`${bad}#0`, `${bad}#1`, `${bad}#2`]);
        expect(tries[1]! - tries[0]!).toBeGreaterThan(250);
        expect(member.errors.map((error) => error.message)).toEqual(expect.arrayContaining(['handler failed on purpose']));
        expect((await log.offsets(topic, group))[0]!.committed).toBeGreaterThan(2n);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'back-pressure: no records of a partition come before its last ones are dealt with, and no more batches run than were asked for',
      async () => {
        const topic = await bench.topic(log, 6);
        const running = new Set<number>();
        let batches = 0;
        let most = 0;
        let handed = 0;
        let open: () => void = () => undefined;
        const gate = new Promise<void>((resolve) => (open = resolve));
        const limits = { maxBatchRecords: 5, concurrentBatches: 3 };
        const member = await bench.join(log, { group: uniqueName('group'), topics: [topic], ...limits }, async ({ records }) => {
          const partitions = new Set(records.map(({ partition }) => partition));
          expect([...partitions].filter((partition) => running.has(partition))).toEqual([]);
          partitions.forEach((partition) => running.add(partition));
          most = Math.max(most, ++batches);
          handed += records.length;
          expect(records.length).toBeLessThanOrEqual(limits.maxBatchRecords);
          await gate;
          await delay(2);
          batches--;
          partitions.forEach((partition) => running.delete(partition));
        });
        for (let partition = 0; partition < 6; partition++) await log.append(sequence(topic, keyOf(partition, 6), 40));
        await eventually(() => batches === 3, 'three batches at work');
        await delay(500);
        expect(handed).toBeLessThanOrEqual(limits.maxBatchRecords * limits.concurrentBatches);
        open();
        await eventually(() => member.values().length === 240, 'delivery of every record');
        expect(most).toBe(3);
        expect(firstSeen(member.values())).toHaveLength(240);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'what comes in for several partitions and topics while a batch runs is one batch, and batches that run at once have no partition number in common',
      async () => {
        const topics = [await bench.topic(log, 4), await bench.topic(log, 4)];
        const running: number[] = [];
        const shared: number[] = [];
        let open: () => void = () => undefined;
        const gate = new Promise<void>((resolve) => (open = resolve));
        const member = await bench.join(log, { group: uniqueName('group'), topics, maxBatchRecords: 100, concurrentBatches: 2 }, async ({ records }) => {
          const numbers = [...new Set(records.map(({ partition }) => partition))];
          shared.push(...numbers.filter((number) => running.includes(number)));
          running.push(...numbers);
          await gate;
          for (const number of numbers) running.splice(running.indexOf(number), 1);
        });
        const append = async (count: number): Promise<void> => {
          for (const topic of topics) {
            await log.append([0, 1, 2, 3].flatMap((partition) => sequence(topic, keyOf(partition, 4), count)));
          }
        };
        await append(1);
        await eventually(() => member.batches.length >= 2, 'a batch in each of the two lanes');
        await append(5);
        await delay(500);
        open();
        await eventually(() => member.values().length === 48, 'delivery of every record');
        expect(shared).toEqual([]);
        const places = member.batches.map(({ records }) => new Set(records.map(({ topic, partition }) => `${topic} ${partition}`)).size);
        expect(Math.max(...places)).toBeGreaterThan(1);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'stop waits for the batch that runs and commits it: the next member goes on behind it, without loss and without repetition',
      async () => {
        const topic = await bench.topic(log);
        const group = uniqueName('group');
        await log.append(sequence(topic, 'k', 30));
        let ended = 0;
        const first = await bench.join(log, { group, topics: [topic] }, async () => {
          await delay(300);
          ended++;
        });
        await eventually(() => first.batches.length === 2, 'a batch that runs');
        await Promise.all([first.subscription.stop(), first.subscription.stop()]);
        expect(ended).toBe(first.batches.length);
        const taken = first.values().length;
        expect(first.subscription.assignments()).toEqual([]);
        await delay(300);
        expect(first.values()).toHaveLength(taken);

        const second = await bench.join(await bench.connect(), { group, topics: [topic] });
        await eventually(() => first.values().length + second.values().length >= 30, 'the rest');
        expect([...first.values(), ...second.values()]).toEqual(sequence(topic, 'k', 30).map(({ value }) => value.toString()));
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'stop does not wait out the delay of a batch that failed; the batch belongs to the next member',
      async () => {
        const topic = await bench.topic(log);
        const group = uniqueName('group');
        await log.append(sequence(topic, 'k', 5));
        const failing = await bench.join(log, { group, topics: [topic], retryDelayMs: 3_600_000 }, () => {
          throw new Error('handler failed on purpose');
        });
        await eventually(() => failing.errors.length === 1, 'the failure');
        await failing.subscription.stop();
        const next = await bench.join(log, { group, topics: [topic] });
        await eventually(() => next.values().length === 5, 'delivery to the next member');
        expect(numbersOf(next.values(), 'k')).toEqual([0, 1, 2, 3, 4]);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'close ends the running batches first, and is safe twice',
      async () => {
        const topic = await bench.topic(log);
        const group = uniqueName('group');
        await log.append(sequence(topic, 'k', 3));
        const closing = await bench.connect();
        let ended = false;
        const member = await bench.join(closing, { group, topics: [topic] }, async () => {
          await delay(300);
          ended = true;
        });
        await eventually(() => member.batches.length === 1, 'a batch that runs');
        await Promise.all([closing.close(), closing.close()]);
        await closing.close();
        expect(ended).toBe(true);
        expect((await log.offsets(topic, group))[0]!.committed).toBeGreaterThan(2n);
      },
      TEST_TIMEOUT_MS,
    );
  });
}

/** A key of the partition. */
function keyOf(partition: number, partitions: number): string {
  for (let index = 0; ; index++) if (partitionOf(`key-${index}`, partitions) === partition) return `key-${index}`;
}
