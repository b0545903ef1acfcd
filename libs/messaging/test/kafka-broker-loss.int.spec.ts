import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, startLocalKafka, type LocalServer } from '@millrace/service';
import { canKillKafka } from '@millrace/testing';
import type { EventLog } from '../src/event-log.js';
import { eventually, firstSeen, LogBench, numbersOf, readAll, sequence, TEST_TIMEOUT_MS, uniqueName, valuesOf } from './log-bench.js';
import { openLog } from './open-kafka-log.js';

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];

(canKillKafka() ? describe : describe.skip)('Apache Kafka, killed', () => {
  let directory: string;
  let port: number;
  let broker: LocalServer;
  let bench: LogBench;
  let log: EventLog;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
    port = await freePort();
    broker = await startLocalKafka({ dataDirectory: directory, port });
  }, TEST_TIMEOUT_MS);
  afterAll(async () => {
    await broker?.stop();
    rmSync(directory, { recursive: true, force: true });
  }, TEST_TIMEOUT_MS);
  beforeEach(async () => {
    bench = new LogBench({ connect: () => openLog(broker.address), opener: { opener: '', address: '' }, close: async () => undefined });
    log = await bench.connect();
  }, TEST_TIMEOUT_MS);
  afterEach(() => bench.close(), TEST_TIMEOUT_MS);

  /** Ends the broker without warning and starts it again on what it has stored. */
  async function crash(awayMs: number): Promise<void> {
    await broker.kill();
    await delay(awayMs);
    broker = await startLocalKafka({ dataDirectory: directory, port });
  }

  /** Appends as the relay does: the same records again until they are taken. Answers how often it was refused. */
  async function appendAll(topic: string, rounds: number): Promise<number> {
    let refused = 0;
    for (let round = 0; round < rounds; round++) {
      const records = KEYS.flatMap((key) => sequence(topic, key, 5, round * 5));
      while (!(await log.append(records).catch(() => void refused++))) await delay(100);
      await delay(20);
    }
    return refused;
  }

  const everyNumber = (rounds: number): number[] => Array.from({ length: rounds * 5 }, (_, number) => number);

  test.each([
    ['for a moment', 500],
    ['for longer than any retry lasts', 15_000],
  ])(
    '%s, while records are appended and handled: none is lost, each key stays in order, and reading goes on by itself',
    async (_howLong, awayMs) => {
      const topic = await bench.topic(log, 3);
      const member = await bench.join(await bench.connect(), { group: uniqueName('group'), topics: [topic], retryDelayMs: 200 });
      const appending = appendAll(topic, 60);
      await eventually(() => member.values().length > 60, 'the first records');
      await crash(awayMs);
      const refused = await appending;
      await eventually(() => firstSeen(member.values()).length === KEYS.length * 300, 'every record');
      for (const key of KEYS) expect(numbersOf(firstSeen(member.values()), key)).toEqual(everyNumber(60));
      const stored = (await Promise.all([0, 1, 2].map((partition) => readAll(log, topic, partition)))).flatMap(valuesOf);
      for (const key of KEYS) expect(numbersOf(firstSeen(stored), key)).toEqual(everyNumber(60));
      // What was sent again by the client itself is there once; only a whole call that was refused, and repeated by us, may be there twice.
      if (refused === 0) expect(stored).toHaveLength(KEYS.length * 300);
      if (awayMs > 10_000) expect(member.errors.length).toBeGreaterThan(0);
    },
    TEST_TIMEOUT_MS,
  );
});
