import { BrokenSealError, type FieldCipher, type Place, type RecordCipher, type RecordPlace } from './field-cipher.js';

/** A row as it is stored, by column. */
export type StoredRow = Readonly<Record<string, unknown>>;

/** Plain values of a record, by the column that keeps them encrypted; null where the record has none. */
export type PlainFields = Readonly<Record<string, string | null>>;

/** Values of another table that belong to a record and are encrypted under its data key. */
export interface AttachedValues {
  readonly table: string;
  readonly idColumn: string;
  readonly column: string;
  /** Condition on the rows of the table that are encrypted, in SQL. */
  readonly encrypted: string;
  /** Rows of the record `$1` as `id` and `value`, in SQL. */
  readonly select: string;
}

/** Copies of a record's keyed hashes in another table, which look-ups run over. */
export interface CopiedIndexes {
  readonly table: string;
  /** Columns, named as in the record. */
  readonly columns: readonly string[];
  /** Column with the id of the record. */
  readonly recordColumn: string;
}

/** A table whose rows keep personal data, each under a data key of its own in the column `wrapped_key`. */
export interface SealedRecords {
  readonly table: string;
  readonly idColumn: string;
  /** Columns that say whose record it is; they are part of its seal. */
  readonly ownerColumns: readonly string[];
  /** Encrypted columns. */
  readonly fields: readonly string[];
  /** Columns with a keyed hash, and the texts that it may be of: the first one is written, every one is accepted; null where there is no hash. */
  readonly indexes: Readonly<Record<string, (fields: PlainFields, row: StoredRow) => readonly [string, ...string[]] | null>>;
  readonly attached?: readonly AttachedValues[];
  readonly copies?: readonly CopiedIndexes[];
}

/** A record in the clear, with the cipher for what else belongs to it. */
export interface OpenedRecord {
  readonly fields: PlainFields;
  readonly cipher: RecordCipher;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id as PostgreSQL gives it back, whatever its letters were when it came. */
function idText(value: unknown): string {
  const text = String(value);
  return UUID.test(text) ? text.toLowerCase() : text;
}

/** Where a stored row stands. */
export function placeOf({ table, idColumn, ownerColumns }: SealedRecords, row: StoredRow): RecordPlace {
  return { table, row: idText(row[idColumn]), owners: ownerColumns.map((column) => idText(row[column])) };
}

/** Where a value stands that belongs to a record. */
export function attachedPlace({ table, column }: AttachedValues, id: string): Place {
  return { table, column, row: idText(id) };
}

/** Values for every column that depends on keys: the wrapped data key, encrypted fields, keyed hashes. `row` has the other columns. */
export function sealRecord(records: SealedRecords, row: StoredRow, fields: PlainFields, cipher: FieldCipher): Record<string, string | null> {
  return sealUnder(records, row, fields, cipher, cipher.seal(placeOf(records, row)));
}

/** The same under a data key that there is already. */
export function sealUnder(
  records: SealedRecords,
  row: StoredRow,
  fields: PlainFields,
  cipher: FieldCipher,
  record: RecordCipher,
): Record<string, string | null> {
  const columns: Record<string, string | null> = { wrapped_key: record.wrappedKey };
  for (const column of records.fields) {
    const plain = fields[column] ?? null;
    columns[column] = plain === null ? null : record.encrypt(column, plain);
  }
  return { ...columns, ...indexesOf(records, row, fields, cipher) };
}

/** The keyed hashes of a record under the current key. */
export function indexesOf(records: SealedRecords, row: StoredRow, fields: PlainFields, cipher: FieldCipher): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(records.indexes).map(([column, textsOf]) => {
      const texts = textsOf(fields, row);
      return [column, texts === null ? null : cipher.blindIndex(texts[0])];
    }),
  );
}

/**
 * Decrypts a stored row and holds its keyed hashes against it.
 *
 * @throws BrokenSealError where a value was changed, or was copied from elsewhere.
 */
export function openRecord(records: SealedRecords, row: StoredRow, cipher: FieldCipher): OpenedRecord {
  const record = cipher.open(placeOf(records, row), row['wrapped_key'] as string | null);
  const fields: Record<string, string | null> = {};
  for (const column of records.fields) {
    const value = row[column] as string | null;
    fields[column] = value === null ? null : record.decrypt(column, value);
  }
  for (const [column, textsOf] of Object.entries(records.indexes)) {
    const texts = textsOf(fields, row);
    const stored = row[column] as string | null;
    const fits = texts === null || stored === null ? texts === stored : texts.some((text) => cipher.isIndexOf(stored, text));
    if (!fits) throw new BrokenSealError(`${records.table}.${column} of ${String(row[records.idColumn])} is not the hash of what is stored there`);
  }
  return { fields, cipher: record };
}
