import type pg from 'pg';
import { ConfigError } from './config.js';
import { BrokenSealError, type FieldCipher } from './field-cipher.js';
import { openRecord, type SealedRecords, type StoredRow } from './sealed-records.js';

/** A service's database. */
interface Statements {
  query<R extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<pg.QueryResult<R>>;
}

/** What the database knows of a key, which is never the key itself. */
export interface RecordedKey {
  readonly keyId: string;
  readonly fingerprint: string;
  readonly sample: string;
  readonly recordedAt: Date;
  /** A change of keys has passed it: nothing is stored under it, and nothing may be any more. */
  readonly retired: boolean;
}

const RECORDED = `
select k.key_id as "keyId", k.fingerprint, k.sample, k.recorded_at as "recordedAt",
  exists (select from key_rotation r where k.key_id = any (r.retired)) as retired
from field_key k order by k.recorded_at, k.key_id`;

/** Every key that the service's data has been encrypted under, the oldest first. */
export async function recordedKeys(database: Statements): Promise<RecordedKey[]> {
  return (await database.query<RecordedKey & pg.QueryResultRow>(RECORDED)).rows;
}

const RECORD = 'insert into field_key (key_id, fingerprint, sample) values ($1, $2, $3) on conflict (key_id) do nothing';

/**
 * Refuses to start with keys that are not those of the data (T39): personal data would be written that the next right start cannot read, and look-ups
 * would silently find nobody. The first start that has the right keys records their fingerprints.
 *
 * @throws ConfigError with one line that says which key is missing or is another one
 */
export async function checkFieldKeys(database: Statements, service: string, records: readonly SealedRecords[], cipher: FieldCipher): Promise<void> {
  const recorded = await recordedKeys(database);
  const inUse = new Set(recorded.map(({ keyId }) => keyId));
  const before = recorded.length === 0 ? await provenKeys(database, service, records, cipher) : [];
  const fresh = [...new Set([...before, cipher.currentKeyId])].filter((keyId) => !inUse.has(keyId));
  if (recorded.length > 0) refuseOtherKeys(service, recorded, cipher);
  for (const keyId of fresh) await database.query(RECORD, [keyId, cipher.fingerprint(keyId), cipher.sampleOf(keyId)]);
  // Another process may have recorded another key under this id just now.
  if (fresh.length > 0) refuseOtherKeys(service, await recordedKeys(database), cipher);
  const { rows } = await database.query<{ passed: boolean }>('select exists (select from key_rotation) as passed');
  if (rows[0]!.passed) cipher.refuseOldForm();
}

function refuseOtherKeys(service: string, recorded: readonly RecordedKey[], cipher: FieldCipher): void {
  for (const { keyId, fingerprint, sample, retired } of recorded) {
    const given = cipher.keyIds.includes(keyId);
    if (!given && retired) continue;
    if (!given)
      throw new ConfigError(
        `MILLRACE_FIELD_KEYS has no key "${keyId}" (fingerprint ${fingerprint}), under which ${service} keeps personal data: put it back behind the first one, or restore the setting (secrets.json of npm start) from the backup of this data`,
      );
    if (cipher.fingerprint(keyId) !== fingerprint || !cipher.opensSample(keyId, sample))
      throw new ConfigError(
        `the key "${keyId}" of MILLRACE_FIELD_KEYS is another one (fingerprint ${cipher.fingerprint(keyId)}) than the data of ${service} is encrypted under (${fingerprint}): restore the setting (secrets.json of npm start) that belongs to this data, and give a new key a new id`,
      );
    if (retired && keyId === cipher.currentKeyId)
      throw new ConfigError(`the key "${keyId}" of MILLRACE_FIELD_KEYS is retired, as lendctl keys rotate has passed it: put the current key first`);
  }
}

/** One row of each key that a table's rows were encrypted under. */
function samplesOf({ table, fields }: SealedRecords): string {
  const keyId = `split_part(coalesce(wrapped_key, ${fields[0]!}), '.', 1)`;
  return `select distinct on (${keyId}) * from ${table} order by ${keyId}`;
}

/** Data from before there were fingerprints proves the keys itself: a row of each key id must open. All keys of the setting count as in use then. */
async function provenKeys(database: Statements, service: string, records: readonly SealedRecords[], cipher: FieldCipher): Promise<readonly string[]> {
  let proven = false;
  for (const table of records) {
    const { rows } = await database.query<StoredRow & pg.QueryResultRow>(samplesOf(table));
    for (const row of rows) {
      try {
        openRecord(table, row, cipher);
      } catch (error) {
        const why =
          error instanceof BrokenSealError ? `they do not open ${error.message.replace(' is not what was stored there', '')}` : (error as Error).message;
        throw new ConfigError(
          `MILLRACE_FIELD_KEYS are not the keys of the data of ${service}: ${why}; restore the setting (secrets.json of npm start) that belongs to it`,
        );
      }
      proven = true;
    }
  }
  return proven ? cipher.keyIds : [];
}
