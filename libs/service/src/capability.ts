import type { EventClass } from '@millrace/contracts';
import type { ConsumedEvent } from '@millrace/messaging';
import type { AnyProcess, SubjectTable } from '@millrace/process';
import type { HandledTaskKind } from '@millrace/tasks';
import type { Provider, Type } from '@nestjs/common';
import type { SealedRecords } from './sealed-records.js';

/** A job that graphile-worker runs outside any transaction; the place for calls to the outside world (M-EV-02). */
export interface JobHandler {
  /** Throws to be tried again with back-off; `attempt` counts from 1. */
  run(payload: Record<string, unknown>, job: { readonly id: string; readonly attempt: number; readonly maxAttempts: number }): Promise<void>;
}

/** Work done whenever time has moved on (deadlines, payment queries); reads the injected clock, and is safe to run twice. */
export interface Ticker {
  tick(): Promise<void>;
}

/** A ticker and how often it is asked. */
export interface TimedTicker {
  readonly intervalMs: number;
  readonly ticker: Type<Ticker>;
}

/** Tables whose content follows from the log alone, so that they can be made anew from it (M-EV-06). */
export interface ReadModel {
  /** Name for `lendctl rebuild --model`, its own among all services. */
  readonly name: string;
  /** Its tables, with nothing else in them and without foreign keys and triggers. */
  readonly tables: readonly string[];
  /** Column of every one of them that says whose application a row is of, for `lendctl rebuild --application`. */
  readonly applicationColumn: string;
  /** The part of the service's list that feeds it. The handlers write into nothing but its tables, and only what the event says: no clock, no new id. */
  readonly consumes: readonly ConsumedEvent[];
}

/** What of a service's own state an operator wants to see on one screen (`lendctl status`): work that waits for a person or for the outside world. */
export interface StatusFigure {
  /** What is counted, in the plural, e.g. `review tasks`. */
  readonly name: string;
  /** Statement in the service's schema; $1 is the present time. A row for each label: `label` text, `count` int, `oldestSeconds` float8 or null. */
  readonly sql: string;
}

/** An outside party that a service calls. */
export interface OutsideParty {
  /** Name of its client in metrics, logs and errors. */
  readonly name: string;
  /** Sections of docs/provider-contract.md and parts of the sandbox that it needs, by their fault names. */
  readonly parts: readonly string[];
}

/**
 * What one folder of a service brings to it: the folder's `capability.ts` exports exactly one, with only what the folder has. The service lists it, and
 * all that the runtime, `lendctl` and the generated pages need of the service is put together from these lists.
 */
export interface Capability {
  /** Name of the folder. */
  readonly name: string;
  /** Files that other folders of the service may import, by their paths in the folder without ending, e.g. `loan-account`; all others are its own. */
  readonly face?: readonly string[];
  readonly controllers?: readonly Type[];
  /** What Nest builds besides the handlers that the lists below name; those need not be said twice. */
  readonly providers?: readonly Provider[];
  /** Tables that are read and written through TypeORM. */
  readonly entities?: readonly (new () => object)[];
  /** Tables of processes; an unsound one does not start. */
  readonly processes?: readonly AnyProcess[];
  /** Where the subjects of its processes and their sealed histories are; `lendctl verify` holds every chain against its seals (R-OP-06). */
  readonly histories?: readonly SubjectTable[];
  /** Tables that keep personal data. Where a service has some, its field keys must be set, and `FieldCipher` can be injected. */
  readonly sealedRecords?: readonly SealedRecords[];
  /** Events and their handlers. An event has one handler in a service: the upper of two capabilities that want it consumes it and calls the other's face. */
  readonly consumes?: readonly ConsumedEvent[];
  /** Events that are made in this folder; those of tasks are added where there are kinds of tasks. */
  readonly produces?: readonly EventClass[];
  /** What can be rebuilt from the log. */
  readonly readModels?: readonly ReadModel[];
  /** Outside parties that it calls. A test holds the contract's page and the sandbox against it. */
  readonly outsideParties?: readonly OutsideParty[];
  /** graphile-worker tasks by name. */
  readonly jobs?: Readonly<Record<string, Type<JobHandler>>>;
  readonly tickers?: readonly TimedTicker[];
  /** Questions that are left to people, each with the handler that does what they decide. */
  readonly taskKinds?: readonly HandledTaskKind[];
  /** What `lendctl status` shows beside what all services have. */
  readonly figures?: readonly StatusFigure[];
}

/** Types a capability; what does not fit together is refused when its service is put together. */
export function defineCapability(capability: Capability): Capability {
  return capability;
}
