import { describeEvent, versionedType, type EventClass } from '@millrace/contracts';
import { decodeEvent, InvalidEventError, TYPE_HEADER } from './envelope.js';
import type { EventLog, RecordBatch, StoredRecord, Subscription } from './event-log.js';
import type { EventHandler, ReceivedEvent } from './event-transaction.js';
import { markSeen } from './inbox.js';
import { BEHIND_PARKED, lockOldestParked, park, resolveParked } from './parked-events.js';
import type { TransactionRunner, UnitOfWork } from './transaction-runner.js';

/** Class of an event handler; the service's injector makes the instance. */
export type HandlerClass<E extends object = object> = new (...args: never[]) => EventHandler<E>;

/** One line of a service's list of consumed events. */
export interface ConsumedEvent {
  readonly eventClass: EventClass;
  readonly handlerClass: HandlerClass;
}

/** Says that a handler handles an event: `consume(KycPassed, OnKycPassed)`. */
export function consume<E extends object>(eventClass: new (fields: never) => E, handlerClass: HandlerClass<E>): ConsumedEvent {
  return { eventClass: eventClass as EventClass, handlerClass: handlerClass as unknown as HandlerClass };
}

/** Bounds of a consumer's retries and batches; every one is explicit. */
export interface ConsumerTuning {
  readonly maxBatchRecords: number;
  readonly concurrentPartitions: number;
  readonly sessionTimeoutMs: number;
  /** Tries of one event before it is parked. */
  readonly maxAttempts: number;
  /** Wait before the second try; it doubles up to `maxBackoffMs`. */
  readonly firstBackoffMs: number;
  readonly maxBackoffMs: number;
}

/** Settings of a consumer. */
export interface ConsumerOptions {
  /** Consumer group and inbox name: the service's name. */
  readonly name: string;
  readonly log: EventLog;
  readonly runner: TransactionRunner;
  readonly subscriptions: readonly ConsumedEvent[];
  readonly resolve: (handlerClass: HandlerClass) => EventHandler<object>;
  readonly tuning: ConsumerTuning;
  readonly onError: (error: Error) => void;
}

interface Incoming {
  readonly id: string;
  readonly record: StoredRecord;
  readonly event: ReceivedEvent<object>;
}

type Decoded = Incoming | { readonly record: StoredRecord; readonly invalid: Error };

/** Hands events to their handlers, each exactly once in effect: inbox row, changes and outbox rows commit together (design §4). */
export class Consumer {
  readonly #options: ConsumerOptions;
  readonly #handlers: Map<string, EventHandler<object>>;
  #subscription: Subscription | undefined;

  constructor(options: ConsumerOptions) {
    this.#options = options;
    this.#handlers = new Map(options.subscriptions.map(({ eventClass, handlerClass }) => [versionedType(describeEvent(eventClass)), options.resolve(handlerClass)]));
  }

  async start(): Promise<void> {
    const { name, log, tuning, onError } = this.#options;
    const topics = [...new Set(this.#options.subscriptions.map(({ eventClass }) => describeEvent(eventClass).topic))];
    if (topics.length === 0) return;
    this.#subscription = await log.subscribe({
      group: name,
      topics,
      startAt: 'earliest',
      maxBatchRecords: tuning.maxBatchRecords,
      concurrentPartitions: tuning.concurrentPartitions,
      sessionTimeoutMs: tuning.sessionTimeoutMs,
      retryDelayMs: tuning.maxBackoffMs,
      onBatch: (batch) => this.handleBatch(batch),
      onError,
    });
  }

  async stop(): Promise<void> {
    await this.#subscription?.stop();
  }

  /** Handles one batch: all in one transaction, or one event a transaction once something has failed. */
  async handleBatch(batch: Pick<RecordBatch, 'records'>): Promise<void> {
    const decoded = batch.records.filter((record) => this.#handlers.has(record.headers[TYPE_HEADER] ?? '')).map((record) => this.#decode(record));
    if (decoded.length === 0) return;
    if (decoded.every((item) => 'event' in item)) {
      try {
        await this.#options.runner.transaction((unit) => this.#handleAll(unit, decoded));
        return;
      } catch (error) {
        if (decoded.length > 1) this.#options.onError(error as Error);
      }
    }
    for (const item of decoded) await this.#handleAlone(item);
  }

  /** Drains the parked events of a key in order; stops at the first that fails again. Returns how many were handled. */
  async retryParked(key: string, by: string): Promise<{ handled: number; failure?: Error }> {
    const { name, runner } = this.#options;
    for (let handled = 0; ; handled++) {
      try {
        const found = await runner.transaction(async (unit) => {
          const parked = await lockOldestParked(unit, name, key);
          if (!parked) return false;
          await this.#dispatch(unit, decodeEvent(parked.record));
          await resolveParked(unit, parked.id, 'retried', by);
          return true;
        });
        if (!found) return { handled };
      } catch (failure) {
        await runner.transaction((unit) =>
          unit.query(`update parked_event set attempts = attempts + 1, reason = $3 where id = (select min(id) from parked_event where consumer = $1 and key = $2 and status = 'parked')`, [
            name,
            key,
            (failure as Error).message.slice(0, 500),
          ]),
        );
        return { handled, failure: failure as Error };
      }
    }
  }

  #decode(record: StoredRecord): Decoded {
    try {
      const event = decodeEvent(record);
      return { id: event.id, record, event };
    } catch (error) {
      return { record, invalid: error as Error };
    }
  }

  async #handleAll(unit: UnitOfWork, items: readonly Incoming[]): Promise<void> {
    const { fresh, parkedKeys } = await markSeen(unit, this.#options.name, items);
    for (const { id, record, event } of items) {
      if (!fresh.delete(id)) continue;
      if (parkedKeys.has(record.key)) await park(unit, this.#options.name, record, BEHIND_PARKED, 0);
      else await this.#dispatch(unit, event);
    }
  }

  async #handleAlone(item: Decoded): Promise<void> {
    const { runner, tuning, name } = this.#options;
    if ('invalid' in item) {
      this.#options.onError(item.invalid);
      await runner.transaction((unit) => park(unit, name, item.record, item.invalid.message, 1, item.invalid));
      return;
    }
    for (let attempt = 1, backoffMs = tuning.firstBackoffMs; ; attempt++, backoffMs = Math.min(backoffMs * 2, tuning.maxBackoffMs)) {
      try {
        await runner.transaction((unit) => this.#handleAll(unit, [item]));
        return;
      } catch (error) {
        this.#options.onError(error as Error);
        if (attempt >= tuning.maxAttempts || error instanceof InvalidEventError) return this.#parkFailed(item, error as Error, attempt);
        await new Promise((resolve) => setTimeout(resolve, backoffMs));
      }
    }
  }

  async #parkFailed(item: Incoming, error: Error, attempts: number): Promise<void> {
    const { runner, name } = this.#options;
    await runner.transaction(async (unit) => {
      const { fresh } = await markSeen(unit, name, [item]);
      if (fresh.has(item.id)) await park(unit, name, item.record, error.message, attempts, error);
    });
  }

  async #dispatch(unit: UnitOfWork, event: ReceivedEvent<object>): Promise<void> {
    const handler = this.#handlers.get(event.type);
    if (!handler) throw new Error(`${this.#options.name} has no handler for ${event.type}`);
    const context = { actor: { kind: 'system' as const, id: this.#options.name }, causationId: event.id, traceparent: event.traceparent };
    await handler.handle(event, unit.scope(context));
  }
}
