import { fileURLToPath } from 'node:url';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { LOCK_TIMEOUT_MS, STATEMENT_TIMEOUT_MS } from './database-limits.js';
import { grantRights, OWNER_ROLE } from './grant-rights.js';
import { migrateSchema } from './migrate.js';
import { migrationFolders } from './migration-folders.js';
import { openPool } from './pool.js';
import type { ServiceDefinition } from './service-definition.js';

const { escapeIdentifier, escapeLiteral } = pg;

async function databaseName(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ name: string }>('select current_database() as name');
  return escapeIdentifier(rows[0]!.name);
}

/** The role that owns all schemas of this database; only a migration acts as it. */
export async function provisionOwner(admin: pg.Client): Promise<void> {
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [OWNER_ROLE]);
  if (!known.rowCount) await admin.query(`create role ${OWNER_ROLE} nologin`);
  // The administrator of a managed server is no superuser: it has to be a member of a role to act as it.
  await admin.query(`grant ${OWNER_ROLE} to current_user`).catch(() => undefined);
  const database = await databaseName(admin);
  // graphile-worker's first migration says `create schema if not exists`, which PostgreSQL refuses without this right even where the schema exists.
  await admin.query(
    `revoke all on database ${database} from public; revoke all on schema public from public; grant create on database ${database} to ${OWNER_ROLE}`,
  );
}

/** In an installation of before the service's role owns everything of its own. A service that runs meanwhile, as while a new version rolls in, goes on. */
async function takeOver(admin: pg.Client, schema: string): Promise<void> {
  await admin.query(`begin; reassign owned by ${escapeIdentifier(schema)} to ${OWNER_ROLE}`);
  await grantRights(admin, schema);
  await admin.query('commit');
}

/** Creates a service's role, which may log in and use one schema, and the schema; run by the job that has the administrator's URL. */
export async function provisionSchema(admin: pg.Client, schema: string, password: string): Promise<void> {
  const role = escapeIdentifier(schema);
  const known = await admin.query('select 1 from pg_roles where rolname = $1', [schema]);
  const verb = known.rowCount ? 'alter' : 'create';
  await admin.query(`${verb} role ${role} login password ${escapeLiteral(password)}`);
  const database = await databaseName(admin);
  await admin.query(`grant connect on database ${database} to ${role}; revoke create, temporary on database ${database} from ${role}`);
  await admin.query(`grant ${role} to current_user`).catch(() => undefined);
  await admin.query(`create schema if not exists ${role} authorization ${OWNER_ROLE}`);
  const { rows } = await admin.query<{ owner: string }>('select pg_get_userbyid(nspowner) as owner from pg_namespace where nspname = $1', [schema]);
  if (rows[0]!.owner !== OWNER_ROLE) await takeOver(admin, schema);
  await admin.query(`alter role ${role} in database ${database} set search_path = ${role}`);
  // At every run, so that an installation of before has them from its next start on; the role's new connections take them.
  await admin.query(`alter role ${role} in database ${database} set lock_timeout = ${LOCK_TIMEOUT_MS}`);
  await admin.query(`alter role ${role} in database ${database} set statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
}

/** Schema beside a service's own in which its read models are rebuilt while the live ones serve. */
export function shadowSchemaOf(schema: string): string {
  return `${schema}_shadow`;
}

/** Creates the shadow schema, the only place where a service's role may make tables: a rebuild fills them, and drops them. */
export async function provisionShadow(admin: pg.Client, schema: string): Promise<void> {
  const [shadow, role] = [escapeIdentifier(shadowSchemaOf(schema)), escapeIdentifier(schema)];
  await admin.query(`create schema if not exists ${shadow} authorization ${OWNER_ROLE}`);
  // A rebuild that was broken off before the schema changed hands left tables that its role could not drop any more.
  const { rows } = await admin.query<{ name: string }>(
    'select relname as name from pg_class where relnamespace = $1::regnamespace and relkind = $2 and pg_get_userbyid(relowner) = $3',
    [shadow, 'r', OWNER_ROLE],
  );
  for (const { name } of rows) await admin.query(`drop table if exists ${shadow}.${escapeIdentifier(name)}`);
  await admin.query(`grant usage, create on schema ${shadow} to ${role}`);
}

/** Address of one service's schema on the administrator's server. */
export function roleUrl(adminUrl: string, schema: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = schema;
  url.password = password;
  return url.toString();
}

/** Connections of the administrator that act as the owner, whatever limits the services' roles have. */
export function openOwnerPool(adminDatabaseUrl: string, schema: string): pg.Pool {
  const options = `-c role=${OWNER_ROLE} -c search_path=${schema} -c lock_timeout=0 -c statement_timeout=0`;
  // A connection that is lost fails the statement that it carries, which says enough.
  return openPool({ connectionString: adminDatabaseUrl, max: 2, options }, () => undefined);
}

/** Brings a service's schema up to date, as the owner of all schemas: jobs, messaging tables, then its own migrations; forward only. */
export async function migrateService(definition: ServiceDefinition, adminDatabaseUrl: string): Promise<void> {
  const { schema } = definition;
  const pool = openOwnerPool(adminDatabaseUrl, schema);
  try {
    if (Object.keys(definition.jobs).length > 0) await runMigrations({ pgPool: pool, schema, noHandleSignals: true });
    const folders = migrationFolders(definition.migrations).map((folder) => fileURLToPath(folder));
    await migrateSchema({ pool, schema, folders });
  } finally {
    await pool.end();
  }
}
