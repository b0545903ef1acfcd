import type { LogPosition, LogRecord } from './event-log.js';
import { fitsIntoBatch, recordBytes } from './kafka-record.js';
import { partitionName } from './partition-lanes.js';
import { partitionOf } from './partitioner.js';

/** Where the broker put the first record of one partition's batch. */
export interface SentBatch {
  readonly topic: string;
  readonly partition: number;
  readonly baseOffset: bigint;
}

/** A connection that sends one round: at most one batch a partition, durable when it resolves. */
export interface Sender {
  send(records: readonly LogRecord[]): Promise<readonly SentBatch[]>;
  close(): Promise<void>;
}

interface Call {
  readonly records: readonly LogRecord[];
  readonly resolve: (positions: LogPosition[]) => void;
  readonly reject: (error: unknown) => void;
}

interface Place {
  readonly round: number;
  readonly partition: number;
  readonly index: number;
}

/** Most records of several calls that share a round. */
const MAX_SHARED_RECORDS = 5_000;

/**
 * Sends appends one after the other, so that a retry can never overtake a later record of its key; calls that wait share the next round.
 * After a failure the sender is thrown away: whether its last batch was taken is not known, so its sequence numbers must never be used again.
 */
export class KafkaAppender {
  readonly #waiting: Call[] = [];
  #sending: Promise<void> | undefined;
  #sender: Sender | undefined;

  constructor(
    private readonly connect: () => Promise<Sender>,
    private readonly partitionsOf: (topic: string) => number,
    /** The broker placed a key elsewhere: the number of partitions has changed since it was learnt. */
    private readonly onMisplaced: () => void,
  ) {}

  append(records: readonly LogRecord[]): Promise<readonly LogPosition[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      this.#sending ??= this.#sendWaiting();
    });
  }

  /** Waits for what is being sent, then ends the connection. */
  async close(): Promise<void> {
    await this.#sending;
    await this.#sender?.close();
    this.#sender = undefined;
  }

  async #sendWaiting(): Promise<void> {
    while (this.#waiting.length > 0) {
      const calls = this.#take();
      try {
        const positions = await this.#send(calls.flatMap(({ records }) => records));
        let at = 0;
        for (const { records, resolve } of calls) resolve(positions.slice(at, (at += records.length)));
      } catch (error) {
        const failed = this.#sender;
        this.#sender = undefined;
        await failed?.close().catch(() => undefined);
        calls.forEach(({ reject }) => reject(error));
      }
    }
    // In the same turn as the last look: a call between the two would wait for ever.
    this.#sending = undefined;
  }

  #take(): Call[] {
    let records = 0;
    const upTo = this.#waiting.findIndex((call) => (records += call.records.length) > MAX_SHARED_RECORDS);
    return this.#waiting.splice(0, upTo < 0 ? this.#waiting.length : Math.max(1, upTo));
  }

  async #send(records: readonly LogRecord[]): Promise<LogPosition[]> {
    const { places, rounds } = this.#plan(records);
    this.#sender ??= await this.connect();
    const bases = new Map<string, bigint>();
    for (const [round, part] of rounds.entries()) {
      for (const sent of await this.#sender.send(part)) bases.set(`${round} ${partitionName(sent)}`, sent.baseOffset);
    }
    return records.map(({ topic }, at) => {
      const { round, partition, index } = places[at]!;
      const base = bases.get(`${round} ${partitionName({ topic, partition })}`);
      if (base === undefined) {
        this.onMisplaced();
        throw new Error(`the broker answered nothing for ${topic}/${partition}: the topic's partitions have changed, and the append may be repeated`);
      }
      return { topic, partition, offset: base + BigInt(index) };
    });
  }

  /** Cuts records into rounds, so that no partition's batch is over the broker's limit. */
  #plan(records: readonly LogRecord[]): { places: Place[]; rounds: LogRecord[][] } {
    const batches = new Map<string, { round: number; bytes: number; count: number }>();
    const rounds: LogRecord[][] = [];
    const places = records.map((record): Place => {
      const partition = partitionOf(record.key, this.partitionsOf(record.topic));
      const name = partitionName({ topic: record.topic, partition });
      let batch = batches.get(name);
      if (!batch || !fitsIntoBatch(batch.bytes, record)) batches.set(name, (batch = { round: batch ? batch.round + 1 : 0, bytes: 0, count: 0 }));
      (rounds[batch.round] ??= []).push(record);
      batch.bytes += recordBytes(record);
      return { round: batch.round, partition, index: batch.count++ };
    });
    return { places, rounds };
  }
}
