import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { OperatorError } from '../trouble/operator-error.js';
import { ContentSum } from './content-sum.js';
import { fileOf, FORMAT, MANIFEST_FILE, type Manifest, type SavedTable } from './manifest.js';
import { migrationsOf, PLAIN_TEXT, rowsOf, tablesOf } from './table-rows.js';

/** Readable by its owner alone: names of firms are in it as they are, people's data in ciphertext. */
const OWNER_ONLY = 0o600;

async function saveTable(client: pg.ClientBase, directory: string, schema: string, table: string): Promise<SavedTable> {
  const content = new ContentSum();
  async function* lines(): AsyncGenerator<string> {
    for await (const rows of rowsOf(client, schema, table)) {
      for (const row of rows) content.add(row);
      yield `${rows.join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createGzip(), createWriteStream(join(directory, fileOf({ schema, table })), { mode: OWNER_ONLY }));
  return { schema, table, rows: content.rows, sum: content.sum };
}

async function sequencesOf(client: pg.ClientBase): Promise<Manifest['sequences']> {
  const { rows } = await client.query<Manifest['sequences'][number]>(
    `select schemaname as schema, sequencename as sequence, last_value::text as "lastValue" from pg_sequences where last_value is not null order by 1, 2`,
  );
  return rows;
}

function prepare(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (readdirSync(directory).length > 0) throw new OperatorError(`${directory} is not empty; name a new directory`);
  } catch (error) {
    if (error instanceof OperatorError) throw error;
    throw new OperatorError(`${directory} cannot be written: ${(error as Error).message}`, { cause: error });
  }
}

/** Writes every table as it stood at one moment, while the services go on: all tables are read under one snapshot. */
export async function saveDatabase(
  client: pg.ClientBase,
  directory: string,
  origin: { readonly build: string; readonly takenAt: Date },
  told: (table: SavedTable) => void,
): Promise<Manifest> {
  prepare(directory);
  await client.query('begin isolation level repeatable read read only');
  await client.query(PLAIN_TEXT);
  const { rows: server } = await client.query<{ version: string }>(`select current_setting('server_version') as version`);
  const tables: SavedTable[] = [];
  for (const { schema, table } of await tablesOf(client)) {
    const saved = await saveTable(client, directory, schema, table);
    tables.push(saved);
    told(saved);
  }
  const manifest: Manifest = {
    format: FORMAT,
    build: origin.build,
    takenAt: origin.takenAt.toISOString(),
    postgres: server[0]!.version,
    tables,
    sequences: await sequencesOf(client),
    migrations: await migrationsOf(client),
  };
  await client.query('commit');
  writeFileSync(join(directory, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: OWNER_ONLY });
  return manifest;
}
