import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newId } from '@millrace/contracts';
import { prepareDatabases, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { loanApplication } from '../loan-application.module.js';

// Goal: what had been refused before account changes came is not ordered again after the update (T18). Method: the tables as they were, and then the migration.
const BEFORE = '0007_payee_account.sql';
const MIGRATION = '0008_account_change.sql';
let folder: string;
let upTo: (last: string) => ServiceDefinition;
let database: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-migrations-'));
  const all = fileURLToPath(loanApplication.migrations);
  upTo = (last) => {
    cpSync(all, folder, { recursive: true, filter: (path) => !path.endsWith('.sql') || path.slice(path.lastIndexOf(sep) + 1) <= last });
    return { ...loanApplication, migrations: pathToFileURL(`${folder}/`) } as unknown as ServiceDefinition;
  };
  database = await createTestDatabase([upTo(BEFORE)]);
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

/** An application as it stood before; answers its account. */
async function application(
  status: string,
  task: { readonly status: string; readonly reasons: readonly object[] },
): Promise<{ applicationId: string; payee: string }> {
  const [applicationId, payee, at] = [newId(), newId(), '2026-03-01T01:00:00Z'];
  await insert('application', {
    ...{ application_id: applicationId, tenant_id: 't1', partner_id: 'p1', maker_id: 'm1', status, product_code: 'invoice-loan', product_version: 1 },
    ...{ product_terms: '{}', requested_amount_minor: 1, currency: 'CNY', tenor_months: 12, repayment_method: 'bullet', purpose: 'working_capital' },
    ...{ uscc: newId().slice(-18), company_name: 'test', declared_revenue_minor: 1, industry_code: 'F51', disclosures_acknowledged: [] },
    ...{ applicant_record_id: newId(), payee_record_id: payee, policy_version: 'online_microloan.v0', content_sha256: 'a', submitted_at: at, updated_at: at },
  });
  const decided = task.status === 'decided' ? { decision: 'approve' } : {};
  await insert('review_task', {
    ...{ review_task_id: newId(), application_id: applicationId, tenant_id: 't1', stage: 'disbursement', tier: 'T1', status: task.status },
    ...{ reasons: JSON.stringify(task.reasons), figures: '{}', maker_id: 'm1', opened_at: at, due_at: at, ...decided },
  });
  return { applicationId, payee };
}

test('T18: the account of an open refusal counts as refused; one that nothing is known against, and one of another status, do not', async () => {
  const because = (code: string) => ({
    status: 'open',
    reasons: [
      { code, sentence: 'So.' },
      { code: 'LIMIT_EXCEEDED', sentence: 'Second.' },
    ],
  });
  const refused = [
    await application('DISBURSEMENT_REVIEW', because('PAYEE_ACCOUNT_NOT_FOUND')),
    await application('DISBURSEMENT_REVIEW', because('NAME_MISMATCH')),
    await application('DISBURSEMENT_REVIEW', { status: 'open', reasons: [] }),
  ];
  const free = [
    await application('DISBURSEMENT_REVIEW', because('LIMIT_EXCEEDED')),
    await application('DISBURSEMENT_REVIEW', because('PAYEE_NOT_VERIFIABLE')),
    await application('DISBURSEMENT_REVIEW', { ...because('NAME_MISMATCH'), status: 'decided' }),
    await application('DISBURSING', because('NAME_MISMATCH')),
    await application('ACTIVE', { ...because('NAME_MISMATCH'), status: 'closed' }),
  ];
  const name = new URL(database.adminUrl).pathname.slice(1);
  await prepareDatabases({
    adminUrl: database.adminUrl,
    database: name,
    rolePassword: 'test-only',
    definitions: [upTo(MIGRATION)],
  });

  const { rows } = await admin.query<{ id: string; accounts: string[] }>('select application_id as id, refused_payee_record_ids as accounts from application');
  const accountsOf = new Map(rows.map(({ id, accounts }) => [id, accounts]));
  expect(refused.map(({ applicationId }) => accountsOf.get(applicationId))).toEqual(refused.map(({ payee }) => [payee]));
  expect(free.map(({ applicationId }) => accountsOf.get(applicationId))).toEqual(free.map(() => []));
});
