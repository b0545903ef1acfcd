import { attachedPlace, BrokenSealError, FieldCipher, type LendingService, openRecord, type SealedRecords, type StoredRow } from '@millrace/service';
import type { Installation } from '../installation/installation.js';
import { sealedServices } from '../keys/sealed-services.js';
import type { Finding, Invariant } from './invariant.js';

const PAGE = 500;

/** Every record of personal data is what was stored there: nothing was changed, or copied from elsewhere (SEC-10). */
export const SEAL_INVARIANT: Invariant = {
  name: 'sealed-records',
  rule: 'Every record of personal data opens in its place, and its keyed hashes are those of its content.',
  check: async ({ installation }) => {
    const findings: Finding[] = [];
    for (const { service, records, cipher } of await sealedServices(installation)) {
      const { rows } = await installation.pool(service).query('select 1 from key_rotation limit 1');
      if (rows.length > 0) cipher.refuseOldForm();
      for (const table of records) findings.push(...(await checkTable(installation, service, table, cipher)));
    }
    return findings;
  },
};

async function checkTable(installation: Installation, service: LendingService, records: SealedRecords, cipher: FieldCipher): Promise<Finding[]> {
  const findings: Finding[] = [];
  const { table, idColumn } = records;
  const sql = `select * from ${table} where ${idColumn} > $1 order by ${idColumn} limit $2`;
  for await (const rows of installation.pages<StoredRow & Record<string, unknown>>(service, sql, (row) => String(row[idColumn]), [PAGE]))
    for (const row of rows) {
      const what = await faultOf(installation, service, records, row, cipher);
      if (what) findings.push({ service, subject: String(row[idColumn]), what });
    }
  return findings;
}

async function faultOf(
  installation: Installation,
  service: LendingService,
  records: SealedRecords,
  row: StoredRow,
  cipher: FieldCipher,
): Promise<string | undefined> {
  try {
    const { cipher: record } = openRecord(records, row, cipher);
    for (const values of records.attached ?? []) {
      const rows = await installation.rows<{ id: string; value: string }>(service, values.select, [row[records.idColumn]]);
      for (const { id, value } of rows) record.decryptIn(attachedPlace(values, id), value);
    }
    return undefined;
  } catch (error) {
    if (error instanceof BrokenSealError) return error.message;
    throw error;
  }
}
