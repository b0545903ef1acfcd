import type { BenchDatabase } from './bench-database.js';

/** Where copied rows would be no loans: who may call, what is configured, queues, and the log, whose ends alone are read at work. */
const NOT_COPIED = ['client', 'product', 'account', 'operator_action', 'parked_event', 'refused_event', 'outbox'];

/**
 * A loan's other self: every id of it becomes another one, the same in every table of every service, so that all that belongs together still does.
 * The first 48 bits, a UUIDv7's time, stay: new loans are stored beside those of their time, as real ones are.
 */
const OTHER_ID = `
create or replace function bench_other_id(id uuid, copy int) returns uuid language sql immutable parallel safe as
$$ select (substr(id::text, 1, 14) || '7' || substr(h, 1, 3) || '-a' || substr(h, 4, 3) || '-' || substr(h, 7, 12))::uuid from md5(id::text || copy::text) as h $$`;

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  readonly type: string;
  readonly unique: boolean;
}

/** Columns that hold data of their own, with the schema's tables in any order: foreign keys are not looked at while copying. */
const COLUMNS = `
select n.nspname as schema, c.relname as "table", a.attname as column, format_type(a.atttypid, null) as type,
  exists (select from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any(i.indkey)) as unique
from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
  and n.nspname = any(array['loan_application', 'kyc_antifraud', 'scoring', 'disbursement', 'post_loan_monitoring', 'gateway'])
  and c.relname not like '\\_private%' and not c.relname = any(array[${NOT_COPIED.map((name) => `'${name}'`).join(', ')}])
order by 1, 2, a.attnum`;

/** SQL of one column of the copy: ids, codes of firms and whatever must be unique become others; all else is copied as it is. */
export function copiedColumn({ column, type, unique }: Pick<Column, 'column' | 'type' | 'unique'>): string {
  const name = `t."${column}"`;
  if (type === 'uuid') return `bench_other_id(${name}, copy)`;
  if (column === 'uscc') return `upper(substr(md5(${name} || copy::text), 1, 18))`;
  if (type === 'text' && /(_index|_sha256|_reference)$/.test(column) && (unique || column.endsWith('_index'))) return `md5(${name} || copy::text)`;
  return name;
}

/** Statements that copy all loans that are there so many times. */
export function copyStatements(columns: readonly Column[], copies: number): string[] {
  const tables = Map.groupBy(columns, ({ schema, table }) => `"${schema}"."${table}"`);
  return [...tables]
    .filter(([, own]) => own.some(({ type, column }) => type === 'uuid' || column === 'uscc'))
    .map(([table, own]) => {
      const names = own.map(({ column }) => `"${column}"`).join(', ');
      const values = own.map(copiedColumn).join(', ');
      return `insert into ${table} (${names}) select ${values} from ${table} t cross join generate_series(1, ${copies}) as copy on conflict do nothing`;
    });
}

/** How many loans the database has. */
export async function countLoans(database: BenchDatabase, name: string): Promise<number> {
  const [row] = await database.asAdmin<{ count: number }>('select count(*)::int as count from post_loan_monitoring.loan', name);
  return row!.count;
}

/**
 * Fills the database up to so many loans with copies of those that went through the pipeline, in SQL, as sending so many would take hours. What is
 * copied: every row that the services keep of them, inboxes included. What is not: the log, the outboxes, the sandbox.
 */
export async function storeLoans(database: BenchDatabase, name: string, wanted: number): Promise<number> {
  const there = await countLoans(database, name);
  const copies = Math.ceil(wanted / there) - 1;
  if (copies > 0) {
    await database.asAdmin(OTHER_ID, name);
    const columns = await database.asAdmin<Column & Record<string, unknown>>(COLUMNS, name);
    for (const statement of copyStatements(columns, copies)) {
      // Rows that were checked once need not be checked again; triggers and foreign keys would be most of the time.
      await database.asAdmin(`set session_replication_role = replica; ${statement}`, name);
    }
  }
  await database.asAdmin('vacuum analyze', name);
  await database.asAdmin('checkpoint', name);
  return countLoans(database, name);
}
