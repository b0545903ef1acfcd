import type pg from 'pg';
import { HandlerTable, type ConsumedEvent, type ResolveHandler } from './consumed-event.js';
import { isConflict, isUnavailable } from './database-errors.js';
import { contextOf, toDelivery, type Delivery } from './delivery.js';
import type { StoredRecord } from './event-log.js';
import { markSeen } from './inbox.js';
import { BEHIND, parkEvents, reasonOf } from './park.js';
import type { TransactionRunner } from './transaction-runner.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Rows written in one table, by kind of write. */
export interface RowsWritten {
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

/** What became of one event that was given again; `rows` by table, inbox, outbox and jobs included. */
export type ReplayOutcome =
  | { readonly kind: 'new'; readonly rows: Readonly<Record<string, RowsWritten>> }
  | { readonly kind: 'duplicate' }
  /** Parked, with those of its key behind it, as the consumer would do. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Records of the log as one consumer sees them. */
export interface SortedRecords {
  /** Events that its inbox knows; a replay leaves them as they are. */
  readonly duplicates: number;
  /** Events that its inbox does not know, in order. */
  readonly fresh: readonly Delivery[];
}

/** Carries the outcomes out of a transaction that must not commit. */
class Rehearsed extends Error {
  constructor(readonly outcomes: readonly ReplayOutcome[]) {
    super('rolled back: this was a rehearsal');
  }
}

const ROWS = `
select c.relname as table, pg_stat_get_xact_tuples_inserted(c.oid)::int as inserted, pg_stat_get_xact_tuples_updated(c.oid)::int as updated,
  pg_stat_get_xact_tuples_deleted(c.oid)::int as deleted
from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace`;

type RowCounts = ReadonlyMap<string, RowsWritten>;

async function countRows(client: pg.ClientBase): Promise<RowCounts> {
  const { rows } = await client.query<RowsWritten & { table: string }>(ROWS);
  return new Map(rows.map(({ table, ...counts }) => [table, counts]));
}

function difference(before: RowCounts, after: RowCounts): Record<string, RowsWritten> {
  const written: Record<string, RowsWritten> = {};
  for (const [table, now] of after) {
    const then = before.get(table) ?? { inserted: 0, updated: 0, deleted: 0 };
    const change = { inserted: now.inserted - then.inserted, updated: now.updated - then.updated, deleted: now.deleted - then.deleted };
    if (change.inserted + change.updated + change.deleted > 0) written[table] = change;
  }
  return written;
}

/**
 * Gives past events to one consumer again, through its own handlers and inbox (design §4.9). What the inbox knows changes nothing, so an outside
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

  /** Handles one event in a transaction of its own; one that its handler refuses is parked, so that nothing of its key overtakes it. */
  async give(delivery: Delivery): Promise<ReplayOutcome> {
    try {
      return await this.settings.runner.runUnit((unit) => this.#handle(unit, delivery));
    } catch (error) {
      if (isUnavailable(error)) throw error;
      return this.settings.runner.runUnit((unit) => this.#refuse(unit, delivery, error));
    }
  }

  /** Says what {@link give} would do with events that belong together, one after the other, and leaves everything as it was. */
  async rehearse(deliveries: readonly Delivery[]): Promise<readonly ReplayOutcome[]> {
    try {
      return await this.settings.runner.runUnit(async (unit): Promise<never> => {
        const outcomes: ReplayOutcome[] = [];
        for (const delivery of deliveries) outcomes.push(await this.#rehearseOne(unit, delivery));
        throw new Rehearsed(outcomes);
      });
    } catch (error) {
      if (error instanceof Rehearsed) return error.outcomes;
      throw error;
    }
  }

  async #rehearseOne(unit: UnitOfWork, delivery: Delivery): Promise<ReplayOutcome> {
    await unit.client.query('savepoint replayed');
    try {
      const outcome = await this.#handle(unit, delivery);
      // A deferred rule is looked at here, as there is no commit that would.
      await unit.client.query('set constraints all immediate; set constraints all deferred; release savepoint replayed');
      return outcome;
    } catch (error) {
      if (isUnavailable(error) || isConflict(error)) throw error;
      await unit.client.query('rollback to savepoint replayed');
      return this.#refuse(unit, delivery, error);
    }
  }

  async #handle(unit: UnitOfWork, delivery: Delivery): Promise<ReplayOutcome> {
    const { fresh, parkedKeys } = await markSeen(unit.client, this.settings.name, [delivery]);
    if (fresh.size === 0) return { kind: 'duplicate' };
    if (parkedKeys.has(delivery.record.key)) {
      await parkEvents(unit.client, this.settings.name, [{ delivery, why: BEHIND }]);
      return { kind: 'refused', reason: BEHIND.reason };
    }
    if ('problem' in delivery) throw delivery.problem;
    const before = await countRows(unit.client);
    await delivery.handler.handle(delivery.event, unit.as(contextOf(delivery.event, this.settings.name)));
    await unit.flush();
    return { kind: 'new', rows: difference(before, await countRows(unit.client)) };
  }

  async #refuse(unit: UnitOfWork, delivery: Delivery, error: unknown): Promise<ReplayOutcome> {
    const why = reasonOf(error, 1);
    unit.forget();
    const { fresh } = await markSeen(unit.client, this.settings.name, [delivery]);
    if (fresh.size === 0) return { kind: 'duplicate' };
    await parkEvents(unit.client, this.settings.name, [{ delivery, why }]);
    return { kind: 'refused', reason: why.reason };
  }
}
