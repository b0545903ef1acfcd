import { currentEventType, describeEvent, versionedType, type EventClass } from '@millrace/contracts';
import type { EventHandler } from './event-transaction.js';

/** Class of a handler; its instance comes from the service's injector. */
export type HandlerClass<E> = abstract new (...args: never[]) => EventHandler<E>;

/** One line of a service's list of consumed events. */
export interface ConsumedEvent {
  readonly eventClass: EventClass;
  readonly handler: HandlerClass<never>;
}

/** Says which handler gets which event: `consume(KycRequested, OnKycRequested)`. */
export function consume<E extends object>(eventClass: new (fields: never) => E, handler: HandlerClass<E>): ConsumedEvent {
  return { eventClass, handler };
}

/** Gives the instance of a handler class, e.g. Nest's `ModuleRef.get`. */
export type ResolveHandler = (handlerClass: HandlerClass<never>) => EventHandler<never>;

/** Event class and handler by CloudEvents type; handlers are resolved once. */
export class HandlerTable {
  readonly topics: readonly string[];
  readonly #producers: ReadonlyMap<string, string>;
  readonly #byType = new Map<string, { eventClass: EventClass; handler: EventHandler<never> }>();

  constructor(subscriptions: readonly ConsumedEvent[], resolve: ResolveHandler) {
    for (const { eventClass, handler } of subscriptions) {
      const type = versionedType(describeEvent(eventClass));
      if (this.#byType.has(type)) throw new Error(`${type} is consumed twice by one consumer`);
      this.#byType.set(type, { eventClass, handler: resolve(handler) });
    }
    this.#producers = new Map(subscriptions.map(({ eventClass }) => [describeEvent(eventClass).topic, describeEvent(eventClass).producer]));
    this.topics = [...this.#producers.keys()].sort();
  }

  /** Service that owns a topic that is listened to. */
  producerOf(topic: string): string | undefined {
    return this.#producers.get(topic);
  }

  /** By the type as a record has it, in its present or a former name. */
  find(type: string | undefined): { eventClass: EventClass; handler: EventHandler<never> } | undefined {
    return type === undefined ? undefined : this.#byType.get(currentEventType(type));
  }
}
