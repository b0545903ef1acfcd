import { setTimeout as delay } from 'node:timers/promises';
import type { EventLog, Subscription } from '../src/event-log.js';
import type { EventLogHarness } from './event-log.contract.js';
import { eventually, firstSeen, LogBench, numbersOf, sequence, TEST_TIMEOUT_MS, uniqueName } from './log-bench.js';

const PARTITIONS = 4;
const KEYS = Array.from({ length: 12 }, (_, index) => `key-${index}`);

/** Several members of one group: joining, leaving, dying, being fenced. */
export function describeRebalancing(harness: () => EventLogHarness): void {
  describe('several members of a consumer group', () => {
    let bench: LogBench;
    let log: EventLog;
    let topic: string;
    let group: string;

    beforeEach(async () => {
      bench = new LogBench(harness());
      log = await bench.connect();
      topic = await bench.topic(log, PARTITIONS);
      group = uniqueName('group');
    }, TEST_TIMEOUT_MS);
    afterEach(() => bench.close(), TEST_TIMEOUT_MS);

    const appendRound = async (from: number, count: number): Promise<void> => {
      await log.append(KEYS.flatMap((key) => sequence(topic, key, count, from)));
    };
    const total = (count: number): string[] => KEYS.flatMap((key) => Array.from({ length: count }, (_, index) => `${key}#${index}`)).sort();

    test(
      'members share the partitions, whoever joins or leaves: each partition has one owner, each member its share',
      async () => {
        const members = [await bench.join(log, { group, topics: [topic] })];
        await eventually(() => isShared(members, [4]), 'everything with the only member');
        members.push(await bench.join(await bench.connect(), { group, topics: [topic] }));
        await eventually(() => isShared(members, [2, 2]), 'two each');
        members.push(await bench.join(await bench.connect(), { group, topics: [topic] }));
        await eventually(() => isShared(members, [1, 1, 2]), 'one or two each');
        await members.shift()!.subscription.stop();
        await eventually(() => isShared(members, [2, 2]), 'two each of those who stay');
        await members.shift()!.subscription.stop();
        await eventually(() => isShared(members, [4]), 'everything with the last one');
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'while members come and go under load nothing is lost, and each key stays in order',
      async () => {
        const seen: string[] = [];
        const handle = async ({ records }: { records: readonly { value: Buffer }[] }): Promise<void> => {
          await delay(3);
          seen.push(...records.map(({ value }) => value.toString()));
        };
        const first = await bench.join(log, { group, topics: [topic] }, handle);
        const others: Subscription[] = [];
        for (let round = 0; round < 12; round++) {
          await appendRound(round * 5, 5);
          if (round % 4 === 1) others.push((await bench.join(await bench.connect(), { group, topics: [topic] }, handle)).subscription);
          if (round % 4 === 3) await others.shift()!.stop();
          await delay(50);
        }
        await first.subscription.stop();
        const last = await bench.join(await bench.connect(), { group, topics: [topic] }, handle);
        await eventually(() => firstSeen(seen).length === KEYS.length * 60, 'delivery of every record');
        await last.subscription.stop();
        for (const key of KEYS) expect(numbersOf(firstSeen(seen), key)).toEqual(Array.from({ length: 60 }, (_, index) => index));
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'groups are apart: each one gets everything',
      async () => {
        const members = await Promise.all(
          [group, uniqueName('group')].map(async (name) => bench.join(await bench.connect(), { group: name, topics: [topic] })),
        );
        await appendRound(0, 3);
        await eventually(() => members.every((member) => member.values().length === KEYS.length * 3), 'delivery to both groups');
        for (const member of members) expect(member.values().sort()).toEqual(total(3));
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a process that is killed in the middle of a batch loses nothing: the others get its records, in order',
      async () => {
        await appendRound(0, 5);
        const doomed = await bench.spawnHolding({ group, topics: [topic] });
        await eventually(() => doomed.seen.length > 0, 'a batch of the member that will die');
        const heir = await bench.join(log, { group, topics: [topic] });
        await doomed.kill();
        await appendRound(5, 5);
        await eventually(() => firstSeen(heir.values()).length === KEYS.length * 10, 'delivery of every record');
        expect(firstSeen(heir.values()).sort()).toEqual(total(10));
        for (const key of KEYS) expect(numbersOf(firstSeen(heir.values()), key)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
      },
      TEST_TIMEOUT_MS,
    );

    test(
      'a member that was away for longer than its session is fenced: its commit moves no offset, and it can go on as a member',
      async () => {
        await appendRound(0, 5);
        const frozen = await bench.spawnHolding({ group, topics: [topic] });
        await eventually(() => frozen.seen.length > 0, 'a batch of the member that will freeze');
        frozen.freeze();
        const heir = await bench.join(log, { group, topics: [topic] });
        await eventually(() => firstSeen(heir.values()).length === KEYS.length * 5, 'delivery of every record to the other member');
        await heir.subscription.stop();
        const committed = await log.offsets(topic, group);
        expect(committed.every((partition) => partition.committed !== undefined && partition.committed > partition.earliest)).toBe(true);

        frozen.thaw();
        frozen.release();
        await eventually(() => frozen.errors.some(({ name }) => name === 'FencedError'), 'the refusal of the late commit');
        expect(await log.offsets(topic, group)).toEqual(committed);
        const repeated = frozen.seen.length;
        await appendRound(5, 1);
        await eventually(() => frozen.seen.length >= repeated + KEYS.length, 'delivery to the member that is back');
        expect(firstSeen(frozen.seen.slice(repeated)).sort()).toEqual(KEYS.map((key) => `${key}#5`).sort());
      },
      TEST_TIMEOUT_MS,
    );
  });
}

/** True where the members hold every partition once, in shares of these sizes. */
function isShared(members: readonly { subscription: Subscription }[], sizes: readonly number[]): boolean {
  const held = members.map(({ subscription }) => subscription.assignments());
  const partitions = new Set(held.flat().map(({ partition }) => partition));
  const shares = held.map(({ length }) => length).sort((a, b) => a - b);
  return partitions.size === PARTITIONS && shares.join() === [...sizes].sort((a, b) => a - b).join();
}
