import { shadowSchemaOf, UNLIMITED } from '@millrace/service';
import pg from 'pg';
import { OperatorError } from '../trouble/operator-error.js';
import type { OwnedModel } from './find-model.js';

const { escapeIdentifier } = pg;

/** What a consumer's transaction writes beside the model: in the shadow, so that nothing is sent or marked in the live service. */
const MESSAGING_TABLES = ['inbox', 'outbox', 'parked_event', 'refused_event'];

const ATTACHED = `
select conrelid::regclass::text as table, conname as name from pg_constraint where contype = 'f' and $1 = any(array[conrelid, confrelid])
union all
select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal and tgrelid = $1`;

/** Address of the same database in which the shadow's tables come first, and what the model does not own is still found. */
export function shadowUrl(url: string, schema: string): string {
  const address = new URL(url);
  address.searchParams.set('options', `-c search_path=${shadowSchemaOf(schema)},${schema} ${UNLIMITED}`);
  return address.toString();
}

/** A table's name with its schema, for SQL. */
export function qualified(schema: string, table: string): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
}

/** Columns of a table's primary key; none where it has no key. */
export async function primaryKeyOf(client: pg.Pool | pg.ClientBase, schema: string, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
     where i.indrelid = $1::regclass and i.indisprimary order by array_position(i.indkey::int2[], a.attnum)`,
    [qualified(schema, table)],
  );
  return rows.map(({ name }) => name);
}

/** Makes empty tables like the live ones. They are unlogged: what a crash takes from them is simply made again. */
export async function makeShadow(pool: pg.Pool, { definition, model }: OwnedModel): Promise<void> {
  const { schema } = definition;
  const known = await pool.query('select 1 from pg_namespace where nspname = $1', [shadowSchemaOf(schema)]);
  if (!known.rowCount) throw new OperatorError(`the schema ${shadowSchemaOf(schema)} is not there; lendctl migrate makes it, and so does npm start`);
  for (const table of model.tables) {
    const { rows } = await pool.query<{ table: string; name: string }>(ATTACHED, [await tableId(pool, schema, table)]);
    if (rows[0]) throw new OperatorError(`${table} has ${rows[0].name}: a read model has no foreign keys and triggers`);
    if ((await primaryKeyOf(pool, schema, table)).length === 0) throw new OperatorError(`${table} has no primary key, which every table of a read model has`);
  }
  await dropShadow(pool, { definition, model });
  for (const table of [...model.tables, ...MESSAGING_TABLES]) {
    await pool.query(`create unlogged table ${qualified(shadowSchemaOf(schema), table)} (like ${qualified(schema, table)} including all)`);
  }
}

async function tableId(pool: pg.Pool, schema: string, table: string): Promise<number> {
  const { rows } = await pool.query<{ id: number | null }>('select to_regclass($1)::oid::int8 as id', [qualified(schema, table)]);
  if (rows[0]?.id == null) throw new OperatorError(`there is no table ${table} in ${schema}`);
  return rows[0].id;
}

/** Removes what a rebuild made, also one that was broken off. */
export async function dropShadow(pool: pg.Pool, { definition, model }: Pick<OwnedModel, 'definition' | 'model'>): Promise<void> {
  const tables = [...model.tables, ...MESSAGING_TABLES].map((table) => qualified(shadowSchemaOf(definition.schema), table));
  await pool.query(`drop table if exists ${tables.join(', ')}`);
}
