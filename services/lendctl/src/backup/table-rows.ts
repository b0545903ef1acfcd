import pg from 'pg';

const FETCH_ROWS = 2_000;

/** The same text for a row in every session, whatever its settings. */
export const PLAIN_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local extra_float_digits = 1; set local bytea_output = 'hex'`;

export function qualified(schema: string, table: string): string {
  return `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)}`;
}

/** Every table of the installation, the migrations' own book included. */
export async function tablesOf(client: pg.ClientBase): Promise<{ schema: string; table: string }[]> {
  const { rows } = await client.query<{ schema: string; table: string }>(
    `select n.nspname as schema, c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('information_schema', 'public') and n.nspname not like 'pg\\_%' order by 1, 2`,
  );
  return rows;
}

/** Rows of one table as JSON texts, some thousand at a time, inside the caller's transaction. */
export async function* rowsOf(client: pg.ClientBase, schema: string, table: string): AsyncGenerator<string[]> {
  await client.query(`declare backup_rows no scroll cursor for select row_to_json(t)::text as line from ${qualified(schema, table)} t`);
  for (;;) {
    const { rows } = await client.query<{ line: string }>(`fetch ${FETCH_ROWS} from backup_rows`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await client.query('close backup_rows');
}

/** Every migration that is applied, `schema/name` to hash. */
export async function migrationsOf(client: pg.ClientBase): Promise<Record<string, string>> {
  const migrations: Record<string, string> = {};
  for (const { schema, table } of await tablesOf(client)) {
    if (table !== 'schema_migration') continue;
    const { rows } = await client.query<{ name: string; sha256: string }>(`select name, sha256 from ${qualified(schema, table)} order by name`);
    for (const { name, sha256 } of rows) migrations[`${schema}/${name}`] = sha256;
  }
  return migrations;
}
