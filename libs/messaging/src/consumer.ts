import { setTimeout as delay } from 'node:timers/promises';
import { SpanKind } from '@opentelemetry/api';
import { inActivity, runActivity, type Activity } from './activity.js';
import { HandlerTable, type ConsumedEvent, type ResolveHandler } from './consumed-event.js';
import { isInnocent } from './database-errors.js';
import { contextOf, toDelivery, type Delivery } from './delivery.js';
import type { EventLog, RecordBatch, Subscription } from './event-log.js';
import { markSeen, readyOf } from './inbox.js';
import { lockShared } from './lock-shared.js';
import { BEHIND, parkEvents, reasonOf, type ParkReason } from './park.js';
import type { Refusal } from './refusal.js';
import { recordRefused } from './refused-events.js';
import { NO_TELEMETRY, type MessagingTelemetry } from './telemetry.js';
import type { TransactionRunner } from './transaction-runner.js';
import { Turns } from './turns.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Limits of a consumer; a test makes the waits short. */
export interface ConsumerOptions {
  readonly startAt: 'earliest' | 'latest';
  /** Most events of one transaction. */
  readonly maxBatchRecords: number;
  /** Transactions at the same time; fewer make each hold more events. */
  readonly concurrentBatches: number;
  readonly sessionTimeoutMs: number;
  /** Wait before a batch comes again after the database was away. */
  readonly retryDelayMs: number;
  /** Tries of one event before it is parked. */
  readonly maxAttempts: number;
  /** Wait before the second try; doubles with each further one. */
  readonly backoffMs: number;
}

export const CONSUMER_DEFAULTS: ConsumerOptions = {
  startAt: 'earliest',
  maxBatchRecords: 100,
  concurrentBatches: 2,
  sessionTimeoutMs: 10_000,
  retryDelayMs: 1_000,
  maxAttempts: 5,
  backoffMs: 100,
};

export interface ConsumerSettings {
  /** Consumer group and owner of the inbox rows: the service's name. */
  readonly name: string;
  readonly log: EventLog;
  readonly runner: TransactionRunner;
  readonly subscriptions: readonly ConsumedEvent[];
  readonly resolve: ResolveHandler;
  /** Told of every failed try and every parked event. */
  readonly onError: (error: Error) => void;
  readonly options?: Partial<ConsumerOptions>;
  readonly telemetry?: MessagingTelemetry;
}

/** An event was parked or refused: nobody tries it again by itself, and a person has to look. */
export class SetAsideError extends Error {}

/** Hands the log's events to a service's handlers, each exactly once as far as its database can see (M-EV-01). */
export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #handlers: HandlerTable;
  readonly #telemetry: MessagingTelemetry;
  readonly #stopping = new AbortController();
  #subscription: Subscription | undefined;

  constructor(private readonly settings: ConsumerSettings) {
    this.#options = { ...CONSUMER_DEFAULTS, ...settings.options };
    this.#handlers = new HandlerTable(settings.subscriptions, settings.resolve);
    this.#telemetry = settings.telemetry ?? NO_TELEMETRY;
  }

  /** True while it reads, or has nothing to read; a member of a group may wait for partitions. */
  get running(): boolean {
    return !this.#stopping.signal.aborted && (this.#subscription !== undefined || this.#handlers.topics.length === 0);
  }

  async start(): Promise<void> {
    const { startAt, maxBatchRecords, concurrentBatches, sessionTimeoutMs, retryDelayMs } = this.#options;
    if (this.#handlers.topics.length === 0) return;
    this.#subscription = await this.settings.log.subscribe({
      group: this.settings.name,
      topics: this.#handlers.topics,
      startAt,
      maxBatchRecords,
      concurrentBatches,
      sessionTimeoutMs,
      retryDelayMs,
      onBatch: (batch) => this.handleBatch(batch),
      onError: this.settings.onError,
    });
  }

  /** Lets the running batches end; an event that waits for its next try is left for later. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#subscription?.stop();
  }

  /** Deals with every record of a batch: handled, parked, or known already. Throws only when the database is away or the consumer stops. */
  async handleBatch(batch: RecordBatch): Promise<void> {
    let rest = batch.records.map((record) => toDelivery(record, this.#handlers)).filter((delivery) => delivery !== undefined);
    while (rest.length > 0) {
      const failed = await this.#tryTogether(rest);
      if (failed === undefined) return;
      // Those before the one that failed first have their chance together, it goes alone, then the others together; more than one may be wrong.
      const healthy = rest.slice(0, failed.index);
      if (healthy.length > 0 && (await this.#tryTogether(healthy))) await this.#oneByOne(healthy);
      await this.#handleAlone(rest[failed.index]!, failed.error);
      rest = rest.slice(failed.index + 1);
    }
  }

  /** Handles events in one transaction; tells which one failed. */
  async #tryTogether(deliveries: readonly Delivery[]): Promise<{ index: number; error: unknown } | undefined> {
    let failed: { index: number; error: unknown } | undefined;
    try {
      await this.settings.runner.runUnit(async (unit) => {
        failed = undefined;
        // What fails after the first only fails because the transaction has.
        await this.#handleIn(unit, deliveries, (index, error) => (failed ??= { index, error }));
      });
      return undefined;
    } catch (error) {
      if (isInnocent(error)) throw error;
      if (failed || deliveries.length === 1) return failed ?? { index: 0, error };
      // The commit failed, e.g. by a deferred constraint: whose fault it is shows only when each has a transaction of its own.
      await this.#oneByOne(deliveries);
      return undefined;
    }
  }

  async #oneByOne(deliveries: readonly Delivery[]): Promise<void> {
    for (const delivery of deliveries) await this.#handleAlone(delivery, undefined);
  }

  /** Gives one event its tries, then parks it. `failure` is that of a first try made before. */
  async #handleAlone(delivery: Delivery, failure: unknown): Promise<void> {
    const { maxAttempts, backoffMs } = this.#options;
    let error = failure;
    for (let attempt = failure === undefined ? 0 : 1; attempt < maxAttempts; attempt++) {
      if (attempt > 0) {
        this.#telemetry.eventFailed(delivery.type);
        this.#report(delivery, error, `try ${attempt} of ${maxAttempts} failed`);
        await delay(backoffMs * 2 ** (attempt - 1), undefined, { signal: this.#stopping.signal });
      }
      try {
        await this.settings.runner.runUnit((unit) => this.#handleIn(unit, [delivery]));
        return;
      } catch (latest) {
        if (isInnocent(latest)) throw latest;
        error = latest;
      }
    }
    this.#telemetry.eventFailed(delivery.type);
    this.#reportSetAside(delivery, error, `parked after ${maxAttempts} tries (${this.#retryHint(delivery)})`);
    await this.settings.runner.runUnit(async (unit) => {
      const { fresh } = await markSeen(unit.client, this.settings.name, [delivery]);
      if (fresh.size > 0) await this.#park(unit, [{ delivery, why: reasonOf(error, maxAttempts) }]);
    });
  }

  /** Marks, handles and parks in one transaction: events of one application in order, those of several at the same time, so that their statements go together. */
  async #handleIn(unit: UnitOfWork, deliveries: readonly Delivery[], onFailed?: (index: number, error: unknown) => void): Promise<void> {
    const marked = await markSeen(unit.client, this.settings.name, deliveries);
    await lockShared(unit, readyOf(deliveries, marked), this.settings.name);
    const { fresh, parkedKeys } = marked;
    const parked: { delivery: Delivery; why: ParkReason }[] = [];
    const refused: RefusedDelivery[] = [];
    const turns = new Turns();
    for (const [index, delivery] of deliveries.entries()) {
      // An id seen before, or a second time in this batch, changes nothing.
      if (!fresh.delete(delivery.eventId)) continue;
      const { key } = delivery.record;
      if ('refusal' in delivery) {
        refused.push(delivery);
      } else if (parkedKeys.has(key)) {
        parked.push({ delivery, why: BEHIND });
      } else if ('problem' in delivery) {
        this.#reportSetAside(delivery, delivery.problem, `parked unread (${this.#retryHint(delivery)})`);
        parked.push({ delivery, why: reasonOf(delivery.problem, 1) });
        if (key !== '') parkedKeys.add(key);
      } else {
        turns.add([key, delivery.event.correlationId], () =>
          this.#handle(unit, delivery).catch((error: unknown) => {
            onFailed?.(index, error);
            throw error;
          }),
        );
      }
    }
    await turns.done();
    if (refused.length > 0) await this.#refuse(unit, refused);
    if (parked.length > 0) await this.#park(unit, parked);
  }

  #retryHint({ record: { key } }: Delivery): string {
    const { name } = this.settings;
    const which = key === '' ? '--id ID, with the id of `lendctl parked list`' : `--key ${key}`;
    return `not tried again by itself; once the reason is gone: lendctl parked retry --consumer ${name} ${which}`;
  }

  async #handle(unit: UnitOfWork, delivery: HandledDelivery): Promise<void> {
    const { event, handler, type, record } = delivery;
    const began = performance.now();
    const activity = {
      ...activityOf(delivery),
      name: `process ${type}`,
      kind: SpanKind.CONSUMER,
      attributes: { 'messaging.message.id': event.id, 'messaging.destination.name': record.topic },
    };
    await runActivity(this.#telemetry.tracer, activity, () => handler.handle(event, unit.as(contextOf(event, this.settings.name))));
    const seconds = (performance.now() - began) / 1_000;
    unit.afterCommit(() => inActivity(activityOf(delivery), () => this.#telemetry.eventHandled(type, seconds)));
  }

  /** Records are passed over for good: what follows of their key must not wait for a word that nobody owes. */
  async #refuse(unit: UnitOfWork, refused: readonly RefusedDelivery[]): Promise<void> {
    await recordRefused(unit.client, this.settings.name, refused);
    unit.afterCommit(() => {
      for (const delivery of refused) this.#reportSetAside(delivery, delivery.refusal.reason, `refused (${delivery.refusal.code}) and passed over`);
    });
  }

  async #park(unit: UnitOfWork, parked: readonly { delivery: Delivery; why: ParkReason }[]): Promise<void> {
    await parkEvents(unit.client, this.settings.name, parked);
    unit.afterCommit(() => {
      for (const { delivery } of parked) this.#telemetry.eventParked(delivery.type);
    });
  }

  /** Tells of an event that nobody tries again by himself. */
  #reportSetAside(delivery: Delivery, error: unknown, outcome: string): void {
    this.#report(delivery, error, outcome, SetAsideError);
  }

  #report(delivery: Delivery, error: unknown, outcome: string, Kind: new (message: string, options: ErrorOptions) => Error = Error): void {
    const { eventId, type, record } = delivery;
    const { topic, partition, offset } = record;
    const message = `${this.settings.name}: event ${eventId} (${type || 'unknown type'}, ${topic}/${partition}@${offset}) ${outcome}: ${String(error)}`;
    inActivity(activityOf(delivery), () => this.settings.onError(new Kind(message, { cause: error })));
  }
}

type HandledDelivery = Exclude<Delivery, { readonly problem: Error } | { readonly refusal: Refusal }>;
type RefusedDelivery = Extract<Delivery, { readonly refusal: Refusal }>;

/** Told by the headers alone, so that it is known of an event that cannot be read too. */
function activityOf({ record: { headers } }: Delivery): Activity {
  return { traceparent: headers['traceparent'], applicationId: headers['ce_correlationid'] };
}
