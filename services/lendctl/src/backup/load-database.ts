import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import { OperatorError } from '../trouble/operator-error.js';
import { ContentSum } from './content-sum.js';
import { fileOf, type Manifest, type SavedTable } from './manifest.js';
import { migrationsOf, PLAIN_TEXT, qualified, rowsOf, tablesOf } from './table-rows.js';

const INSERT_ROWS = 1_000;

/** Triggers and foreign keys hold for what services do; a backup brings back what they have done, append-only tables included. */
const WITHOUT_TRIGGERS = `set local session_replication_role = replica`;

async function insertColumns(client: pg.ClientBase, name: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [name],
  );
  return rows[0]!.columns;
}

async function* linesOf(directory: string, file: string): AsyncGenerator<string> {
  try {
    const unzipped = createReadStream(join(directory, file)).pipe(createGunzip());
    for await (const line of createInterface({ input: unzipped, crlfDelay: Infinity })) yield line;
  } catch (error) {
    throw new OperatorError(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function loadTable(client: pg.ClientBase, directory: string, saved: SavedTable): Promise<void> {
  const name = qualified(saved.schema, saved.table);
  const columns = await insertColumns(client, name);
  const insert = `insert into ${name} (${columns}) overriding system value select ${columns} from json_populate_recordset(null::${name}, $1::json)`;
  const content = new ContentSum();
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length > 0) await client.query(insert, [`[${waiting.join(',')}]`]);
    waiting = [];
  };
  for await (const line of linesOf(directory, fileOf(saved))) {
    content.add(line);
    waiting.push(line);
    if (waiting.length === INSERT_ROWS) await flush();
  }
  await flush();
  if (content.rows !== saved.rows || content.sum !== saved.sum)
    throw new OperatorError(`${fileOf(saved)} is not what the backup wrote: ${content.rows} rows of ${saved.rows}, or other content`);
}

/** The build that restores must have the very migrations of the one that saved: the rows fit its tables alone. */
async function checkMigrations(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  const own = await migrationsOf(client);
  const differs = Object.keys({ ...own, ...manifest.migrations }).find((name) => own[name] !== manifest.migrations[name]);
  if (differs) throw new OperatorError(`the backup is of build ${manifest.build}, and ${differs} differs in this one; restore it with that build, then update`);
}

/** Brings the rows of a backup into a database that has its tables and nothing else; all of them or none. */
export async function loadDatabase(client: pg.ClientBase, directory: string, manifest: Manifest, told: (table: SavedTable) => void): Promise<void> {
  await checkMigrations(client, manifest);
  const known = new Set((await tablesOf(client)).map(({ schema, table }) => qualified(schema, table)));
  const tables = manifest.tables.filter(({ schema, table }) => known.has(qualified(schema, table)));
  const unknown = manifest.tables.find((saved) => saved.rows > 0 && !tables.includes(saved));
  if (unknown) throw new OperatorError(`this build has no table ${unknown.schema}.${unknown.table}, and the backup has ${unknown.rows} rows of it`);
  await client.query('begin');
  await client.query(`${PLAIN_TEXT}; ${WITHOUT_TRIGGERS}`);
  await client.query(`truncate ${[...known].join(', ')}`);
  for (const saved of tables) {
    await loadTable(client, directory, saved);
    told(saved);
  }
  for (const { schema, sequence, lastValue } of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint)', [qualified(schema, sequence), lastValue]);
  await client.query('commit');
}

/** Tables whose stored rows are not those of the backup; none is the proof that all came back. */
export async function differingTables(client: pg.ClientBase, manifest: Manifest): Promise<SavedTable[]> {
  const differing: SavedTable[] = [];
  await client.query('begin isolation level repeatable read read only');
  await client.query(PLAIN_TEXT);
  for (const saved of manifest.tables) {
    if (saved.rows === 0) continue;
    const content = new ContentSum();
    for await (const rows of rowsOf(client, saved.schema, saved.table)) for (const row of rows) content.add(row);
    if (content.rows !== saved.rows || content.sum !== saved.sum) differing.push(saved);
  }
  await client.query('commit');
  return differing;
}
