import { fileURLToPath } from 'node:url';
import { applyPostgresLogRights, EVENT_LOG_MIGRATIONS } from '@millrace/messaging';
import pg from 'pg';
import { databaseUnavailable } from './database.js';
import { postgresRightsOf, usesEventLog } from './log-rights.js';
import { migrateSchema } from './migrate.js';
import { migrateService, openOwnerPool, provisionOwner, provisionSchema, provisionShadow, roleUrl } from './provision.js';
import type { ServiceDefinition } from './service-definition.js';
import { takeLock } from './take-lock.js';

const EVENT_LOG_SCHEMA = 'event_log';

/** Password of every role, or one each by schema. Without one of `event_log` there is no log in PostgreSQL: the installation has its log elsewhere. */
export type RolePasswords = string | Readonly<Record<string, string | undefined>>;

/** URLs with each schema's own role. */
export interface DatabaseUrls {
  /** The log with the operators' role, which works with every topic. */
  readonly eventLog: string;
  /** A service's schema with its own role, which is the service's way to the log too. */
  readonly of: (schema: string) => string;
}

/** What one installation, or one test, wants to have. */
export interface PrepareDatabasesOptions {
  /** URL with an administrator's role; its database is only used to make the other one. */
  readonly adminUrl: string;
  /** Database that holds all schemas of the installation; made where it is missing. */
  readonly database: string;
  readonly rolePassword: RolePasswords;
  readonly definitions: readonly ServiceDefinition[];
}

/** The migration job: a database, a role and schema for the log and each service, and every migration that is due. Two jobs at once wait for each other. */
export async function prepareDatabases(options: PrepareDatabasesOptions): Promise<DatabaseUrls> {
  const { adminUrl, database, rolePassword, definitions } = options;
  const server = new pg.Client({ connectionString: adminUrl });
  await server.connect().catch((error: unknown) => {
    throw databaseUnavailable(adminUrl, 'the administrator', error);
  });
  try {
    // Roles belong to the whole server, and PostgreSQL fails a role change that meets another one.
    await takeLock(server, 'millrace', 'prepare');
    const known = await server.query('select 1 from pg_database where datname = $1', [database]);
    if (!known.rowCount) await server.query(`create database ${pg.escapeIdentifier(database)}`);
    const databaseUrl = new URL(adminUrl);
    databaseUrl.pathname = `/${database}`;
    return await migrateAll(databaseUrl.toString(), rolePassword, definitions);
  } finally {
    await server.end();
  }
}

async function migrateEventLog(adminDatabaseUrl: string, definitions: readonly ServiceDefinition[]): Promise<void> {
  const pool = openOwnerPool(adminDatabaseUrl, EVENT_LOG_SCHEMA);
  try {
    await migrateSchema({ pool, schema: EVENT_LOG_SCHEMA, folders: [fileURLToPath(EVENT_LOG_MIGRATIONS)] });
    const client = await pool.connect();
    try {
      // In one transaction, so that a service that runs meanwhile never sees itself without rights.
      await client.query('begin');
      await applyPostgresLogRights(client, definitions.filter(usesEventLog).map(postgresRightsOf));
      await client.query('commit');
    } finally {
      client.release(true);
    }
  } finally {
    await pool.end();
  }
}

async function migrateAll(databaseUrl: string, rolePassword: RolePasswords, definitions: readonly ServiceDefinition[]): Promise<DatabaseUrls> {
  const passwordOf = (schema: string): string | undefined => (typeof rolePassword === 'string' ? rolePassword : rolePassword[schema]);
  const of = (schema: string): string => {
    const password = passwordOf(schema);
    if (!password) throw new Error(`there is no password for the role ${schema}`);
    return roleUrl(databaseUrl, schema, password);
  };
  const withLog = passwordOf(EVENT_LOG_SCHEMA) !== undefined;
  const schemas = [...(withLog ? [EVENT_LOG_SCHEMA] : []), ...definitions.map((definition) => definition.schema)];
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  try {
    await provisionOwner(admin);
    for (const schema of schemas) await provisionSchema(admin, schema, passwordOf(schema)!);
    for (const { schema, readModels } of definitions) if (readModels.length > 0) await provisionShadow(admin, schema);
    if (withLog) await migrateEventLog(databaseUrl, definitions);
    for (const definition of definitions) await migrateService(definition, databaseUrl);
    return {
      of,
      get eventLog() {
        return of(EVENT_LOG_SCHEMA);
      },
    };
  } finally {
    await admin.end();
  }
}
