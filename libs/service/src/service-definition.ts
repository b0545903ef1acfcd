import type { EventClass } from '@millrace/contracts';
import type { ConsumedEvent } from '@millrace/messaging';
import type { SubjectTable } from '@millrace/process';
import type { HandledTaskKind } from '@millrace/tasks';
import type { Type } from '@nestjs/common';
import type { BaseConfig } from './config.js';
import type { Database } from './database.js';
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

/** Everything the runtime must know of a service; each service exports exactly one from its `<service>.module.ts`. */
export interface ServiceDefinition<C extends BaseConfig = BaseConfig> {
  /** Name on the wire, in logs and as consumer group, e.g. `loan-application`. */
  readonly name: string;
  /** PostgreSQL schema and role, e.g. `loan_application`. */
  readonly schema: string;
  /** Settings class, validated at start. */
  readonly config: new () => C;
  /**
   * What is wrong with the files and settings that the service will need, one plain line each: what, where, and what to do. Asked before anything
   * listens ({@link checkStart}); must be fast, and calls no server.
   */
  check?(config: C, now: Date): Promise<readonly string[]> | readonly string[];
  /**
   * What is wrong with rows of its own database that decisions rest on as they do on files, one plain line each. Asked when the service starts, before
   * it listens; may only read.
   */
  checkRows?(database: Database, config: C, now: Date): Promise<readonly string[]>;
  /** Nest module with the controllers and providers. */
  readonly module: Type;
  /** Folder of forward-only SQL migrations of this service. */
  readonly migrations: URL;
  /** Tables that keep personal data. Where there are some, the field keys must be set, and `FieldCipher` can be injected. */
  readonly sealedRecords?: readonly SealedRecords[];
  /** Where the subjects of its processes and their sealed histories are; `lendctl verify` holds every chain against its seals (R-OP-06). */
  readonly histories?: readonly SubjectTable[];
  /** THE list of consumed events: one screen answers "who listens?". */
  readonly consumes: readonly ConsumedEvent[];
  /** What can be rebuilt from the log; none where it is not given. */
  readonly readModels?: readonly ReadModel[];
  /** Events this service writes, for the generated catalogue. */
  readonly produces: readonly EventClass[];
  /** Outside parties that this service calls; none where it is not given. A test holds the contract's page and the sandbox against it. */
  readonly outsideParties?: readonly OutsideParty[];
  /** graphile-worker tasks by name; handlers are resolved from the module. */
  readonly jobs: Readonly<Record<string, Type<JobHandler>>>;
  /** Questions that this service leaves to people, each with the handler that does what they decide; none where it is not given. */
  readonly taskKinds?: readonly HandledTaskKind[];
  /** What `lendctl status` shows beside what all services have; nothing where it is not given. */
  readonly figures?: readonly StatusFigure[];
  /** Tickers by interval; resolved from the module. */
  readonly tickers: readonly { readonly intervalMs: number; readonly ticker: Type<Ticker> }[];
}

/** Types a definition without widening its config. */
export function defineService<C extends BaseConfig>(definition: ServiceDefinition<C>): ServiceDefinition<C> {
  return definition;
}
