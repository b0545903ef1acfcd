import {
  attachedPlace,
  BrokenSealError,
  indexesOf,
  isSealed,
  openRecord,
  placeOf,
  recordedKeys,
  sealUnder,
  type FieldCipher,
  type SealedRecords,
  type StoredRow,
} from '@millrace/service';
import type pg from 'pg';
import { NIL as BEFORE_ALL } from 'uuid';
import type { Progress } from '../command/progress.js';
import { dueCondition } from './count-keys.js';

/** Rows of one transaction; small, so that a running service waits for their locks for milliseconds. */
const BATCH_ROWS = 100;
/** What a running service writes meanwhile is passed again; more passes than this mean that it still writes under the old key. */
const MAX_PASSES = 3;

/** What came of a change of keys in one service. */
export interface Rotation {
  readonly records: number;
  /** Keys that nothing of the service is stored under any more. */
  readonly retired: readonly string[];
  /** Records that could not be passed, each with why; the old keys stay in use because of them. */
  readonly broken: readonly string[];
  /** Somebody still writes under an old key. */
  readonly unfinished: boolean;
}

/**
 * Encrypts every record's data key anew under the first key of the setting, makes its keyed hashes under that key, and binds values of the old form
 * to their place. Goes in small transactions over what is due, so it can be ended at any point and begun again, beside a service that runs.
 */
export async function rotateKeys(pool: pg.Pool, records: readonly SealedRecords[], cipher: FieldCipher, progress: Progress): Promise<Rotation> {
  const broken = new Map<string, string>();
  const passed = (): Omit<Rotation, 'retired' | 'unfinished'> => ({ records: progress.done, broken: [...broken.values()] });
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    broken.clear();
    for (const table of records) await passTable(pool, table, cipher, progress, broken);
    if (broken.size > 0) return { ...passed(), retired: [], unfinished: false };
    const retired = await inTransaction(pool, (client) => endRotation(client, records, cipher));
    if (retired) return { ...passed(), retired, unfinished: false };
  }
  return { ...passed(), retired: [], unfinished: true };
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

async function passTable(pool: pg.Pool, records: SealedRecords, cipher: FieldCipher, progress: Progress, broken: Map<string, string>): Promise<void> {
  const { table, idColumn } = records;
  const select = `select * from ${table} where ${idColumn} > $1 and (${dueCondition(records)}) order by ${idColumn} limit ${BATCH_ROWS} for update`;
  for (let after: string = BEFORE_ALL; ;) {
    const last = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<StoredRow & pg.QueryResultRow>(select, [after, `${cipher.currentKeyId}.%`]);
      for (const row of rows) await passRecord(client, records, row, cipher, broken);
      progress.add(rows.length);
      return rows.at(-1)?.[idColumn] as string | undefined;
    });
    if (last === undefined) return;
    after = last;
  }
}

async function passRecord(client: pg.ClientBase, records: SealedRecords, row: StoredRow, cipher: FieldCipher, broken: Map<string, string>): Promise<void> {
  const id = row[records.idColumn] as string;
  try {
    const { fields, cipher: record } = openRecord(records, row, cipher);
    const place = placeOf(records, row);
    const wrappedKey = cipher.rewrap(place, record.wrappedKey);
    const sealed = records.fields.every((column) => row[column] === null || isSealed(row[column] as string));
    const columns = sealed ? indexesOf(records, row, fields, cipher) : sealUnder(records, row, fields, cipher, record);
    const attached: [string, string[]][] = [];
    for (const values of records.attached ?? []) {
      const { rows } = await client.query<{ id: string; value: string }>(values.select, [id]);
      for (const { id: valueId, value } of rows) {
        const at = attachedPlace(values, valueId);
        const plain = record.decryptIn(at, value);
        if (!isSealed(value))
          attached.push([`update ${values.table} set ${values.column} = $2 where ${values.idColumn} = $1`, [valueId, record.encryptIn(at, plain)]]);
      }
    }
    await update(client, records.table, records.idColumn, id, { ...columns, wrapped_key: wrappedKey });
    for (const [sql, parameters] of attached) await client.query(sql, parameters);
    for (const { table, recordColumn, columns: copied } of records.copies ?? [])
      await update(client, table, recordColumn, id, Object.fromEntries(copied.map((column) => [column, columns[column] ?? null])));
  } catch (error) {
    if (!(error instanceof BrokenSealError)) throw error;
    broken.set(`${records.table} ${id}`, error.message);
  }
}

async function update(client: pg.ClientBase, table: string, idColumn: string, id: string, values: Readonly<Record<string, string | null>>): Promise<void> {
  const sets = Object.keys(values).map((column, at) => `${column} = $${at + 2}`);
  await client.query(`update ${table} set ${sets.join(', ')} where ${idColumn} = $1`, [id, ...Object.values(values)]);
}

/**
 * Looks, with writers kept off, whether everything is under the current key; then the other keys are retired, which refuses a process that would still
 * write under one of them. Undefined where something is still due.
 */
async function endRotation(client: pg.ClientBase, records: readonly SealedRecords[], cipher: FieldCipher): Promise<readonly string[] | undefined> {
  const tables = records.flatMap(({ table, copies = [], attached = [] }) => [
    table,
    ...copies.map((copy) => copy.table),
    ...attached.map((values) => values.table),
  ]);
  await client.query(`lock table ${tables.join(', ')} in share row exclusive mode`);
  for (const table of records) {
    await copyIndexes(client, table);
    const due = await client.query(`select 1 from ${table.table} where ${dueCondition(table).replaceAll('$2', '$1')} limit 1`, [`${cipher.currentKeyId}.%`]);
    if (due.rowCount) return undefined;
    for (const values of table.attached ?? []) {
      const old = await client.query(`select 1 from ${values.table} where ${values.encrypted} and ${values.column} not like '+%' limit 1`);
      if (old.rowCount) return undefined;
    }
  }
  const retired = (await recordedKeys(client)).filter((key) => !key.retired && key.keyId !== cipher.currentKeyId).map(({ keyId }) => keyId);
  await client.query('insert into key_rotation (key_id, retired) values ($1, $2)', [cipher.currentKeyId, retired]);
  return retired;
}

/** A row that was written while its record was passed may have copied the former hash. */
async function copyIndexes(client: pg.ClientBase, { table, idColumn, copies = [] }: SealedRecords): Promise<void> {
  for (const { table: copy, recordColumn, columns } of copies) {
    const sets = columns.map((column) => `${column} = r.${column}`).join(', ');
    const differs = columns.map((column) => `c.${column} is distinct from r.${column}`).join(' or ');
    await client.query(`update ${copy} c set ${sets} from ${table} r where r.${idColumn} = c.${recordColumn} and (${differs})`);
  }
}
