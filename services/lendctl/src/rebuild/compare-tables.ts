import { shadowSchemaOf } from '@millrace/service';
import pg from 'pg';
import { primaryKeyOf, qualified } from './shadow-tables.js';

/** A row in which the two models differ. */
export interface DifferentRow {
  /** Its primary key. */
  readonly key: Readonly<Record<string, unknown>>;
  /** How the live model stands to the log: it lacks the row, has one too many, or has another content. */
  readonly live: 'missing' | 'extra' | 'changed';
  /** Columns of a changed row whose values differ. */
  readonly columns: readonly string[];
}

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
  /** The first {@link MAX_DIFFERENCES} rows that differ, by primary key. */
  readonly differences: readonly DifferentRow[];
}

/** Rows that are named; the counts are of all. */
export const MAX_DIFFERENCES = 100;

/** The same text for a row in every session. */
const PLAIN_TEXT = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local extra_float_digits = 1`;

const hashOf = (row: string): string => `encode(sha256(convert_to(${row}::text, 'UTF8')), 'hex')`;

const contentHash = (table: string): string =>
  `select count(*)::int as rows, encode(sha256(convert_to(coalesce(string_agg(h, '' order by h), ''), 'UTF8')), 'hex') as sha256
   from (select ${hashOf('t')} as h from ${table} t) hashed`;

const onlyIn = (one: string, other: string): string => `select ${hashOf('a')} as h from ${one} a except select ${hashOf('b')} from ${other} b`;

/** Rows of one application alone. */
export interface OnlyRows {
  readonly column: string;
  readonly id: string;
}

const condition = ({ column, id }: OnlyRows): string => `${pg.escapeIdentifier(column)} = ${pg.escapeLiteral(id)}`;

/** The live and the rebuilt rows of a table that are compared: all, or those of one application. */
function bothOf(schema: string, table: string, only: OnlyRows | undefined): [live: string, rebuilt: string] {
  const rowsOf = (name: string): string => (only ? `(select * from ${name} where ${condition(only)})` : name);
  return [rowsOf(qualified(schema, table)), rowsOf(qualified(shadowSchemaOf(schema), table))];
}

async function differencesOf(client: pg.ClientBase, schema: string, table: string, only: OnlyRows | undefined): Promise<DifferentRow[]> {
  const [live, rebuilt] = bothOf(schema, table, only);
  const key = await primaryKeyOf(client, schema, table);
  const columns = key.map(pg.escapeIdentifier).join(', ');
  const { rows } = await client.query<DifferentRow>(
    `select jsonb_build_object(${key.map((name) => `${pg.escapeLiteral(name)}, ${pg.escapeIdentifier(name)}`).join(', ')}) as key,
       case when l is null then 'missing' when r is null then 'extra' else 'changed' end as live,
       case when l is null or r is null then '{}' else array(
         select n.key from jsonb_each(to_jsonb(l)) n where n.value is distinct from to_jsonb(r) -> n.key order by n.key) end as columns
     from ${live} l full join ${rebuilt} r using (${columns})
     where l::text is distinct from r::text order by ${columns} limit ${MAX_DIFFERENCES}`,
  );
  return rows;
}

/** Compares one table, or the rows of one application in it, inside a transaction. */
export async function compareTable(client: pg.ClientBase, schema: string, table: string, only?: OnlyRows): Promise<ComparedTable> {
  const [live, rebuilt] = bothOf(schema, table, only);
  await client.query(PLAIN_TEXT);
  const hashes = await client.query<{ live: string; rebuilt: string; rows: number }>(
    `select l.sha256 as live, r.sha256 as rebuilt, r.rows from (${contentHash(live)}) l, (${contentHash(rebuilt)}) r`,
  );
  const { live: liveSha256, rebuilt: rebuiltSha256, rows } = hashes.rows[0]!;
  if (liveSha256 === rebuiltSha256) return { table, rows, liveSha256, rebuiltSha256, missing: 0, extra: 0, differences: [] };
  const counts = await client.query<{ missing: number; extra: number }>(
    `select (select count(*)::int from (${onlyIn(rebuilt, live)}) m) as missing, (select count(*)::int from (${onlyIn(live, rebuilt)}) e) as extra`,
  );
  return { table, rows, liveSha256, rebuiltSha256, ...counts.rows[0]!, differences: await differencesOf(client, schema, table, only) };
}

/**
 * Puts the rebuilt content in the place of the live one: rows that the log does not give go, rows that it gives come. Names of tables, indexes and
 * constraints stay, so that later migrations find them; readers see the old content until the commit.
 */
export async function takeOver(client: pg.ClientBase, schema: string, table: string, only?: OnlyRows): Promise<void> {
  const target = qualified(schema, table);
  const [live, rebuilt] = bothOf(schema, table, only);
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [target],
  );
  const { columns } = rows[0]!;
  await client.query(PLAIN_TEXT);
  await client.query(`delete from ${target} l using (${onlyIn(live, rebuilt)}) gone where ${hashOf('l')} = gone.h${only ? ` and l.${condition(only)}` : ''}`);
  await client.query(
    `insert into ${target} (${columns}) overriding system value
     select ${columns} from ${rebuilt} r join (${onlyIn(rebuilt, live)}) come on ${hashOf('r')} = come.h`,
  );
}
