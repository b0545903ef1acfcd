import { recordedKeys, type FieldCipher, type SealedRecords } from '@millrace/service';
import type pg from 'pg';

/** A key as an operator sees it. */
export interface ListedKey {
  readonly keyId: string;
  readonly fingerprint: string;
  /** `current` is the first of the setting; `missing` is in use and not in the setting. */
  readonly state: 'current' | 'in use' | 'retired' | 'missing';
  /** Records whose data key is encrypted under it. */
  readonly records: number;
}

/** Where a record is not all under the key whose id begins `$2`. */
export function dueCondition({ fields, indexes }: SealedRecords): string {
  const old = fields.map((column) => `${column} not like '+%'`);
  const indexed = Object.keys(indexes).map((column) => `${column} not like $2`);
  return ['wrapped_key is null', 'wrapped_key not like $2', ...indexed, ...old].join(' or ');
}

/** Keys of one service's data, the oldest first, and how many records still have the old form, which no place is part of. */
export async function countKeys(pool: pg.Pool, records: readonly SealedRecords[], cipher: FieldCipher): Promise<{ keys: ListedKey[]; oldForm: number }> {
  const counts = new Map<string | null, number>();
  for (const { table } of records) {
    const { rows } = await pool.query<{ keyId: string | null; records: string }>(
      `select split_part(wrapped_key, '.', 1) as "keyId", count(*) as records from ${table} group by 1`,
    );
    for (const row of rows) counts.set(row.keyId, (counts.get(row.keyId) ?? 0) + Number(row.records));
  }
  const keys = (await recordedKeys(pool)).map(({ keyId, fingerprint, retired }): ListedKey => {
    const state = retired ? 'retired' : keyId === cipher.currentKeyId ? 'current' : cipher.keyIds.includes(keyId) ? 'in use' : 'missing';
    return { keyId, fingerprint, state, records: counts.get(keyId) ?? 0 };
  });
  return { keys, oldForm: counts.get(null) ?? 0 };
}
