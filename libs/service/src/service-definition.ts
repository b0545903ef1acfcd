import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Capability } from './capability.js';
import { composeCapabilities, type ComposedCapabilities } from './compose-capabilities.js';
import type { BaseConfig } from './config.js';
import type { Database } from './database.js';

/** What a service says of itself beside what its capabilities bring. */
export interface ServiceOutline<C extends BaseConfig = BaseConfig> {
  /** Name on the wire, in logs and as consumer group, e.g. `loan-application`. */
  readonly name: string;
  /** PostgreSQL schema and role, e.g. `loan_application`. */
  readonly schema: string;
  /** Settings class, validated at start. */
  readonly config: new () => C;
  /** Folder of forward-only SQL migrations of this service. */
  readonly migrations: URL;
  /** What the service does, one a folder, from the bottom up: each imports only from those before it, and a test names an import that does not. */
  readonly capabilities: readonly Capability[];
  /** True where the service authenticates its callers itself (gateway), or plays the outside world (sandbox). */
  readonly authenticatesItself?: boolean;
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
  /** Addresses and networks whose X-Forwarded-For is believed; none where it is not given. */
  trustedProxies?(config: C): string[];
  /** Adds to the application what no module can, before it listens, e.g. the page that shows its OpenAPI document. */
  configure?(app: NestFastifyApplication): void;
}

/** Everything the runtime must know of a service; each service exports exactly one from its `<service>.module.ts`. */
export type ServiceDefinition<C extends BaseConfig = BaseConfig> = ServiceOutline<C> & ComposedCapabilities;

/** Puts a service together from its capabilities; throws where two of them claim the same event, job, table or name. */
export function defineService<C extends BaseConfig>(outline: ServiceOutline<C>): ServiceDefinition<C> {
  return { ...outline, ...composeCapabilities(outline.name, outline.capabilities) };
}
