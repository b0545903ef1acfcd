import { setTimeout as delay } from 'node:timers/promises';
import { describeEvent } from '@millrace/contracts';
import type { EventLog } from '@millrace/messaging';
import pg from 'pg';
import { ConfigError } from './config.js';
import { migrationFolders } from './migration-folders.js';
import { databaseUnavailable } from './database.js';
import { migrationNames, refuseNewerSchema } from './newer-schema.js';
import type { ServiceDefinition } from './service-definition.js';

/** The jobs that prepare an installation have not done their part for this service yet. */
export class NotPreparedError extends Error {}

/** How a process waits for the jobs that prepare its installation. */
export interface Patience {
  /** After so long the last reason ends the start; whoever started the process starts it again. */
  readonly patienceMs: number;
  readonly retryMs: number;
  /** Told of each new reason to wait. */
  readonly onWait: (reason: Error) => void;
}

const UNDEFINED_TABLE = '42P01';

/** Migrations that a schema has seen; none where the migration job has not come by yet. */
export async function appliedMigrations(definition: Pick<ServiceDefinition, 'schema'>, url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url, application_name: definition.schema });
  try {
    await client.connect();
    const { rows } = await client.query<{ name: string }>('select name from schema_migration');
    return new Set(rows.map(({ name }) => name));
  } catch (error) {
    if ((error as { code?: string }).code === UNDEFINED_TABLE) return new Set();
    throw databaseUnavailable(url, definition.schema, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Throws where the schema is older or newer than this program, or a topic that it reads or writes is missing: working on would park events that are sound. */
export async function checkPrepared(definition: ServiceDefinition, databaseUrl: string, log: EventLog): Promise<void> {
  const applied = await appliedMigrations(definition, databaseUrl);
  const folders = migrationFolders(definition.migrations);
  refuseNewerSchema(definition.schema, applied, folders);
  const due = folders.flatMap(migrationNames).filter((name) => !applied.has(name));
  if (due.length > 0) throw new NotPreparedError(`${due.length} migrations of ${definition.schema} are due: the migration job applies them`);
  const events = [...definition.consumes.map(({ eventClass }) => eventClass), ...definition.produces];
  for (const topic of new Set(events.map((eventClass) => describeEvent(eventClass).topic))) await log.offsets(topic);
}

/** Tries until it succeeds: servers and jobs of an installation start in any order. A setting that is wrong is not waited for. */
export async function retryPatiently<T>(attempt: () => Promise<T>, { patienceMs, retryMs, onWait }: Patience): Promise<T> {
  const deadline = performance.now() + patienceMs;
  let said = '';
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (error instanceof ConfigError || performance.now() > deadline) throw error;
      const reason = error as Error;
      if (reason.message !== said) onWait(reason);
      said = reason.message;
      await delay(retryMs);
    }
  }
}
