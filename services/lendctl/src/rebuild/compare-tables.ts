import { shadowSchemaOf } from '@millrace/service';
import pg from 'pg';
import { qualified } from './shadow-tables.js';

/** One table of a model, live and rebuilt. */
export interface ComparedTable {
  readonly table: string;
  readonly rows: number;
  /** SHA-256 over all rows, whatever their order. */
  readonly liveSha256: string;
  readonly rebuiltSha256: string;
  /** Rows that the log gives and the live table has not. */
  readonly missing: number;
  /** Rows that the live table has and the log does not give. */
  readonly extra: number;
}

/** The same text for a row in every session. */
const PLAIN_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local extra_float_digits = 1`;

const hashOf = (row: string): string => `encode(sha256(convert_to(${row}::text, 'UTF8')), 'hex')`;

const contentHash = (table: string): string =>
  `select count(*)::int as rows, encode(sha256(convert_to(coalesce(string_agg(h, '' order by h), ''), 'UTF8')), 'hex') as sha256
   from (select ${hashOf('t')} as h from ${table} t) hashed`;

const onlyIn = (one: string, other: string): string => `select ${hashOf('a')} as h from ${one} a except select ${hashOf('b')} from ${other} b`;

/** Compares one table inside a transaction. */
export async function compareTable(client: pg.ClientBase, schema: string, table: string): Promise<ComparedTable> {
  const [live, rebuilt] = [qualified(schema, table), qualified(shadowSchemaOf(schema), table)];
  await client.query(PLAIN_TEXT);
  const hashes = await client.query<{ live: string; rebuilt: string; rows: number }>(
    `select l.sha256 as live, r.sha256 as rebuilt, r.rows from (${contentHash(live)}) l, (${contentHash(rebuilt)}) r`,
  );
  const { live: liveSha256, rebuilt: rebuiltSha256, rows } = hashes.rows[0]!;
  if (liveSha256 === rebuiltSha256) return { table, rows, liveSha256, rebuiltSha256, missing: 0, extra: 0 };
  const counts = await client.query<{ missing: number; extra: number }>(
    `select (select count(*)::int from (${onlyIn(rebuilt, live)}) m) as missing, (select count(*)::int from (${onlyIn(live, rebuilt)}) e) as extra`,
  );
  return { table, rows, liveSha256, rebuiltSha256, ...counts.rows[0]! };
}

/**
 * Puts the rebuilt content in the place of the live one: rows that the log does not give go, rows that it gives come. Names of tables, indexes and
 * constraints stay, so that later migrations find them; readers see the old content until the commit.
 */
export async function takeOver(client: pg.ClientBase, schema: string, table: string): Promise<void> {
  const [live, rebuilt] = [qualified(schema, table), qualified(shadowSchemaOf(schema), table)];
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [live],
  );
  const { columns } = rows[0]!;
  await client.query(PLAIN_TEXT);
  await client.query(`delete from ${live} l using (${onlyIn(live, rebuilt)}) gone where ${hashOf('l')} = gone.h`);
  await client.query(
    `insert into ${live} (${columns}) overriding system value
     select ${columns} from ${rebuilt} r join (${onlyIn(rebuilt, live)}) come on ${hashOf('r')} = come.h`,
  );
}
