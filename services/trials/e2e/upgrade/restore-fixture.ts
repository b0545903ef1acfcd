import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { EVENT_LOG_MIGRATIONS, MESSAGING_MIGRATIONS } from '@millrace/messaging';
import { TASK_MIGRATIONS } from '@millrace/tasks';
import { SECRETS_FILE, STANDALONE_DATABASE, startEmbeddedPostgres } from '@millrace/service';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';
import { ALL_SERVICES } from '@millrace/standalone';

const { escapeIdentifier, escapeLiteral } = pg;

/** Rows of each table of a schema as JSON, and the last value of each sequence. */
interface SchemaContent {
  readonly tables: Readonly<Record<string, string>>;
  readonly sequences: Readonly<Record<string, string>>;
}

/** An installation as older code left it: README.md says how it was made. */
export interface UpgradeFixture {
  /** The installation's clock when it was left. */
  readonly madeAt: string;
  readonly applications: Readonly<Record<string, { readonly applicationId: string; readonly status: string; readonly loanId: string | null }>>;
  readonly secrets: { readonly rolePassword: string; readonly clientSecrets: Readonly<Record<string, string>> };
  readonly schemas: Readonly<Record<string, SchemaContent>>;
}

export function readFixture(name: string): UpgradeFixture {
  return JSON.parse(gunzipSync(readFileSync(new URL(name, import.meta.url))).toString('utf8')) as UpgradeFixture;
}

/** The committed file of a migration that had been applied: files are never edited, so the old schema is made anew by them. */
function migrationFile(schema: string, name: string): string {
  const definition = ALL_SERVICES.find((service) => service.schema === schema);
  const folders = [EVENT_LOG_MIGRATIONS, MESSAGING_MIGRATIONS, TASK_MIGRATIONS, ...(definition ? [definition.migrations] : [])].map((folder) =>
    fileURLToPath(folder),
  );
  const own = schema === 'event_log' ? folders.slice(0, 1) : folders.slice(1);
  const file = own.map((folder) => join(folder, name)).find((path) => existsSync(path));
  if (!file) throw new Error(`the migration ${name} of ${schema} is gone; applied migrations are never removed or renamed`);
  return readFileSync(file, 'utf8');
}

/** Roles and schemas as the old code made them: each service's role owns everything in its schema. */
async function makeSchema(admin: pg.Client, url: URL, schema: string, { tables }: SchemaContent, password: string): Promise<void> {
  const role = escapeIdentifier(schema);
  await admin.query(`create role ${role} login password ${escapeLiteral(password)}`);
  await admin.query(`create schema ${role} authorization ${role}`);
  await admin.query(`alter role ${role} in database ${STANDALONE_DATABASE} set search_path = ${role}`);
  await admin.query(`grant create on database ${STANDALONE_DATABASE} to ${role}`);
  const own = new URL(url);
  [own.username, own.password] = [schema, password];
  const pool = new pg.Pool({ connectionString: own.toString(), max: 2 });
  for (const event of ['error', 'connect'] as const)
    pool.on(event, (client: unknown) => void (client instanceof pg.Client && client.on('error', () => undefined)));
  if (tables['migrations']) await runMigrations({ pgPool: pool, schema, noHandleSignals: true });
  await pool.query('create table schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())');
  const applied = JSON.parse(tables['schema_migration']!) as { name: string; applied_at: string }[];
  for (const { name } of applied.sort((a, b) => (a.applied_at < b.applied_at ? -1 : 1))) await pool.query(migrationFile(schema, name));
  await pool.end();
  await admin.query(`revoke create on database ${STANDALONE_DATABASE} from ${role}`);
}

/** Rows as they were; without triggers and foreign keys, as they were all satisfied before. */
async function fillSchema(admin: pg.Client, schema: string, { tables, sequences }: SchemaContent): Promise<void> {
  for (const [name, rows] of Object.entries(tables)) {
    const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
    const { rows: columns } = await admin.query<{ list: string }>(
      `select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    );
    const { list } = columns[0]!;
    await admin.query(`delete from ${table}`);
    await admin.query(`insert into ${table} (${list}) overriding system value select ${list} from json_populate_recordset(null::${table}, $1::json)`, [rows]);
  }
  for (const [name, value] of Object.entries(sequences)) {
    await admin.query('select setval($1::regclass, $2::bigint)', [`${escapeIdentifier(schema)}.${escapeIdentifier(name)}`, value]);
  }
}

/** Makes a data directory in which the old installation lies as it was left; the present code can be started on it. */
export async function restoreFixture(fixture: UpgradeFixture, dataDirectory: string): Promise<void> {
  chmodSync(dataDirectory, 0o755);
  writeFileSync(join(dataDirectory, SECRETS_FILE), JSON.stringify(fixture.secrets), { mode: 0o600 });
  const postgres = await startEmbeddedPostgres({ dataDirectory, durable: false });
  try {
    const server = new pg.Client({ connectionString: postgres.adminUrl });
    await server.connect();
    await server.query(`create database ${STANDALONE_DATABASE}`);
    await server.end();
    const url = new URL(postgres.adminUrl);
    url.pathname = `/${STANDALONE_DATABASE}`;
    const admin = new pg.Client({ connectionString: url.toString() });
    await admin.connect();
    for (const [schema, content] of Object.entries(fixture.schemas)) await makeSchema(admin, url, schema, content, fixture.secrets.rolePassword);
    await admin.query('set session_replication_role = replica');
    for (const [schema, content] of Object.entries(fixture.schemas)) await fillSchema(admin, schema, content);
    await admin.end();
  } finally {
    await postgres.stop();
  }
}
