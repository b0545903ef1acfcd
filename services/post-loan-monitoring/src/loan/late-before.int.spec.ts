import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LoanStatusChanged, newId } from '@millrace/contracts';
import { decodeEvent } from '@millrace/messaging';
import { EMPTY_CHAIN, firstBrokenRow, historyInsert, historySelect, historyValues, START, type HistoryEntry, type Seal } from '@millrace/process';
import { prepareDatabases, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { postLoanMonitoring } from '../post-loan-monitoring.module.js';
import { sealStep } from './loan-history.js';
import { LOAN_SUBJECT } from './loan-process.js';

// Goal: loans that were late before there was a status for it come through, with histories that hold and with the hub told. Method: the tables as they were, and
// then the migration.
const MIGRATION = '0014_overdue.sql';
const AT = new Date('2026-03-01T01:00:00.123Z');
let folder: string;
let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-migrations-'));
  const all = fileURLToPath(postLoanMonitoring.migrations);
  cpSync(all, folder, { recursive: true, filter: (path) => !path.endsWith('.sql') || path.slice(path.lastIndexOf(sep) + 1) < MIGRATION });
  database = await createTestDatabase([{ ...postLoanMonitoring, migrations: pathToFileURL(`${folder}/`) } as unknown as ServiceDefinition]);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  // Only what the migration reads is of interest, so that references may lead nowhere.
  await admin.query('set search_path = post_loan_monitoring; set session_replication_role = replica');
}, 240_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  await admin.query(`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
}

async function loanIn(tenantId: string, bucket: string, status: 'ACTIVE' | 'SETTLED' = 'ACTIVE'): Promise<string> {
  const loanId = newId();
  const step = { loanId, from: START, to: status, trigger: 'LoanActivated', reason: 'PAID', evidence: {}, history: { seq: 0, head: EMPTY_CHAIN } } as const;
  const entry = sealStep({ actor: { kind: 'system', id: 'test' }, causationId: newId() }, step, AT);
  await admin.query(historyInsert(LOAN_SUBJECT, 1), historyValues(loanId, entry));
  await insert('loan', {
    ...{
      loan_id: loanId,
      application_id: newId(),
      contract_id: newId(),
      payout_id: newId(),
      tenant_id: tenantId,
      partner_id: 'p1',
      uscc: 'u',
      currency: 'CNY',
    },
    ...{ principal_minor: 1, rate_bps: 635, tenor_months: 1, repayment_method: 'bullet', day_count: 'periodic', disbursed_on: '2026-03-01' },
    ...{ matures_on: '2026-04-01', instalment_minor: 1, total_interest_minor: 0, policy_version: 'online_microloan.v0', status, live: status === 'ACTIVE' },
    ...{ history_seq: 1, history_head: entry.rowSha256, outstanding_principal_minor: status === 'ACTIVE' ? 1 : 0, valued_on: '2026-03-01', booked_at: AT },
    ...(status === 'ACTIVE' ? { oldest_due_on: '2026-04-01' } : { settled_on: '2026-04-01' }),
  });
  await insert('loan_standing', {
    ...{ loan_id: loanId, tenant_id: tenantId, bucket, loan_class: 'NORMAL', ecl_stage: 1, through: '2026-04-01', bucket_on: '2026-04-01' },
    ...{ class_on: '2026-04-01', stage_on: '2026-04-01', changed_at: AT, changes: 1 },
  });
  return loanId;
}

test('R-OP-06, R-PL-06: loans that are late become overdue with a sealed step, others stay, and the hub is told of each once', async () => {
  const late = [await loanIn('t1', 'M2'), await loanIn('t2', 'M7+')];
  const others = [await loanIn('t1', 'M0'), await loanIn('t2', 'M1', 'SETTLED')];
  const definitions = [postLoanMonitoring as unknown as ServiceDefinition];
  const name = new URL(database.adminUrl).pathname.slice(1);
  await prepareDatabases({ adminUrl: database.adminUrl, database: name, rolePassword: 'test-only', definitions });

  const { rows } = await admin.query<{ id: string; status: string; head: string }>('select loan_id as id, status, history_head as head from loan');
  const of = (id: string) => rows.find((row) => row.id === id)!;
  expect(late.map((id) => of(id).status)).toEqual(['OVERDUE', 'OVERDUE']);
  expect(others.map((id) => of(id).status)).toEqual(['ACTIVE', 'SETTLED']);
  for (const id of [...late, ...others]) {
    const own = await admin.query<HistoryEntry & Seal>(`select ${historySelect(LOAN_SUBJECT, 'h')} from loan_history h where loan_id = $1 order by seq`, [id]);
    expect([firstBrokenRow(own.rows, of(id).head), own.rows.at(-1)!.statusTo]).toEqual([undefined, of(id).status]);
  }
  const told = await admin.query<{ headers: Record<string, string>; payload: string; topic: string; key: string }>(
    'select headers, payload, topic, aggregateid as key from outbox order by seq',
  );
  const events = told.rows.map(({ headers, payload, topic, key }) =>
    decodeEvent(LoanStatusChanged, { headers, value: Buffer.from(payload), topic, key, partition: 0, offset: 0n }),
  );
  expect(events.map(({ payload: { loanId } }) => loanId).toSorted()).toEqual(late.toSorted());
  expect(events[0]!.payload).toMatchObject({ status: 'OVERDUE', statusBefore: 'ACTIVE', reasonCode: 'DUE_DATE_MISSED' });
});
