import { HandlerTable, type ConsumedEvent, type ResolveHandler } from './consumed-event.js';
import { isUnavailable } from './database-errors.js';
import { contextOf, toDelivery, type Delivery } from './delivery.js';
import type { StoredRecord } from './event-log.js';
import { lockShared } from './lock-shared.js';
import { reasonOf } from './park.js';
import type { TransactionRunner } from './transaction-runner.js';
import { Turns } from './turns.js';
import type { UnitOfWork } from './unit-of-work.js';

/** A parked event as people see it. */
export interface ParkedEvent {
  readonly id: bigint;
  readonly eventId: string;
  readonly key: string;
  readonly type: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: Buffer;
  readonly reason: string;
  readonly stackHash: string | null;
  readonly attempts: number;
  readonly status: 'parked' | 'retried' | 'discarded';
  readonly parkedAt: Date;
  readonly changedAt: Date;
  readonly changedBy: string | null;
}

/** Outcome of a retry: how many went through, and what stopped it. */
export interface RetryResult {
  readonly retried: number;
  readonly failed?: { readonly id: bigint; readonly reason: string };
}

/** A key whose retry stopped again, and where. */
export interface StoppedKey {
  /** Empty for an event without a key. */
  readonly key: string;
  readonly id: bigint;
  readonly reason: string;
}

/** Outcome of a retry of all keys. */
export interface RetryAllResult {
  readonly keys: number;
  readonly retried: number;
  readonly stopped: readonly StoppedKey[];
  /** True where every key of a batch stopped again: the reason is still there, and the rest was left as it is. */
  readonly givenUp: boolean;
}

/** What a retry of all keys is asked for. */
export interface RetryAllOptions {
  readonly by: string;
  /** Only keys whose first event failed at this place; every key where it is not given. */
  readonly failedAt?: string;
  /** Keys in one transaction. */
  readonly batchKeys?: number;
  /** Told after each batch of how many events were dealt with. */
  readonly onProgress?: (events: number) => void;
}

/** Few transactions for many keys, and little to do again one by one where one of them fails. */
const BATCH_KEYS = 100;

/** The first event of each key stands for it; an event without a key stands for itself. */
const FIRST_OF_KEYS = `
with first as (
  select distinct on (key, case when key = '' then id end) key, id, stack_hash from parked_event where consumer = $1 and status = 'parked'
  order by key, case when key = '' then id end, id
)
select key, id from first where id > $2 and ($3::text is null or stack_hash = $3) order by id limit $4`;

type Row = Omit<ParkedEvent, 'id' | 'offset'> & { readonly id: string; readonly offset: string };

const COLUMNS = `id, event_id as "eventId", key, type, topic, partition, "offset", headers, value, reason, stack_hash as "stackHash", attempts, status,
  parked_at as "parkedAt", changed_at as "changedAt", changed_by as "changedBy"`;

function toParkedEvent(row: Row): ParkedEvent {
  return { ...row, id: BigInt(row.id), offset: BigInt(row.offset) };
}

/** A consumer's parked events: seen, tried again in order, or given up by a person (M-EV-04). */
export class ParkedEvents {
  readonly #handlers: HandlerTable;

  constructor(private readonly settings: { name: string; runner: TransactionRunner; subscriptions: readonly ConsumedEvent[]; resolve: ResolveHandler }) {
    this.#handlers = new HandlerTable(settings.subscriptions, settings.resolve);
  }

  /** Events of one status in the order in which they were parked. */
  async list(options: { status?: ParkedEvent['status']; key?: string; limit?: number } = {}): Promise<ParkedEvent[]> {
    const { rows } = await this.settings.runner.pool.query<Row>(
      `select ${COLUMNS} from parked_event where consumer = $1 and status = $2 and ($3::text is null or key = $3) order by id limit $4`,
      [this.settings.name, options.status ?? 'parked', options.key ?? null, options.limit ?? 100],
    );
    return rows.map(toParkedEvent);
  }

  async show(id: bigint): Promise<ParkedEvent | undefined> {
    const { rows } = await this.settings.runner.pool.query<Row>(`select ${COLUMNS} from parked_event where consumer = $1 and id = $2`, [
      this.settings.name,
      id,
    ]);
    return rows[0] && toParkedEvent(rows[0]);
  }

  /** Gives the key's events to their handlers again, each in its own transaction, in order; stops at the first that fails. */
  async retry(key: string, by: string): Promise<RetryResult> {
    if (key === '') throw new RangeError('events without a key are retried one by one, by their id');
    for (let retried = 0; ; retried++) {
      const outcome = await this.#retryNext('key = $2', key, by);
      if (outcome !== 'retried') return outcome === 'none' ? { retried } : { retried, failed: outcome };
    }
  }

  /**
   * Gives the events of all keys to their handlers again, each key's in order, many keys in one transaction; where that fails, key by key, so that one
   * that fails again stops nobody else. What has gone through stays so: a run that was broken off is simply started again.
   */
  async retryAll({ by, failedAt, batchKeys = BATCH_KEYS, onProgress }: RetryAllOptions): Promise<RetryAllResult> {
    const stopped: StoppedKey[] = [];
    let [keys, retried, after] = [0, 0, 0n];
    for (;;) {
      const firsts = await this.#firstOfKeys(after, failedAt, batchKeys);
      if (firsts.length === 0) return { keys, retried, stopped, givenUp: false };
      after = firsts.at(-1)!.id;
      const batch = await this.#retryKeys(firsts, by);
      keys += firsts.length;
      retried += batch.retried;
      stopped.push(...batch.stopped);
      onProgress?.(batch.retried);
      if (batch.retried === 0 && batch.stopped.length > 1) return { keys, retried, stopped, givenUp: true };
    }
  }

  /** Same for one event that has no key. */
  async retryOne(id: bigint, by: string): Promise<RetryResult> {
    const outcome = await this.#retryNext(`id = $2 and key = ''`, id, by);
    if (outcome === 'none') return { retried: 0 };
    return outcome === 'retried' ? { retried: 1 } : { retried: 0, failed: outcome };
  }

  /** Gives an event up; those behind it can then be retried. False where it is not parked any more. */
  async discard(id: bigint, by: string): Promise<boolean> {
    const { rowCount } = await this.settings.runner.pool.query(
      `update parked_event set status = 'discarded', changed_at = now(), changed_by = $3 where consumer = $1 and id = $2 and status = 'parked'`,
      [this.settings.name, id, by],
    );
    return rowCount === 1;
  }

  async #firstOfKeys(after: bigint, failedAt: string | undefined, limit: number): Promise<{ key: string; id: bigint }[]> {
    const values = [this.settings.name, after, failedAt ?? null, limit];
    const { rows } = await this.settings.runner.pool.query<{ key: string; id: string }>(FIRST_OF_KEYS, values);
    return rows.map(({ key, id }) => ({ key, id: BigInt(id) }));
  }

  async #retryKeys(firsts: readonly { key: string; id: bigint }[], by: string): Promise<{ retried: number; stopped: StoppedKey[] }> {
    try {
      return { retried: await this.#retryTogether(firsts, by), stopped: [] };
    } catch (error) {
      if (isUnavailable(error)) throw error;
    }
    let retried = 0;
    const stopped: StoppedKey[] = [];
    for (const { key, id } of firsts) {
      const result = key === '' ? await this.retryOne(id, by) : await this.retry(key, by);
      retried += result.retried;
      if (result.failed) stopped.push({ key, ...result.failed });
    }
    return { retried, stopped };
  }

  /** All events of the keys in one transaction: those of one application in order, those of several at the same time, as the consumer does. */
  #retryTogether(firsts: readonly { key: string; id: bigint }[], by: string): Promise<number> {
    return this.settings.runner.runUnit(async (unit) => {
      const { rows } = await unit.client.query<Row>(
        `select ${COLUMNS} from parked_event where consumer = $1 and status = 'parked' and (key = any($2) and key <> '' or id = any($3::bigint[])) order by id for update`,
        [this.settings.name, firsts.map(({ key }) => key), firsts.map(({ id }) => String(id))],
      );
      const events = rows.map(toParkedEvent);
      const deliveries = events.map((parked) => this.#deliveryOf(parked)).filter((delivery) => delivery !== undefined);
      await lockShared(unit, deliveries, this.settings.name);
      const turns = new Turns();
      for (const parked of events) turns.add([parked.key, parked.headers['ce_correlationid'] ?? ''], () => this.#handle(unit, parked));
      await turns.done();
      const update = `update parked_event set status = 'retried', attempts = attempts + 1, changed_at = now(), changed_by = $2 where id = any($1::bigint[])`;
      await unit.client.query(update, [rows.map(({ id }) => id), by]);
      return rows.length;
    });
  }

  async #retryNext(condition: string, value: unknown, by: string): Promise<'retried' | 'none' | { id: bigint; reason: string }> {
    let id: bigint | undefined;
    try {
      return await this.settings.runner.runUnit(async (unit) => {
        const { rows } = await unit.client.query<Row>(
          `select ${COLUMNS} from parked_event where consumer = $1 and ${condition} and status = 'parked' order by id limit 1 for update`,
          [this.settings.name, value],
        );
        if (!rows[0]) return 'none';
        const parked = toParkedEvent(rows[0]);
        id = parked.id;
        await this.#handle(unit, parked);
        await unit.client.query(`update parked_event set status = 'retried', attempts = attempts + 1, changed_at = now(), changed_by = $2 where id = $1`, [
          id,
          by,
        ]);
        return 'retried';
      });
    } catch (error) {
      if (id === undefined) throw error;
      const { reason, stackHash } = reasonOf(error, 0);
      await this.settings.runner.pool.query(
        `update parked_event set attempts = attempts + 1, reason = $2, stack_hash = $3, changed_at = now(), changed_by = $4 where id = $1 and status = 'parked'`,
        [id, reason, stackHash, by],
      );
      return { id, reason };
    }
  }

  #deliveryOf(parked: ParkedEvent): Delivery | undefined {
    const record: StoredRecord = { ...parked, appendedAt: parked.parkedAt };
    return toDelivery(record, this.#handlers);
  }

  async #handle(unit: UnitOfWork, parked: ParkedEvent): Promise<void> {
    const delivery = this.#deliveryOf(parked);
    if (!delivery) throw new Error(`no handler of ${this.settings.name} takes ${parked.type} any more`);
    if ('problem' in delivery) throw delivery.problem;
    if ('refusal' in delivery) throw new Error(`${delivery.refusal.code}: ${delivery.refusal.reason}; give it up with discard`);
    await delivery.handler.handle(delivery.event, unit.as(contextOf(delivery.event, this.settings.name)));
  }
}
