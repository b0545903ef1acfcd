import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { newId } from '@millrace/contracts';
import { KafkaEventLog, type LogRecord } from '@millrace/messaging';
import { missingForLocalKafka, startLocalKafka } from '@millrace/service';
import { BareKafka } from './bare-kafka.js';
import type { BenchOptions } from './bench-options.js';
import { compare, type Comparison, type Round } from './statistics.js';

/** Records a second, ours beside the bare client's. */
export interface KafkaFigures {
  readonly produce: Comparison;
  readonly consume: Comparison;
}

export const missingForKafka = missingForLocalKafka;

/** Batches of the relay's size, events of an ordinary size. */
const BATCH_RECORDS = 500;
const VALUE_BYTES = 430;
const PARTITIONS = 12;
const SESSION_TIMEOUT_MS = 10_000;

function batchesOf(topic: string, count: number): LogRecord[][] {
  const value = randomBytes(VALUE_BYTES / 2).toString('hex');
  const headers = {
    ce_specversion: '1.0',
    ce_id: newId(),
    ce_type: 'dev.millrace.lending.bench.measured.v1',
    ce_source: 'bench',
    'content-type': 'application/json',
  };
  const records = Array.from({ length: count }, (): LogRecord => ({ topic, key: newId(), headers, value: Buffer.from(value) }));
  return Array.from({ length: Math.ceil(count / BATCH_RECORDS) }, (_, at) => records.slice(at * BATCH_RECORDS, (at + 1) * BATCH_RECORDS));
}

const bare = (batches: readonly LogRecord[][]): { key: string; value: Buffer; headers: Record<string, string> }[][] =>
  batches.map((records) => records.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })));

async function ourProduceSeconds(log: KafkaEventLog, batches: readonly LogRecord[][]): Promise<number> {
  const startMs = performance.now();
  for (const records of batches) await log.append(records);
  return (performance.now() - startMs) / 1_000;
}

async function ourConsumeSeconds(log: KafkaEventLog, topic: string, group: string, count: number): Promise<number> {
  const done = Promise.withResolvers<number>();
  let startMs: number | undefined;
  let seen = 0;
  const subscription = await log.subscribe({
    group,
    topics: [topic],
    startAt: 'earliest',
    maxBatchRecords: BATCH_RECORDS,
    concurrentBatches: 4,
    sessionTimeoutMs: SESSION_TIMEOUT_MS,
    retryDelayMs: 100,
    onBatch: async ({ records }) => {
      startMs ??= performance.now();
      seen += records.length;
      if (seen >= count) done.resolve((performance.now() - startMs) / 1_000);
    },
    onError: done.reject,
  });
  try {
    return await done.promise;
  } finally {
    await subscription.stop();
  }
}

async function measureRounds(brokers: readonly string[], options: BenchOptions, say: (line: string) => void): Promise<KafkaFigures> {
  const { records: count } = options;
  const log = await KafkaEventLog.open({ brokers, clientId: 'bench' });
  const client = new BareKafka(brokers);
  const produce: Round[] = [];
  const consume: Round[] = [];
  try {
    // The first round warms the broker and both clients up.
    for (let round = 0; round <= options.rounds; round++) {
      const [ours, theirs] = [`bench-ours-${newId()}`, `bench-bare-${newId()}`];
      await log.createTopics([ours, theirs].map((name) => ({ name, partitions: PARTITIONS })));
      // A new topic's first send learns where it is; that is not what is measured.
      await log.append(batchesOf(ours, 1)[0]!);
      await client.produceSeconds(theirs, bare(batchesOf(theirs, 1)));
      const batches = { ours: batchesOf(ours, count), theirs: bare(batchesOf(theirs, count)) };
      const produced = { ceiling: count / (await client.produceSeconds(theirs, batches.theirs)), ours: count / (await ourProduceSeconds(log, batches.ours)) };
      const consumed = {
        ceiling: count / (await client.consumeSeconds(theirs, newId(), count)),
        ours: count / (await ourConsumeSeconds(log, ours, newId(), count)),
      };
      if (round === 0) continue;
      produce.push(produced);
      consume.push(consumed);
      say(
        `  Kafka, round ${round}: produce ${Math.round(produced.ours)} of ${Math.round(produced.ceiling)}, consume ${Math.round(consumed.ours)} of ${Math.round(consumed.ceiling)} records/s`,
      );
    }
  } finally {
    await log.close();
  }
  return { produce: compare(produce), consume: compare(consume) };
}

/** Our adapter beside the bare client with the same batches on the same broker, which is started for it. */
export async function measureKafka(directory: string, options: BenchOptions, say: (line: string) => void): Promise<KafkaFigures> {
  const broker = await startLocalKafka({ dataDirectory: join(directory, 'kafka') });
  try {
    return await measureRounds([broker.address], options, say);
  } finally {
    await broker.stop();
  }
}
