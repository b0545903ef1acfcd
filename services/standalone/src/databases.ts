import { EVENT_LOG_MIGRATIONS, MESSAGING_MIGRATIONS } from '@millrace/messaging';
import { migrateSchema, migrateService, provisionSchema, roleUrl, type ServiceDefinition } from '@millrace/service';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Database that holds all schemas of one installation. */
const DATABASE = 'millrace';
const EVENT_LOG_SCHEMA = 'event_log';

/** URLs with each schema's own role. */
export interface DatabaseUrls {
  readonly eventLog: string;
  readonly of: (schema: string) => string;
}

async function ensureDatabase(adminUrl: string): Promise<string> {
  const url = new URL(adminUrl);
  url.pathname = `/${DATABASE}`;
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
  if (!known.rowCount) await client.query(`create database ${pg.escapeIdentifier(DATABASE)}`);
  await client.end();
  return url.toString();
}

/** The migration job: a database, a role and schema for the log and each service, and every migration that is due. */
export async function prepareDatabases(adminUrl: string, rolePassword: string, definitions: readonly ServiceDefinition[]): Promise<DatabaseUrls> {
  const databaseUrl = await ensureDatabase(adminUrl);
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  for (const schema of [EVENT_LOG_SCHEMA, ...definitions.map((definition) => definition.schema)]) await provisionSchema(admin, schema, rolePassword);
  await admin.end();
  const of = (schema: string): string => roleUrl(databaseUrl, schema, rolePassword);
  const logPool = new pg.Pool({ connectionString: of(EVENT_LOG_SCHEMA), max: 1 });
  await migrateSchema({ pool: logPool, schema: EVENT_LOG_SCHEMA, folders: [fileURLToPath(EVENT_LOG_MIGRATIONS)] });
  await logPool.end();
  await Promise.all(definitions.map((definition) => migrateService(definition, of(definition.schema), MESSAGING_MIGRATIONS)));
  return { eventLog: of(EVENT_LOG_SCHEMA), of };
}
