import type { EventLog, LogPosition, StoredRecord } from '@millrace/messaging';
import type pg from 'pg';
import type { Progress } from '../command/progress.js';
import type { ShadowWriter } from './shadow-writer.js';

const BATCH_RECORDS = 200;
const CONCURRENT_PARTITIONS = 3;

/** How far a partition is to be read: up to what the live consumer has dealt with. */
export interface PartitionEnd {
  readonly topic: string;
  readonly partition: number;
  /** Not included. */
  readonly end: bigint;
}

/** What brings the shadow up to a point of the log; can be asked again for a later one. */
export interface Feed {
  /** Records that are still to be read, at most. */
  remaining(ends: readonly PartitionEnd[]): number;
  /** Reads every partition up to its end. */
  readTo(ends: readonly PartitionEnd[]): Promise<void>;
}

/** The live consumer deals with a partition in order, so its newest inbox row says where it stands. */
export async function liveEnds(client: Pick<pg.ClientBase, 'query'>, consumer: string): Promise<PartitionEnd[]> {
  const { rows } = await client.query<{ topic: string; partition: number; end: string }>(
    'select topic, partition, max("offset") + 1 as end from inbox where consumer = $1 group by topic, partition order by topic, partition',
    [consumer],
  );
  return rows.map(({ end, ...place }) => ({ ...place, end: BigInt(end) }));
}

/** Records of a partition from a place up to an end (not included) that are wanted, in batches of at most so many; none is empty. */
export async function* batchesUpTo(
  log: EventLog,
  from: LogPosition,
  { end, batchRecords, wanted = () => true }: { readonly end: bigint; readonly batchRecords: number; readonly wanted?: (record: StoredRecord) => boolean },
): AsyncGenerator<readonly StoredRecord[]> {
  let batch: StoredRecord[] = [];
  for await (const record of log.read(from, { batchRecords })) {
    if (record.offset >= end) break;
    if (!wanted(record)) continue;
    batch.push(record);
    if (batch.length < batchRecords) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Reads the log from its beginning into the shadow. */
export class ShadowFeed implements Feed {
  readonly #read = new Map<string, bigint>();

  constructor(
    private readonly log: EventLog,
    private readonly writer: ShadowWriter,
    private readonly progress: Progress,
  ) {}

  /** Records that are still to be read. */
  remaining(ends: readonly PartitionEnd[]): number {
    return ends.reduce((sum, place) => sum + Number(place.end - this.#position(place)), 0);
  }

  /** Reads every partition up to its end; a few at a time, each in order. */
  async readTo(ends: readonly PartitionEnd[]): Promise<void> {
    this.progress.total = this.progress.done + this.remaining(ends);
    await this.writer.skipSetAside();
    const waiting = [...ends];
    const work = async (): Promise<void> => {
      for (let place = waiting.shift(); place; place = waiting.shift()) await this.#readPartition(place);
    };
    await Promise.all(Array.from({ length: CONCURRENT_PARTITIONS }, work));
    await this.writer.refuseParked();
  }

  #position({ topic, partition }: PartitionEnd): bigint {
    return this.#read.get(`${topic} ${partition}`) ?? 0n;
  }

  async #readPartition(place: PartitionEnd): Promise<void> {
    const { topic, partition, end } = place;
    const offset = this.#position(place);
    if (offset >= end) return;
    for await (const batch of batchesUpTo(this.log, { topic, partition, offset }, { end, batchRecords: BATCH_RECORDS })) {
      await this.writer.give(batch);
      this.progress.add(batch.length);
    }
    this.#read.set(`${topic} ${partition}`, end);
  }
}
