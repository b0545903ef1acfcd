import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { StoredRecord } from './event-log.js';
import type { UnitOfWork } from './transaction-runner.js';

/** An event that waits for a person, or stands behind one that does. */
export interface ParkedEvent {
  readonly id: string;
  readonly consumer: string;
  readonly key: string;
  readonly reason: string;
  readonly attempts: number;
  readonly status: 'parked' | 'retried' | 'discarded';
  readonly parkedAt: Date;
  /** The record as it came, position included. */
  readonly record: StoredRecord;
}

interface ParkedRow {
  id: string;
  consumer: string;
  topic: string;
  partition: number;
  offset: string;
  key: string;
  headers: Record<string, string>;
  value: Buffer;
  reason: string;
  attempts: number;
  status: ParkedEvent['status'];
  parked_at: Date;
}

/** Reason of events that are parked only to keep the order of their key. */
export const BEHIND_PARKED = 'an earlier event of this key is parked';

/** Parks a record in the transaction that marks it seen. */
export async function park(unit: UnitOfWork, consumer: string, record: StoredRecord, reason: string, attempts: number, error?: Error): Promise<void> {
  const stackSha256 = error?.stack ? createHash('sha256').update(error.stack).digest('hex') : null;
  await unit.query(
    `insert into parked_event (consumer, topic, partition, "offset", key, headers, value, reason, stack_sha256, attempts)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [consumer, record.topic, record.partition, record.offset, record.key, JSON.stringify(record.headers), record.value, reason.slice(0, 500), stackSha256, attempts],
  );
}

function parkedEvent(row: ParkedRow): ParkedEvent {
  return {
    id: row.id,
    consumer: row.consumer,
    key: row.key,
    reason: row.reason,
    attempts: row.attempts,
    status: row.status,
    parkedAt: row.parked_at,
    record: { topic: row.topic, partition: row.partition, offset: BigInt(row.offset), key: row.key, headers: row.headers, value: row.value, appendedAt: row.parked_at },
  };
}

/** Parked events of one consumer, oldest first. */
export async function listParked(pool: pg.Pool, consumer: string, filter: { key?: string; limit: number }): Promise<ParkedEvent[]> {
  const { rows } = await pool.query<ParkedRow>(
    `select * from parked_event where consumer = $1 and status = 'parked' and ($2::text is null or key = $2) order by id limit $3`,
    [consumer, filter.key ?? null, filter.limit],
  );
  return rows.map(parkedEvent);
}

/** The oldest parked event of a key, locked until the transaction ends. */
export async function lockOldestParked(unit: UnitOfWork, consumer: string, key: string): Promise<ParkedEvent | undefined> {
  const { rows } = await unit.query<ParkedRow>(`select * from parked_event where consumer = $1 and key = $2 and status = 'parked' order by id limit 1 for update`, [consumer, key]);
  return rows[0] && parkedEvent(rows[0]);
}

/** Marks a parked event as done with, and by whom. */
export async function resolveParked(unit: UnitOfWork, id: string, status: 'retried' | 'discarded', by: string): Promise<void> {
  await unit.query(`update parked_event set status = $2, resolved_at = clock_timestamp(), resolved_by = $3 where id = $1`, [id, status, by]);
}
