import { fileURLToPath } from 'node:url';
import { MESSAGING_MIGRATIONS } from '@millrace/messaging';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS, UNLIMITED } from './database-limits.js';
import { migrateSchema } from './migrate.js';
import { openPool } from './pool.js';
import type { ServiceDefinition } from './service-definition.js';

const { escapeIdentifier, escapeLiteral } = pg;

async function databaseName(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  return escapeIdentifier(rows[0]!.name);
}

/** Creates a role that owns one schema and can use nothing else (design §5); run by the job that has the administrator's URL. */
export async function provisionSchema(admin: pg.Client, schema: string, password: string): Promise<void> {
  const role = escapeIdentifier(schema);
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [schema]);
  const verb = known.rowCount ? 'alter' : 'create';
  await admin.query(`${verb} role ${role} login password ${escapeLiteral(password)}`);
  const database = await databaseName(admin);
  await admin.query(
    `revoke all on database ${database} from public; revoke all on schema public from public; grant connect, temporary on database ${database} to ${role}`,
  );
  // The administrator of a managed server is no superuser: it has to be a member of a role to give a schema to it.
  await admin.query(`grant ${role} to current_user`).catch(() => undefined);
  await admin.query(`create schema if not exists ${role} authorization ${role}`);
  await admin.query(`alter role ${role} in database ${database} set search_path = ${role}`);
  // At every run, so that an installation of before has them from its next start on; the role's new connections take them.
  await admin.query(`alter role ${role} in database ${database} set lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await admin.query(`alter role ${role} in database ${database} set statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
}

/** Schema beside a service's own in which its read models are rebuilt while the live ones serve. */
export function shadowSchemaOf(schema: string): string {
  return `${schema}_shadow`;
}

/** Creates the shadow schema for the same role: a role may not create schemas itself. */
export async function provisionShadow(admin: pg.Client, schema: string): Promise<void> {
  await admin.query(`create schema if not exists ${escapeIdentifier(shadowSchemaOf(schema))} authorization ${escapeIdentifier(schema)}`);
}

/** Address of one service's schema on the administrator's server. */
export function roleUrl(adminUrl: string, schema: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = schema;
  url.password = password;
  return url.toString();
}

/**
 * graphile-worker's first migration says `create schema if not exists`, which PostgreSQL refuses to a role without this grant even where the
 * schema exists; so the role has it for that moment only.
 */
async function migrateJobs(admin: pg.Client, pool: pg.Pool, schema: string): Promise<void> {
  const grant = `create on database ${await databaseName(admin)}`;
  await admin.query(`grant ${grant} to ${escapeIdentifier(schema)}`);
  try {
    await runMigrations({ pgPool: pool, schema, noHandleSignals: true });
  } finally {
    await admin.query(`revoke ${grant} from ${escapeIdentifier(schema)}`);
  }
}

/** Brings a service's schema up to date, as its own role: jobs, messaging tables, then its own migrations; forward only. */
export async function migrateService(admin: pg.Client, definition: ServiceDefinition, databaseUrl: string): Promise<void> {
  // A connection that is lost fails the statement that it carries, which says enough.
  const pool = openPool({ connectionString: databaseUrl, max: 2, options: UNLIMITED }, () => undefined);
  try {
    if (Object.keys(definition.jobs).length > 0) await migrateJobs(admin, pool, definition.schema);
    const folders = [MESSAGING_MIGRATIONS, definition.migrations].map((folder) => fileURLToPath(folder));
    await migrateSchema({ pool, schema: definition.schema, folders });
  } finally {
    await pool.end();
  }
}
