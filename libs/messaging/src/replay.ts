import type pg from 'pg';
import { HandlerTable, type ConsumedEvent, type ResolveHandler } from './consumed-event.js';
import { isConflict, isUnavailable } from './database-errors.js';
import { contextOf, toDelivery, type Delivery } from './delivery.js';
import type { StoredRecord } from './event-log.js';
import { markSeen, readyOf } from './inbox.js';
import { lockShared } from './lock-shared.js';
import { BEHIND, parkEvents, reasonOf } from './park.js';
import { recordRefused } from './refused-events.js';
import type { TransactionRunner } from './transaction-runner.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Rows written in one table, by kind of write. */
export interface RowsWritten {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** What became of one event that was given again. */
export type ReplayOutcome =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate' }
  /** Parked, with those of its key behind it, or recorded as refused and passed over, as the consumer would do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Rows by table; inbox, outbox, parked events and jobs included. */
export type WrittenRows = Readonly<Record<string, RowsWritten>>;

/** Outcomes of events in the order in which they were given, and what they wrote together. */
export interface ReplayedBatch {
  readonly outcomes: readonly ReplayOutcome[];
  readonly rows: WrittenRows;
}

/** Records of the log as one consumer sees them. */
export interface SortedRecords {
  /** Events that its inbox knows; a replay leaves them as they are. */
  readonly duplicates: number;
  /** Events that its inbox does not know, in order. */
  readonly fresh: readonly Delivery[];
}

/** Carries the outcomes out of a transaction that must not commit. */
class Rehearsed extends Error {
  constructor(readonly batch: ReplayedBatch) {
    super('rolled back: this was a rehearsal');
  }
}

const ROWS = `
select c.relname as table, pg_stat_get_xact_tuples_inserted(c.oid)::int as inserted, pg_stat_get_xact_tuples_updated(c.oid)::int as updated,
  pg_stat_get_xact_tuples_deleted(c.oid)::int as deleted
from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`;

type RowCounts = ReadonlyMap<string, RowsWritten>;
const NONE: RowsWritten = { inserted: 0, updated: 0, deleted: 0 };

async function countRows(client: pg.ClientBase): Promise<RowCounts> {
  const { rows } = await client.query<RowsWritten & { table: string }>(ROWS);
  return new Map(rows.map(({ table, ...counts }) => [table, counts]));
}

function difference(before: RowCounts, after: RowCounts): WrittenRows {
  const written: Record<string, RowsWritten> = {};
  for (const [table, now] of after) {
    const then = before.get(table) ?? NONE;
    const change = { inserted: now.inserted - then.inserted, updated: now.updated - then.updated, deleted: now.deleted - then.deleted };
    if (change.inserted + change.updated + change.deleted > 0) written[table] = change;
  }
  return written;
}

/** Adds up what several batches wrote. */
export function sumRows(parts: readonly WrittenRows[]): WrittenRows {
  const sum: Record<string, RowsWritten> = {};
  for (const [table, rows] of parts.flatMap((part) => Object.entries(part))) {
    const before = sum[table] ?? NONE;
    sum[table] = { inserted: before.inserted + rows.inserted, updated: before.updated + rows.updated, deleted: before.deleted + rows.deleted };
  }
  return sum;
}

/**
 * Gives past events to one consumer again, through its own handlers and inbox (M-EV-06). What the inbox knows changes nothing, so an outside
 * effect, which only a job can have, is not asked for twice.
 */
export class Replay {
  /** Topics that the consumer listens to. */
  readonly topics: readonly string[];
  readonly #handlers: HandlerTable;

  constructor(private readonly settings: { name: string; runner: TransactionRunner; subscriptions: readonly ConsumedEvent[]; resolve: ResolveHandler }) {
    this.#handlers = new HandlerTable(settings.subscriptions, settings.resolve);
    this.topics = this.#handlers.topics;
  }

  /** Leaves out what is not for this consumer, and counts what its inbox knows. */
  async sort(records: readonly StoredRecord[]): Promise<SortedRecords> {
    const deliveries = records.map((record) => toDelivery(record, this.#handlers)).filter((delivery) => delivery !== undefined);
    const { rows } = await this.settings.runner.pool.query<{ event_id: string }>(
      'select event_id from inbox where consumer = $1 and event_id = any($2::uuid[])',
      [this.settings.name, deliveries.map(({ eventId }) => eventId)],
    );
    const known = new Set(rows.map((row) => row.event_id));
    const fresh = deliveries.filter(({ eventId }) => !known.has(eventId));
    return { duplicates: deliveries.length - fresh.length, fresh };
  }

  /**
   * Handles events in one transaction; where one of them fails, each in a transaction of its own. One that its handler refuses is parked, so that
   * nothing of its key overtakes it.
   */
  async give(deliveries: readonly Delivery[]): Promise<ReplayedBatch> {
    try {
      return await this.settings.runner.runUnit((unit) => this.#counted(unit, () => this.#handle(unit, deliveries)));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      if (deliveries.length === 1) return this.settings.runner.runUnit((unit) => this.#counted(unit, () => this.#refuse(unit, deliveries[0]!, error)));
    }
    const parts: ReplayedBatch[] = [];
    for (const delivery of deliveries) parts.push(await this.give([delivery]));
    return joined(parts);
  }

  /** Says what {@link give} would do with events that belong together, one after the other, and leaves everything as it was. */
  async rehearse(deliveries: readonly Delivery[]): Promise<ReplayedBatch> {
    try {
      return await this.settings.runner.runUnit(async (unit): Promise<never> => {
        const parts: ReplayedBatch[] = [];
        for (const delivery of deliveries) parts.push(await this.#rehearseOne(unit, delivery));
        throw new Rehearsed(joined(parts));
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.batch;
      throw error;
    }
  }

  async #rehearseOne(unit: UnitOfWork, delivery: Delivery): Promise<ReplayedBatch> {
    await unit.client.query('savepoint replayed');
    try {
      const batch = await this.#counted(unit, () => this.#handle(unit, [delivery]));
      // A deferred rule is looked at here, as there is no commit that would.
      await unit.client.query('set constraints all immediate; set constraints all deferred; release savepoint replayed');
      return batch;
    } catch (error) {
      if (isUnavailable(error) || isConflict(error)) throw error;
      await unit.client.query('rollback to savepoint replayed');
      return this.#counted(unit, () => this.#refuse(unit, delivery, error));
    }
  }

  /** PostgreSQL also counts what a savepoint took back, so it is looked at before and after. */
  async #counted(unit: UnitOfWork, work: () => Promise<readonly ReplayOutcome[]>): Promise<ReplayedBatch> {
    const before = await countRows(unit.client);
    const outcomes = await work();
    await unit.flush();
    return { outcomes, rows: difference(before, await countRows(unit.client)) };
  }

  async #handle(unit: UnitOfWork, deliveries: readonly Delivery[]): Promise<readonly ReplayOutcome[]> {
    const marked = await markSeen(unit.client, this.settings.name, deliveries);
    await lockShared(unit, readyOf(deliveries, marked), this.settings.name);
    const { fresh, parkedKeys } = marked;
    const outcomes: ReplayOutcome[] = [];
    for (const delivery of deliveries) {
      // An id seen before, or a second time in this batch, changes nothing.
      if (!fresh.delete(delivery.eventId)) {
        outcomes.push({ kind: 'duplicate' });
      } else if ('refusal' in delivery) {
        await recordRefused(unit.client, this.settings.name, [delivery]);
        outcomes.push({ kind: 'refused', reason: `${delivery.refusal.code}: ${delivery.refusal.reason}` });
      } else if (parkedKeys.has(delivery.record.key)) {
        await parkEvents(unit.client, this.settings.name, [{ delivery, why: BEHIND }]);
        outcomes.push({ kind: 'refused', reason: BEHIND.reason });
      } else {
        if ('problem' in delivery) throw delivery.problem;
        await delivery.handler.handle(delivery.event, unit.as(contextOf(delivery.event, this.settings.name)));
        outcomes.push({ kind: 'new' });
      }
    }
    return outcomes;
  }

  async #refuse(unit: UnitOfWork, delivery: Delivery, error: unknown): Promise<readonly ReplayOutcome[]> {
    const why = reasonOf(error, 1);
    unit.forget();
    const { fresh } = await markSeen(unit.client, this.settings.name, [delivery]);
    if (fresh.size === 0) return [{ kind: 'duplicate' }];
    await parkEvents(unit.client, this.settings.name, [{ delivery, why }]);
    return [{ kind: 'refused', reason: why.reason }];
  }
}

function joined(parts: readonly ReplayedBatch[]): ReplayedBatch {
  return { outcomes: parts.flatMap(({ outcomes }) => outcomes), rows: sumRows(parts.map(({ rows }) => rows)) };
}
