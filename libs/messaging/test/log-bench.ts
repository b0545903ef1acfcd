import { randomBytes } from 'node:crypto';
import { until } from '@millrace/testing';
import type { EventLog, LogRecord, RecordBatch, StoredRecord, SubscribeOptions, Subscription } from '../src/event-log.js';
import type { EventLogHarness } from './event-log.contract.js';
import { SpawnedMember } from './spawned-member.js';

/** Shortest session that a broker grants by default. */
export const SESSION_TIMEOUT_MS = 6_000;
/** Time limit of one test: several rebalances fit into it. */
export const TEST_TIMEOUT_MS = 90_000;

/** What one member was given, in order. */
export interface RunningMember {
  readonly subscription: Subscription;
  readonly batches: RecordBatch[];
  readonly errors: Error[];
  /** Every value handed over, in order. */
  values(): string[];
}

/** Instances, topics and members of one test; whatever it opened is closed after it. */
export class LogBench {
  readonly #logs: EventLog[] = [];
  readonly #spawned: SpawnedMember[] = [];

  constructor(private readonly harness: EventLogHarness) {}

  async connect(): Promise<EventLog> {
    const log = await this.harness.connect();
    this.#logs.push(log);
    return log;
  }

  /** A new topic of this test alone. */
  async topic(log: EventLog, partitions = 1): Promise<string> {
    const name = uniqueName('topic');
    await log.createTopics([{ name, partitions }]);
    return name;
  }

  /** Joins a group and keeps what it is given; `handle` runs before the batch resolves. */
  async join(
    log: EventLog,
    options: Pick<SubscribeOptions, 'group' | 'topics'> & Partial<SubscribeOptions>,
    handle: (batch: RecordBatch) => Promise<void> | void = () => undefined,
  ): Promise<RunningMember> {
    const batches: RecordBatch[] = [];
    const errors: Error[] = [];
    const subscription = await log.subscribe({
      ...SUBSCRIBE,
      ...options,
      onBatch: async (batch) => {
        batches.push(batch);
        await handle(batch);
      },
      onError: (error) => errors.push(error),
    });
    return { subscription, batches, errors, values: () => batches.flatMap((batch) => valuesOf(batch.records)) };
  }

  /** A member in a process of its own, whose batches do not end before it is told. */
  async spawnHolding(options: Pick<SubscribeOptions, 'group' | 'topics'>): Promise<SpawnedMember> {
    const member = await SpawnedMember.start({ ...this.harness.opener, subscribe: { ...SUBSCRIBE, ...options }, hold: true });
    this.#spawned.push(member);
    return member;
  }

  async close(): Promise<void> {
    await Promise.all(this.#spawned.map((member) => member.kill()));
    await Promise.all(this.#logs.map((log) => log.close()));
  }
}

const SUBSCRIBE = {
  startAt: 'earliest',
  maxBatchRecords: 10,
  concurrentBatches: 4,
  sessionTimeoutMs: SESSION_TIMEOUT_MS,
  retryDelayMs: 50,
} as const;

export function uniqueName(what: string): string {
  return `contract-${what}-${randomBytes(6).toString('hex')}`;
}

/** A record whose value is a text. */
export function record(topic: string, key: string, value: string): LogRecord {
  return { topic, key, headers: {}, value: Buffer.from(value) };
}

/** `count` records of one key with values `<key>#0`, `<key>#1`, … */
export function sequence(topic: string, key: string, count: number, from = 0): LogRecord[] {
  return Array.from({ length: count }, (_, index) => record(topic, key, `${key}#${from + index}`));
}

export function valuesOf(records: readonly StoredRecord[]): string[] {
  return records.map(({ value }) => value.toString());
}

/** Everything of one partition, from an offset on. */
export async function readAll(log: EventLog, topic: string, partition = 0, offset = 0n, batchRecords = 100): Promise<StoredRecord[]> {
  const records: StoredRecord[] = [];
  for await (const stored of log.read({ topic, partition, offset }, { batchRecords })) records.push(stored);
  return records;
}

/** Values without repetitions, each at the place where it came first: what an idempotent handler makes of at-least-once. */
export function firstSeen(values: readonly string[]): string[] {
  return [...new Set(values)];
}

/** Numbers of the values of one key, in the order seen. */
export function numbersOf(values: readonly string[], key: string): number[] {
  return values.filter((value) => value.startsWith(`${key}#`)).map((value) => Number(value.slice(key.length + 1)));
}

/** Waits for a rebalance or a delivery; longer than one session, as a silent member must be missed first. */
export async function eventually(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  await until(async () => condition(), what, 5 * SESSION_TIMEOUT_MS);
}
