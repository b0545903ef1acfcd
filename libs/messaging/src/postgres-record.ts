import type { StoredRecord } from './event-log.js';

/** Row of the `record` table as pg returns it. */
export interface RecordRow {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly value: Buffer;
  readonly appended_at: Date;
}

export function storedRecord(row: RecordRow): StoredRecord {
  return { topic: row.topic, partition: row.partition, offset: BigInt(row.offset), key: row.key, headers: row.headers, value: row.value, appendedAt: row.appended_at };
}
