import type { EventLog, StoredRecord } from '@millrace/messaging';
import { clampRange, type PartitionRange, type ReplayBound } from './replay-range.js';

const BATCH_RECORDS = 500;

/** What of each partition lies between two bounds; empty ranges are left out. */
export async function rangesBetween(log: EventLog, topics: readonly string[], from: ReplayBound, to: ReplayBound | undefined): Promise<PartitionRange[]> {
  const ranges: PartitionRange[] = [];
  for (const topic of topics) {
    for (const held of await log.offsets(topic)) {
      const { partition } = held;
      const offsetOf = async (bound: ReplayBound): Promise<bigint> => ('offset' in bound ? bound.offset : log.offsetAtTime(topic, partition, bound.time));
      const range = clampRange({ topic, partition, from: await offsetOf(from), to: to ? await offsetOf(to) : held.next }, held);
      if (range.from < range.to) ranges.push(range);
    }
  }
  return ranges;
}

async function* readRange(log: EventLog, { topic, partition, from, to }: PartitionRange): AsyncGenerator<StoredRecord> {
  for await (const record of log.read({ topic, partition, offset: from }, { batchRecords: BATCH_RECORDS })) {
    if (record.offset >= to) return;
    yield record;
  }
}

/** Records of several partitions in the order in which they came to the log, as the consumer met them; each partition in its own order. */
export async function* readInOrder(log: EventLog, ranges: readonly PartitionRange[]): AsyncGenerator<StoredRecord> {
  const readers = ranges.map((range) => readRange(log, range));
  const heads: { reader: AsyncGenerator<StoredRecord>; record: StoredRecord }[] = [];
  const take = async (reader: AsyncGenerator<StoredRecord>): Promise<void> => {
    const next = await reader.next();
    if (!next.done) heads.push({ reader, record: next.value });
  };
  try {
    for (const reader of readers) await take(reader);
    while (heads.length > 0) {
      const earliest = heads.reduce((best, head, index) => (cameBefore(head.record, heads[best]!.record) ? index : best), 0);
      const [{ reader, record }] = heads.splice(earliest, 1) as [(typeof heads)[number]];
      yield record;
      await take(reader);
    }
  } finally {
    await Promise.all(readers.map((reader) => reader.return(undefined)));
  }
}

function cameBefore(a: StoredRecord, b: StoredRecord): boolean {
  return a.appendedAt.getTime() < b.appendedAt.getTime();
}
