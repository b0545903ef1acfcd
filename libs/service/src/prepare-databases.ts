import { fileURLToPath } from 'node:url';
import { EVENT_LOG_MIGRATIONS } from '@millrace/messaging';
import pg from 'pg';
import { migrateSchema } from './migrate.js';
import { migrateService, provisionSchema, roleUrl } from './provision.js';
import type { ServiceDefinition } from './service-definition.js';

const EVENT_LOG_SCHEMA = 'event_log';

/** URLs with each schema's own role. */
export interface DatabaseUrls {
  readonly eventLog: string;
  readonly of: (schema: string) => string;
}

/** What one installation, or one test, wants to have. */
export interface PrepareDatabasesOptions {
  /** URL with an administrator's role; its database is only used to make the other one. */
  readonly adminUrl: string;
  /** Database that holds all schemas of the installation; made where it is missing. */
  readonly database: string;
  /** Password of every role. */
  readonly rolePassword: string;
  readonly definitions: readonly ServiceDefinition[];
}

/** The migration job: a database, a role and schema for the log and each service, and every migration that is due. Two jobs at once wait for each other. */
export async function prepareDatabases(options: PrepareDatabasesOptions): Promise<DatabaseUrls> {
  const { adminUrl, database, rolePassword, definitions } = options;
  const server = new pg.Client({ connectionString: adminUrl });
  await server.connect();
  try {
    // Roles belong to the whole server, and PostgreSQL fails a role change that meets another one.
    await server.query(`select pg_advisory_lock(hashtext('millrace'), hashtext('prepare'))`);
    const known = await server.query('select 1 from pg_database where datname = $1', [database]);
    if (!known.rowCount) await server.query(`create database ${pg.escapeIdentifier(database)}`);
    const databaseUrl = new URL(adminUrl);
    databaseUrl.pathname = `/${database}`;
    return await migrateAll(databaseUrl.toString(), rolePassword, definitions);
  } finally {
    await server.end();
  }
}

async function migrateAll(databaseUrl: string, rolePassword: string, definitions: readonly ServiceDefinition[]): Promise<DatabaseUrls> {
  const of = (schema: string): string => roleUrl(databaseUrl, schema, rolePassword);
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  const logPool = new pg.Pool({ connectionString: of(EVENT_LOG_SCHEMA), max: 1 });
  try {
    for (const schema of [EVENT_LOG_SCHEMA, ...definitions.map((definition) => definition.schema)]) await provisionSchema(admin, schema, rolePassword);
    await migrateSchema({ pool: logPool, schema: EVENT_LOG_SCHEMA, folders: [fileURLToPath(EVENT_LOG_MIGRATIONS)] });
    await Promise.all(definitions.map((definition) => migrateService(admin, definition, of(definition.schema))));
    return { eventLog: of(EVENT_LOG_SCHEMA), of };
  } finally {
    await logPool.end();
    await admin.end();
  }
}
