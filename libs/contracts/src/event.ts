import 'reflect-metadata';
import { currentEventType } from './event-names.js';

/** Who outside the lender is told of an event: nobody, or the partner whose application it is about, on its timeline. */
export type EventVisibility = 'nobody' | 'partners';

/** What the wire needs to know of an event class; written once, beside the class, never derived from its name. */
export interface EventDescriptor {
  /** CloudEvents type without the version, e.g. `dev.millrace.lending.kyc-antifraud.passed`. */
  readonly type: string;
  /** Payload version; a breaking change is a new class with the next version, beside the old one. */
  readonly version: number;
  /** The one service that writes it; `tasks` for those of the topic that several services share. */
  readonly producer: string;
  /** Topic of the producing service. */
  readonly topic: string;
  /** Payload field whose value is the log key, so that one loan's events stay in order. */
  readonly keyField: 'applicationId' | 'loanId' | 'storyId';
  /** One sentence for the event catalogue: what fact this is, and who acts on it. */
  readonly summary: string;
  /** Absent means nobody: a new event stays inside until its author decides otherwise. */
  readonly visibleTo?: EventVisibility;
}

/** Payload fields of an event class, as plain data. */
export type PayloadOf<E> = { [K in keyof E as E[K] extends (...args: never[]) => unknown ? never : K]: E[K] };

/**
 * Base of every event: a past-tense fact with explicit fields. Payloads hold ids and amounts, never a natural person's data (R-LE-01).
 * `E` is the class itself, so that the constructor accepts exactly its fields.
 */
export abstract class DomainEvent<E> {
  constructor(fields: PayloadOf<E>) {
    Object.assign(this, fields);
  }
}

/** Any concrete event class. */
export type EventClass<E extends object = object> = (new (fields: never) => E) & { name: string };

const descriptors = new Map<EventClass, EventDescriptor>();
const classes = new Map<string, EventClass>();

/** Marks a class as an event of the log and registers it under its versioned type. */
export function Event(descriptor: EventDescriptor) {
  return (target: EventClass): void => {
    const name = versionedType(descriptor);
    if (classes.has(name)) throw new Error(`event type ${name} is declared twice`);
    classes.set(name, target);
    descriptors.set(target, Object.freeze({ ...descriptor }));
  };
}

/** CloudEvents `type`: the type and its version, e.g. `dev.millrace.lending.kyc-antifraud.passed.v1`. */
export function versionedType(descriptor: Pick<EventDescriptor, 'type' | 'version'>): string {
  return `${descriptor.type}.v${descriptor.version}`;
}

/** Descriptor of an event class; throws for a class without `@Event`, which is a programming error. */
export function describeEvent(eventClass: EventClass): EventDescriptor {
  const descriptor = descriptors.get(eventClass);
  if (!descriptor) throw new Error(`${eventClass.name} is not decorated with @Event`);
  return descriptor;
}

/** Event class of a CloudEvents `type`, in its present or a former name, or undefined where this build does not know it. */
export function eventClassOf(cloudEventType: string): EventClass | undefined {
  return classes.get(currentEventType(cloudEventType));
}

/** True for an event that a partner is told of; the gateway's timeline consumes these and shows no others (R-LG-02). */
export function isVisibleToPartners(eventClass: EventClass): boolean {
  return describeEvent(eventClass).visibleTo === 'partners';
}

/** Every registered event class, sorted by type, for catalogues, schemas and tests. */
export function allEventClasses(): EventClass[] {
  return [...classes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, eventClass]) => eventClass);
}
