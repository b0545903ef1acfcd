import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newId } from '@millrace/contracts';
import { EMPTY_CHAIN, firstBrokenRow, historySelect, sealRow, type HistoryEntry, type HistoryRow, type Seal } from '@millrace/process';
import { prepareDatabases, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { APPLICATION_SUBJECT } from '../application/advance-application.js';
import { loanApplication } from '../loan-application.module.js';
import { DRAWDOWN_SUBJECT } from './advance-drawdown.js';

// Goal: applications whose contract was signed before there were drawdowns come through, with histories that hold. Method: the tables as they were, and then the migration.
const MIGRATION = '0010_drawdown.sql';
const AT = new Date('2026-03-01T01:00:00.123Z');
let folder: string;
let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-migrations-'));
  const all = fileURLToPath(loanApplication.migrations);
  cpSync(all, folder, { recursive: true, filter: (path) => !path.endsWith('.sql') || path.slice(path.lastIndexOf(sep) + 1) < MIGRATION });
  database = await createTestDatabase([{ ...loanApplication, migrations: pathToFileURL(`${folder}/`) } as unknown as ServiceDefinition]);
  admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  // Only what the migration reads is of interest, so that references may lead nowhere.
  await admin.query('set search_path = loan_application; set session_replication_role = replica');
}, 120_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function insert(table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const columns = Object.keys(row);
  await admin.query(`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
}

/** An application as it stood before, with a sealed history of two rows. */
async function application(status: string, loanId: string | null, decision: object | null = null): Promise<string> {
  const applicationId = newId();
  let head = EMPTY_CHAIN;
  for (const [index, [statusFrom, statusTo]] of [
    ['SCORING', 'OFFERED'],
    ['OFFERED', status],
  ].entries()) {
    const entry: HistoryEntry = {
      ...{ seq: index + 1, trigger: 'Test', effect: 'moved', statusFrom: statusFrom!, statusTo: statusTo!, reason: 'TEST', evidence: {} },
      ...{ actor: { kind: 'system', id: 'test' }, causationId: newId(), at: AT },
    };
    const row: HistoryRow<'applicationId'> = { ...entry, applicationId };
    const rowSha256 = sealRow(row, head);
    await insert('application_history', {
      ...{ application_id: applicationId, seq: row.seq, trigger: row.trigger, effect: row.effect, status_from: statusFrom, status_to: statusTo },
      ...{ actor_kind: 'system', actor_id: 'test', reason: row.reason, evidence: '{}', causation_id: row.causationId, at: AT },
      ...{ prev_sha256: head, row_sha256: rowSha256 },
    });
    head = rowSha256;
  }
  await insert('application', {
    ...{ application_id: applicationId, tenant_id: 't1', partner_id: 'p1', maker_id: 'm1', status, product_code: 'invoice-loan', product_version: 1 },
    ...{ product_terms: '{}', requested_amount_minor: 1, currency: 'CNY', tenor_months: 12, repayment_method: 'bullet', purpose: 'working_capital' },
    ...{ uscc: newId().slice(-18), company_name: 'test', declared_revenue_minor: 1, industry_code: 'F51', disclosures_acknowledged: [], loan_id: loanId },
    ...{ applicant_record_id: newId(), payee_record_id: newId(), policy_version: 'online_microloan.v0', content_sha256: 'a', submitted_at: AT, updated_at: AT },
    ...{ deadline_at: status === 'DISBURSEMENT_REVIEW' ? AT : null, decision: decision && JSON.stringify(decision), history_seq: 2, history_head: head },
  });
  await insert('offer', {
    ...{ offer_id: newId(), application_id: applicationId, amount_minor: 500, rate_bps: 635, effective_annual_rate_bps: 653, tenor_months: 12 },
    ...{ repayment_method: 'bullet', cost_sheet: '{}', issued_at: AT, expires_at: AT },
  });
  return applicationId;
}

const DECLINED = { stage: 'disbursement', decidedAt: AT.toISOString(), reasons: [{ code: 'PAYOUT_REFUSED', sentence: 'So.' }], outcome: 'declined' };

test('R-OP-06: every signed application gets its drawdown and is completed, others stay, and no seal breaks', async () => {
  const made = {
    requested: await application('DISBURSING', newId()),
    held: await application('DISBURSEMENT_REVIEW', newId()),
    active: await application('ACTIVE', newId()),
    settled: await application('SETTLED', newId()),
    givenUp: await application('REJECTED', newId(), DECLINED),
    declined: await application('REJECTED', null, DECLINED),
    offered: await application('OFFERED', null),
  };
  const definitions = [loanApplication as unknown as ServiceDefinition];
  const name = new URL(database.adminUrl).pathname.slice(1);
  await prepareDatabases({ adminUrl: database.adminUrl, database: name, rolePassword: 'test-only', definitions });

  const { rows } = await admin.query<Record<string, unknown>>(
    `select a.application_id as id, a.status, a.live, a.history_head as head, a.deadline_at, d.drawdown_id, d.status as drawn, d.live as "drawdownLive",
       d.loan_status, d.deadline_at as due, d.amount_minor, d.history_head as "drawdownHead", d.refusal
     from application a left join drawdown d using (application_id)`,
  );
  const of = (id: string) => rows.find((row) => row['id'] === id)!;
  const told = (id: string) => ['status', 'live', 'drawn', 'drawdownLive', 'loan_status', 'due'].map((column) => of(id)[column]);
  expect(Object.fromEntries(Object.entries(made).map(([what, id]) => [what, told(id)]))).toEqual({
    requested: ['COMPLETED', false, 'REQUESTED', true, null, null],
    held: ['COMPLETED', false, 'HELD', true, null, AT],
    active: ['COMPLETED', false, 'PAID', false, 'ACTIVE', null],
    settled: ['COMPLETED', false, 'PAID', false, 'SETTLED', null],
    givenUp: ['COMPLETED', false, 'REJECTED', false, null, null],
    declined: ['REJECTED', false, null, null, null, null],
    offered: ['OFFERED', true, null, null, null, null],
  });
  expect([of(made.givenUp)['refusal'], of(made.active)['amount_minor'], of(made.held)['deadline_at']]).toEqual([
    { stage: 'disbursement', decidedAt: DECLINED.decidedAt, reasons: DECLINED.reasons },
    '500',
    null,
  ]);

  for (const [what, id] of Object.entries(made)) {
    const own = await admin.query<HistoryEntry & Seal>(
      `select ${historySelect(APPLICATION_SUBJECT, 'h')} from application_history h where application_id = $1 order by seq`,
      [id],
    );
    expect([what, firstBrokenRow(own.rows, of(id)['head'] as string), own.rows.at(-1)!.statusTo]).toEqual([what, undefined, of(id)['status']]);
    if (!of(id)['drawdown_id']) continue;
    const drawn = await admin.query<HistoryEntry & Seal>(
      `select ${historySelect(DRAWDOWN_SUBJECT, 'h')} from drawdown_history h where drawdown_id = $1 order by seq`,
      [of(id)['drawdown_id']],
    );
    expect([what, firstBrokenRow(drawn.rows, of(id)['drawdownHead'] as string), drawn.rows.at(-1)!.statusTo]).toEqual([what, undefined, of(id)['drawn']]);
    // The chains continue each other: the drawdown names the seal that the application had.
    expect(drawn.rows[0]!.evidence).toMatchObject({ applicationId: id, historySha256: own.rows[1]!.rowSha256 });
  }
});

test('R-TC-08: decisions of the last days are counted as before', async () => {
  const { rows } = await admin.query(`select decision, count(*)::int as times from application_history where decision is not null group by decision`);
  expect(rows).toEqual([{ decision: 'engine approved', times: 7 }]);
});

test('no index and no check of the schema names a status: the process tables do', async () => {
  const { rows } = await admin.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes where schemaname = 'loan_application'
     union all select conname, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'loan_application'::regnamespace and contype = 'c'`,
  );
  const statuses =
    /'(CHECKING|ENHANCED_REVIEW|SCORING|REVIEW_SINGLE|OFFERED|CONTRACTING|COMPLETED|REJECTED|CANCELLED|EXPIRED|REQUESTED|HELD|PAID|ACTIVE|SETTLED)'/;
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter(({ definition }) => statuses.test(definition))).toEqual([]);
});
