import pg from 'pg';

const { escapeIdentifier } = pg;

/** Owns every schema, table and function; only migrations act as it, and nobody logs in with it. So a service cannot change what it writes into. */
export const OWNER_ROLE = 'millrace_owner';

/** Tables that a service's role may do less with than read and write rows, beside those that have an append-only trigger. */
const FEWER_RIGHTS: Readonly<Record<string, string>> = {
  // What was migrated is written by migrations alone; the second is graphile-worker's.
  schema_migration: 'select',
  migrations: 'select',
  // The log keeps everything.
  'event_log.record': 'select, insert',
  // Who may append what is said by the migration job alone.
  'event_log.log_right': 'select',
  // Who did what is written at its beginning, and ended once.
  operator_action: 'select, insert, update (finished_at, outcome)',
};
const APPEND_ONLY = 'select, insert';
const ROWS = 'select, insert, update, delete';

const TABLES = `
select c.relname as name, c.relkind = 'v' as view, c.relrowsecurity and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'service_rows') as closed,
  exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname like '%\\_append\\_only') as "appendOnly"
from pg_class c where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p', 'v') order by c.relname`;

/** A table or view; `closed`: its row security lets nobody but its owner see a row. */
interface Table {
  readonly name: string;
  readonly view: boolean;
  readonly closed: boolean;
  readonly appendOnly: boolean;
}

function rightsTo(schema: string, { name, view, appendOnly }: Table): string {
  if (view) return 'select';
  return FEWER_RIGHTS[name] ?? FEWER_RIGHTS[`${schema}.${name}`] ?? (appendOnly ? APPEND_ONLY : ROWS);
}

/**
 * Gives a service's role what it needs of its schema and nothing else: rows of tables, no DDL, no triggers, no TRUNCATE. A table that has a trigger
 * named `…_append_only` can be read and added to. To be called in a transaction, so that a service that runs meanwhile never sees itself without rights.
 */
export async function grantRights(client: pg.ClientBase, schema: string): Promise<void> {
  const role = escapeIdentifier(schema);
  const { rows } = await client.query<Table>(TABLES, [role]);
  const grants = rows.map((table) => `grant ${rightsTo(schema, table)} on table ${role}.${escapeIdentifier(table.name)} to ${role}`);
  // graphile-worker switches row security on for its tables, which keeps out everybody but their owner.
  const policies = rows
    .filter(({ closed }) => closed)
    .map(({ name }) => `create policy service_rows on ${role}.${escapeIdentifier(name)} for all to ${role} using (true) with check (true)`);
  const usage = [`grant usage on schema ${role} to ${role}`, `grant usage on all sequences in schema ${role} to ${role}`];
  await client.query([`revoke all on all tables in schema ${role} from ${role}`, ...usage, ...grants, ...policies].join('; '));
}
