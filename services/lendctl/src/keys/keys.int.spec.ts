import { randomUUID } from 'node:crypto';
import { newId } from '@millrace/contracts';
import { disbursement } from '@millrace/disbursement';
import { kycAntifraud } from '@millrace/kyc-antifraud';
import { FieldCipher, openRecord, sealRecord, type SealedRecords, type ServiceDefinition, type StoredRow } from '@millrace/service';
import { oldFormOf, oldIndexOf, testKey } from '@millrace/testing';
import { QuietInstallation } from '../../test/quiet-installation.js';
import { runLendctl, type Outcome } from '../../test/run-lendctl.js';
import { Progress } from '../command/progress.js';
import { openInstallation } from '../installation/installation.js';
import { SEAL_INVARIANT } from '../verify/check-seals.js';
import { rotateKeys } from './rotate-keys.js';

// Goal: a key can be retired (SEC-10): everything is under the new one, nobody is lost, and it can be ended and begun again. Method: real tables with rows of
// the form of before and of today's, changed by the command, and read with the new key alone.
const [K1, K2] = [testKey('k1', 7), testKey('k2', 8)];
const [PAYEES] = disbursement.sealedRecords as [SealedRecords];
const [APPLICANTS] = kycAntifraud.sealedRecords as [SealedRecords];
const OLD_PAYEES = 230;
/** Keys of the same name that are not the same. */
const own = { MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS: testKey('k3', 9), MILLRACE_DISBURSEMENT_FIELD_KEYS: testKey('k3', 10) };

let installation: QuietInstallation;
beforeAll(async () => {
  installation = await QuietInstallation.open([kycAntifraud, disbursement] as unknown as ServiceDefinition[]);
  // As it was before values were bound to their place.
  for (const schema of ['kyc_antifraud', 'disbursement']) await installation.sql(schema, 'delete from key_rotation');
}, 120_000);
afterAll(() => installation.close());

/** One setting for all services, or one for each. */
type Keys = string | Readonly<Record<'MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS' | 'MILLRACE_DISBURSEMENT_FIELD_KEYS', string>>;
const withKeys = (keys: Keys) => {
  const { MILLRACE_FIELD_KEYS: _shared, ...environment } = installation.environment;
  return { environment: { ...environment, ...(typeof keys === 'string' ? { MILLRACE_FIELD_KEYS: keys } : keys) }, clock: installation.clock };
};
const lendctl = (keys: Keys, ...args: string[]): Promise<Outcome> => runLendctl(withKeys(keys), ...args);

async function insert(schema: string, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(row);
  await installation.sql(schema, `insert into ${table} (${names.join(', ')}) values (${names.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row));
}

/** A row of today's form, or of the form of before. */
async function store(schema: string, records: SealedRecords, own: StoredRow, fields: Record<string, string | null>, form: 'old' | 'new'): Promise<void> {
  const columns =
    form === 'new'
      ? sealRecord(records, own, fields, new FieldCipher(K1))
      : {
          ...Object.fromEntries(Object.entries(fields).map(([column, plain]) => [column, plain === null ? null : oldFormOf(K1, plain)])),
          ...Object.fromEntries(
            Object.entries(records.indexes).map(([column, textsOf]) => {
              const texts = textsOf(fields, own);
              return [column, texts === null ? null : oldIndexOf(K1, texts[0])];
            }),
          ),
        };
  await insert(schema, records.table, { ...own, ...columns });
}

const PERSON = { name_encrypted: '测试甲', id_number_encrypted: '990101199001010019', mobile_encrypted: '13900000001', device_encrypted: 'device-1' };
const people: { applicationId: string; recordId: string; queryId: string }[] = [];

test('rows of before and of today are there to begin with, and are listed', async () => {
  for (let at = 0; at < OLD_PAYEES; at++) {
    const own = { payee_record_id: randomUUID(), tenant_id: 't1', owner_id: 'p1', application_id: newId(), created_at: new Date() };
    const fields = { account_name: '测试企业', account_number: String(6222020000000000 + at) };
    await store('disbursement', PAYEES, own, fields, at % 10 === 0 ? 'new' : 'old');
  }
  for (const form of ['old', 'new'] as const) {
    const [applicationId, recordId, queryId] = [newId(), newId(), newId()];
    const own = {
      applicant_record_id: recordId,
      application_id: applicationId,
      tenant_id: 't1',
      partner_id: 'p1',
      form_fill_seconds: 60,
      recorded_at: new Date(),
    };
    await store('kyc_antifraud', APPLICANTS, own, PERSON, form);
    await installation.sql(
      'kyc_antifraud',
      `insert into verification (application_id, applicant_record_id, uscc, requested_amount_minor, declared_revenue_minor, policy_version, consents, query_ids,
         device_index, mobile_index, causation_id, requested_at)
       select application_id, applicant_record_id, 'u', 1, 1, 'v', '[]', '{}', device_index, mobile_index, 'c', now() from applicant_record where applicant_record_id = $1`,
      [recordId],
    );
    const reply = { query_id: queryId, application_id: applicationId, source: 'identity', sha256: 'x', fetched_at: new Date(), body_encrypted: true };
    if (form === 'old') await insert('kyc_antifraud', 'source_reply', { ...reply, body: oldFormOf(K1, '{"match":true}') });
    people.push({ applicationId, recordId, queryId });
  }
  // The start of a service records the key, which the data of before proves.
  await openInstallation(withKeys(K1)).then((opened) => opened.close());
  const { out, exitCode } = await lendctl(K1, 'keys', 'list');
  expect([exitCode, out]).toEqual([0, expect.stringContaining('disbursement: 207 records have the old form')]);
}, 60_000);

test('SEC-10: ended in the middle and begun again, it leaves everything under the new key, and says that the old one is free', async () => {
  const opened = await openInstallation(withKeys(`${K2},${K1}`));
  const killed = new Progress('test', () => undefined);
  let batches = 0;
  killed.add = () => {
    if (++batches === 2) throw new Error('killed');
  };
  await expect(rotateKeys(opened.pool('disbursement'), [PAYEES], opened.fieldCipher('disbursement'), killed)).rejects.toThrow('killed');
  await opened.close();
  const under = async (like: string): Promise<number> =>
    (await installation.sql('disbursement', 'select 1 from payee where wrapped_key like $1', [like])).length;
  expect(await under('k2.%')).toBe(100);

  const { out, err, exitCode } = await lendctl(`${K2},${K1}`, 'keys', 'rotate', '--yes', '--by', 'olga');
  expect([exitCode, err]).toEqual([0, expect.not.stringContaining('error')]);
  expect(out).toMatch(/disbursement: 130 records are under "k2"/);
  expect(out).toMatch(/free: "k1" of kyc-antifraud, "k1" of disbursement may be taken out of the field keys/);
  expect(await under('k2.%')).toBe(OLD_PAYEES);
  const [action] = await installation.sql<{ command: string; performed_by: string }>('disbursement', 'select command, performed_by from operator_action');
  expect(action).toEqual({ command: 'keys rotate', performed_by: 'olga' });
}, 60_000);

test('the new key alone reads every row, finds everybody by the hashes, and refuses the old form for good', async () => {
  const cipher = new FieldCipher(K2);
  cipher.refuseOldForm();
  for (const row of await installation.sql<StoredRow & Record<string, unknown>>('disbursement', 'select * from payee'))
    expect(openRecord(PAYEES, row, cipher).fields['account_name']).toBe('测试企业');
  const rows = await installation.sql<StoredRow & Record<string, unknown>>('kyc_antifraud', 'select * from applicant_record');
  expect(rows.map((row) => openRecord(APPLICANTS, row, cipher).fields)).toEqual([PERSON, PERSON]);
  const found = await installation.sql('kyc_antifraud', 'select 1 from verification where mobile_index = $1 and device_index = $2', [
    cipher.blindIndex(PERSON.mobile_encrypted),
    cipher.blindIndex(PERSON.device_encrypted),
  ]);
  expect(found).toHaveLength(2);
  const [old] = people;
  const record = openRecord(
    APPLICANTS,
    rows.find((row) => row['applicant_record_id'] === old!.recordId)!,
    cipher,
  ).cipher;
  const [reply] = await installation.sql<{ body: string }>('kyc_antifraud', 'select body from source_reply');
  expect(record.decryptIn({ table: 'source_reply', column: 'body', row: old!.queryId }, reply!.body)).toBe('{"match":true}');
  expect(await lendctl(K2, 'keys', 'list')).toMatchObject({
    exitCode: 0,
    out: expect.stringMatching(/k1\s+[\da-f]{32}\s+retired\s+0[^]*k2\s+[\da-f]{32}\s+current\s+230/),
  });
});

async function findings(keys: Keys) {
  const opened = await openInstallation(withKeys(keys));
  try {
    return await SEAL_INVARIANT.check({ installation: opened, now: installation.clock.now(), graceMs: 0 });
  } finally {
    await opened.close();
  }
}

test('SEC-10: a key that all services shared becomes one for each, and nobody opens the data of another service', async () => {
  const { MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS: ofPeople, MILLRACE_DISBURSEMENT_FIELD_KEYS: ofPayees } = own;
  const change = { MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS: `${ofPeople},${K2}`, MILLRACE_DISBURSEMENT_FIELD_KEYS: `${ofPayees},${K2}` };
  const { out, exitCode } = await lendctl(change, 'keys', 'rotate', '--yes');
  expect([exitCode, out]).toEqual([0, expect.stringMatching(/free: "k2" of kyc-antifraud, "k2" of disbursement may/)]);
  expect(await findings(own)).toEqual([]);
  await expect(findings({ ...own, MILLRACE_DISBURSEMENT_FIELD_KEYS: K2 })).rejects.toThrow('MILLRACE_FIELD_KEYS has no key "k3"');
  const swapped = { MILLRACE_KYC_ANTIFRAUD_FIELD_KEYS: ofPayees, MILLRACE_DISBURSEMENT_FIELD_KEYS: ofPeople };
  const refused = await lendctl(swapped, 'keys', 'rotate', '--yes');
  expect([refused.exitCode, refused.err]).toEqual([1, expect.stringContaining('is another one')]);
}, 60_000);

test('SEC-10: a value that was copied from another row, column or table is named by verify, and stops a change of keys', async () => {
  expect(await findings(own)).toEqual([]);
  const [first, second] = await installation.sql<{ id: string }>('disbursement', 'select payee_record_id as id from payee order by 1 limit 2');
  await installation.sql(
    'disbursement',
    'update payee p set account_number = (select account_number from payee o where o.payee_record_id = $2) where p.payee_record_id = $1',
    [first!.id, second!.id],
  );
  expect(await findings(own)).toEqual([
    { service: 'disbursement', subject: first!.id, what: `payee.account_number of ${first!.id} is not what was stored there` },
  ]);
  const next = { ...own, MILLRACE_DISBURSEMENT_FIELD_KEYS: `${testKey('k4', 11)},${own.MILLRACE_DISBURSEMENT_FIELD_KEYS}` };
  const { out, exitCode } = await lendctl(next, 'keys', 'rotate', '--yes');
  expect([exitCode, out]).toEqual([1, expect.stringContaining(`not passed: payee.account_number of ${first!.id} is not what was stored there`)]);
  expect(out).not.toContain('free:');
}, 60_000);
