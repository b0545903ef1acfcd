import { newId } from '@millrace/contracts';
import { checkFieldKeys, FieldCipher, openPool, recordedKeys } from '@millrace/service';
import { createTestDatabase, oldFormOf, oldIndexOf, testKey, type TestDatabase } from '@millrace/testing';
import type pg from 'pg';
import { disbursement } from '../disbursement.module.js';
import { payeeContent, PAYEES } from './payee-record.js';

// Goal: a service starts with the keys of its data or not at all (T39). Method: the check of the start on real tables, new ones and ones of before.
const K1 = testKey('k1', 1);
const K2 = testKey('k2', 2);
const OTHER_K1 = testKey('k1', 9);
const FIELDS = { account_name: '测试企业', account_number: '6222020000001234' };

let database: TestDatabase;
let pool: pg.Pool;
let admin: pg.Pool;
beforeEach(async () => {
  database = await createTestDatabase([disbursement as never]);
  pool = openPool({ connectionString: database.urls.of('disbursement'), max: 2 }, () => undefined);
  admin = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
}, 60_000);
afterEach(async () => {
  await pool.end();
  await admin.end();
  await database.drop();
});

const start = async (keys: string): Promise<FieldCipher> => {
  const cipher = new FieldCipher(keys);
  await checkFieldKeys(pool, 'disbursement', [PAYEES], cipher);
  return cipher;
};

/** Tables as they were before values were bound to their place, with one payee. */
async function formerInstallation(): Promise<void> {
  await admin.query('set session_replication_role = replica; delete from disbursement.key_rotation');
  await admin.query(
    `insert into disbursement.payee (payee_record_id, tenant_id, owner_id, application_id, content_index, account_name, account_number, created_at)
     values ($1, 't1', 'p1', $1, $2, $3, $4, now())`,
    [newId(), oldIndexOf(K1, payeeContent(FIELDS)), oldFormOf(K1, FIELDS.account_name), oldFormOf(K1, FIELDS.account_number)],
  );
}

test('T39: once started with a key, it starts with no other one under its id, and not without it', async () => {
  await start(K1);
  await start(`${K2},${K1}`);
  expect((await recordedKeys(pool)).map(({ keyId }) => keyId)).toEqual(['k1', 'k2']);
  await expect(start(OTHER_K1)).rejects.toThrow(/^the key "k1" of MILLRACE_FIELD_KEYS is another one .* restore the setting/);
  await expect(start(K2)).rejects.toThrow(/^MILLRACE_FIELD_KEYS has no key "k1" \(fingerprint [\da-f]{32}\), under which disbursement keeps personal data/);
  await start(`${K1},${K2}`);
});

test('T39: data of before proves the keys: wrong ones are refused, right ones are recorded, and the old form is still read', async () => {
  await formerInstallation();
  for (const wrong of [OTHER_K1, K2, `${K2},${OTHER_K1}`])
    await expect(start(wrong)).rejects.toThrow(/^MILLRACE_FIELD_KEYS are not the keys of the data of disbursement/);
  expect(await recordedKeys(pool)).toEqual([]);
  const cipher = await start(`${K2},${K1}`);
  expect((await recordedKeys(pool)).map(({ keyId }) => keyId).sort()).toEqual(['k1', 'k2']);
  const record = cipher.open({ table: 'payee', row: 'a', owners: [] }, null);
  expect(record.decrypt('account_name', oldFormOf(K1, '测试企业'))).toBe('测试企业');
});

test('a new installation never reads the old form, and nothing is stored of a key but what tells it from others', async () => {
  const cipher = await start(K1);
  expect(() => cipher.open({ table: 'payee', row: 'a', owners: [] }, null).decrypt('account_name', oldFormOf(K1, 'x'))).toThrow(/has the old form/);
  const { rows } = await pool.query<{ everything: string }>(`select string_agg(k::text, '') as everything from field_key k`);
  expect(rows[0]!.everything).not.toContain(K1.split(':')[1]!.slice(0, 20));
});

test('what a change of keys has retired cannot come first again, in a start or in a process that still has the old setting', async () => {
  await start(`${K2},${K1}`);
  const late = new FieldCipher(K1);
  await pool.query(`insert into key_rotation (key_id, retired) values ('k2', '{k1}')`);
  await expect(start(`${K1},${K2}`)).rejects.toThrow(/"k1" of MILLRACE_FIELD_KEYS is retired/);
  await start(K2);
  const { wrappedKey } = late.seal({ table: 'payee', row: 'a', owners: [] });
  const insert = `insert into payee (payee_record_id, tenant_id, owner_id, application_id, content_index, account_name, account_number, created_at, wrapped_key)
    values ($1, 't1', 'p1', $1, 'x', 'x', 'x', now(), $2)`;
  await expect(pool.query(insert, [newId(), wrappedKey])).rejects.toThrow(/the field key k1 is retired/);
});
