import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { ALL_SERVICES } from './standalone.js';

// Goal: no service can rewrite what it has written for good, in any schema (SEC-7). Method: statements with each role over every table that its schema has.
const DENIED = '42501';
const EVERYWHERE = ['held_item_step', 'task_step', 'schema_migration'];
/** Tables of which no row is ever changed or removed. */
const FOR_GOOD: Readonly<Record<string, readonly string[]>> = {
  event_log: ['record', 'schema_migration', 'log_right'],
  gateway: EVERYWHERE,
  loan_application: [
    ...EVERYWHERE,
    'application_history',
    'draft_history',
    'drawdown_history',
    'consent_withdrawal',
    'facility_change',
    'correction',
    'firm_watch',
    'field_visit',
    'field_visit_report',
    'evidence_file',
  ],
  kyc_antifraud: [...EVERYWHERE, 'revoked_consent', 'refused_query', 'restricted_read', 'verification_round', 'field_key', 'key_rotation'],
  scoring: [...EVERYWHERE, 'score', 'revoked_consent'],
  disbursement: [...EVERYWHERE, 'payout_step', 'direct_debit_history', 'refund_history', 'bank_line', 'bank_line_conflict', 'field_key', 'key_rotation'],
  post_loan_monitoring: [
    ...EVERYWHERE,
    'journal_entry',
    'journal_line',
    'allocation',
    'loan_history',
    'repayment_reversal',
    'loan_standing_history',
    ...['renewal', 'renewal_offer', 'claim_transfer'],
    'terms_change',
    'instalment_before',
    'guarantor_consent',
    'legal_case_update',
    'court_news',
    'loan_demand',
    'letter',
    'credit_report',
    'credit_correction',
    'credit_dispute_history',
    'bank_line',
    'book_day',
    'reserve_movement',
    ...['portfolio_day', 'portfolio_cell', 'portfolio_first_payment'],
    ...['collection_contact', 'collection_contact_outcome', 'collection_case_change'],
  ],
  provider_sandbox: EVERYWHERE,
};

interface Table {
  readonly name: string;
  readonly column: string;
  readonly triggers: readonly string[];
}

let database: TestDatabase;
let admin: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase(ALL_SERVICES);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
}, 120_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
});

async function tablesOf(schema: string): Promise<Table[]> {
  const { rows } = await admin.query<Table>(
    `select c.relname as name, (select quote_ident(attname) from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = '' order by attnum limit 1) as column,
       array(select tgname::text from pg_trigger where tgrelid = c.oid and not tgisinternal) as triggers
     from pg_class c where c.relnamespace = $1::regnamespace and c.relkind = 'r' order by 1`,
    [schema],
  );
  return rows;
}

/** How each statement ends with the role of a schema: the code of its refusal, or `done`, which is taken back. */
async function outcomes(schema: string, statements: readonly string[]): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: schema === 'event_log' ? database.urls.eventLog : database.urls.of(schema) });
  await client.connect();
  const ended: Record<string, string> = {};
  for (const sql of statements) {
    await client.query('begin');
    ended[sql] = await client.query(sql).then(
      () => 'done',
      (error: unknown) => (error as { code: string }).code,
    );
    await client.query('rollback');
  }
  await client.end();
  return ended;
}

const all = (statements: readonly string[], outcome: string): Record<string, string> => Object.fromEntries(statements.map((sql) => [sql, outcome]));

test('the matrix names every schema', () => {
  expect(Object.keys(FOR_GOOD).sort()).toEqual(['event_log', ...ALL_SERVICES.map(({ schema }) => schema)].sort());
});

test.each(Object.keys(FOR_GOOD))('SEC-7: the role of %s changes no table, trigger or function, and empties nothing', async (schema) => {
  const tables = await tablesOf(schema);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining([...FOR_GOOD[schema]!]));
  const statements = [
    'create table mine (x int)',
    'create temporary table mine (x int)',
    'create function mine() returns int language sql as $$ select 1 $$',
    'create table public.mine (x int)',
    'set local session_replication_role = replica',
    'set local role millrace_owner',
    ...tables.flatMap(({ name, triggers }) => [
      `truncate ${name} cascade`,
      `drop table ${name} cascade`,
      `alter table ${name} disable trigger all`,
      `alter table ${name} add column mine int`,
      `create trigger mine before delete on ${name} for each row execute function suppress_redundant_updates_trigger()`,
      ...triggers.map((trigger) => `drop trigger ${trigger} on ${name}`),
    ]),
  ];
  expect(await outcomes(schema, statements)).toEqual(all(statements, DENIED));
});

test.each(Object.entries(FOR_GOOD))('SEC-7: the role of %s changes and removes no row that was written for good', async (schema, names) => {
  const kept = (await tablesOf(schema)).filter(({ name }) => names.includes(name));
  const statements = kept.flatMap(({ name, column }) => [
    `delete from ${name}`,
    `update ${name} set ${column} = ${column}`,
    `select 1 from ${name} for update`,
  ]);
  expect(await outcomes(schema, statements)).toEqual(all(statements, DENIED));
});

test.each(Object.keys(FOR_GOOD))('the role of %s reads all that is its own, and works with the other rows', async (schema) => {
  const tables = await tablesOf(schema);
  const rest = tables.filter(({ name }) => ![...FOR_GOOD[schema]!, 'operator_action', 'migrations'].includes(name));
  expect(rest.length).toBeGreaterThan(2);
  const reads = tables.map(({ name }) => `select * from ${name}`);
  const changes = rest.flatMap(({ name, column }) => [
    `select 1 from ${name} for update`,
    `delete from ${name}`,
    `insert into ${name} select * from ${name} where ${column} is null`,
  ]);
  const ended = await outcomes(schema, [...reads, ...changes]);
  expect(Object.entries(ended).filter(([, outcome]) => outcome === DENIED)).toEqual([]);
  expect(reads.map((sql) => ended[sql])).toEqual(reads.map(() => 'done'));
});

test.each(Object.keys(FOR_GOOD))('SEC-7: the role of %s sees nothing of any other schema', async (schema) => {
  const others = Object.keys(FOR_GOOD).filter((other) => other !== schema);
  const statements = others.map((other) => `select * from ${other}.schema_migration`);
  expect(await outcomes(schema, statements)).toEqual(all(statements, DENIED));
});
