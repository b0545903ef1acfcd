import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { newId } from '@millrace/contracts';
import { prepareDatabases, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { loanApplication } from '../loan-application.module.js';
import { readConsents } from '../text/read-consents.js';
import { AGREED_GUARANTEES, readGuarantors } from './read-guarantors.js';

// Goal: an application that is under way at the update goes on without guarantors: its consents and its signature are its own, and its loan has no guarantee. Method: the
// tables as they were, and then the migration.
const MIGRATION = '0019_guarantor.sql';
const AT = new Date('2028-03-01T01:00:00.123Z');
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
  // Only what hangs on an application is of interest, so that references may lead nowhere.
  await admin.query('set search_path = loan_application; set session_replication_role = replica');
}, 120_000);
afterAll(async () => {
  await admin.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('S18: an application of before has its own consents and its open signature, and nobody who stands for it', async () => {
  const applicationId = newId();
  const contractId = newId();
  const consentId = newId();
  await admin.query(`insert into consent values ($1, $2, 'C1', 'v1', $3, $4, $4)`, [consentId, applicationId, 'a'.repeat(64), AT]);
  await admin.query(
    `insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, requested_at) values ($1, $2, $3, $4, 'requested', 'borrower', $5)`,
    [newId(), applicationId, contractId, 'b'.repeat(64), AT],
  );
  const definitions = [loanApplication as unknown as ServiceDefinition];
  const name = new URL(database.adminUrl).pathname.slice(1);
  await prepareDatabases({ adminUrl: database.adminUrl, database: name, rolePassword: 'test-only', definitions });

  const queries = { query: admin.query.bind(admin) } as unknown as Parameters<typeof readGuarantors>[0];
  expect(await readGuarantors(queries, applicationId)).toEqual([]);
  expect(await readConsents(queries, applicationId)).toMatchObject([{ consentId, type: 'C1' }]);
  const { rows } = await admin.query(`select ${AGREED_GUARANTEES} as agreed from (select $1::uuid as application_id) a`, [applicationId]);
  expect(rows).toEqual([{ agreed: null }]);
  expect((await admin.query('select guarantor_id from signature where application_id = $1', [applicationId])).rows).toEqual([{ guarantor_id: null }]);
  // One signature of a party at a time, as before, and a guarantor's beside it.
  const another = (role: string, guarantorId: string | null) =>
    admin.query(
      `insert into signature (signature_id, application_id, contract_id, contract_sha256, status, signer_role, requested_at, guarantor_id) values ($1, $2, $3, $4, 'requested', $5, $6, $7)`,
      [newId(), applicationId, contractId, 'b'.repeat(64), role, AT, guarantorId],
    );
  await expect(another('borrower', null)).rejects.toMatchObject({ constraint: 'signature_one_open' });
  await another('guarantor', newId());
});
