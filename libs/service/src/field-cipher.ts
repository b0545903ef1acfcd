import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { ConfigError } from './config.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const SAMPLE = 'millrace';

/** Begins a value that is encrypted under a record's own data key; no key id can contain it, so no value of the old form begins like this. */
const SEALED = '+';

/** A stored value that is not what was stored in its place: changed, or copied there from another row, column or table. */
export class BrokenSealError extends Error {}

/** A value of personal data: the table, the column and the row that it stands in are part of its encryption. */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

/** A row that has a data key of its own, with what says whose it is: the key opens only here. */
export interface RecordPlace {
  readonly table: string;
  readonly row: string;
  /** E.g. tenant, partner and application: a record that is given to another owner does not open any more. */
  readonly owners: readonly string[];
}

function sealWith(key: Buffer, context: readonly string[], plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(JSON.stringify(context)));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** `context` is undefined for a value of the old form, which is bound to no place. */
function openWith(key: Buffer, context: readonly string[] | undefined, bytes: Buffer, what: string): Buffer {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    if (context) decipher.setAAD(Buffer.from(JSON.stringify(context)));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  } catch (error) {
    throw new BrokenSealError(`${what} is not what was stored there`, { cause: error });
  }
}

const encryptWith = (key: Buffer, context: readonly string[], plain: Buffer): string => sealWith(key, context, plain).toString('base64url');

const decryptWith = (key: Buffer, context: readonly string[] | undefined, encoded: string, what: string): Buffer =>
  openWith(key, context, Buffer.from(encoded, 'base64url'), what);

/** Encrypts and decrypts what belongs to one record, under the data key of that record. */
export class RecordCipher {
  constructor(
    readonly place: RecordPlace,
    /** The data key, encrypted under the service's key; stored in the record. Without it nothing of the record can ever be read again. */
    readonly wrappedKey: string,
    private readonly dataKey: Buffer,
    private readonly openOldForm: (value: string, what: string) => string,
  ) {}

  encrypt(column: string, plain: string): string {
    return this.encryptIn({ ...this.place, column }, plain);
  }

  /** @throws BrokenSealError where the value was not encrypted for this column of this record. */
  decrypt(column: string, value: string): string {
    return this.decryptIn({ ...this.place, column }, value);
  }

  /** A file of the record; as long as what it is of and 28 bytes. */
  sealBytes(column: string, plain: Uint8Array): Buffer {
    return sealWith(this.dataKey, this.#contextOf(column), plain);
  }

  /** @throws BrokenSealError where the bytes are not those that were sealed for this column of this record. */
  openBytes(column: string, sealed: Uint8Array): Buffer {
    return openWith(this.dataKey, this.#contextOf(column), Buffer.from(sealed), `${this.place.table}.${column} of ${this.place.row}`);
  }

  #contextOf(column: string): string[] {
    return [this.place.table, column, this.place.row];
  }

  /** A value that belongs to the record and stands in another table. */
  encryptIn({ table, column, row }: Place, plain: string): string {
    return `${SEALED}${encryptWith(this.dataKey, [table, column, row], Buffer.from(plain))}`;
  }

  decryptIn({ table, column, row }: Place, value: string): string {
    const what = `${table}.${column} of ${row}`;
    if (!isSealed(value)) return this.openOldForm(value, what);
    return decryptWith(this.dataKey, [table, column, row], value.slice(SEALED.length), what).toString('utf8');
  }
}

/** False for a value of the old form: encrypted under the service's key itself, and bound to no place. */
export function isSealed(value: string): boolean {
  return value.startsWith(SEALED);
}

/** Id of the service's key that a wrapped key, or a keyed hash, was made with; undefined for a hash of the old form, which does not say. */
export function keyIdOf(value: string): string | undefined {
  return value.includes('.') ? value.slice(0, value.indexOf('.')) : undefined;
}

/**
 * Encrypts personal data (AES-256-GCM). Every record has a data key of its own, which is encrypted under the service's key (`keyId.base64url`): so the
 * service's key can be changed without touching the data, and a person is forgotten by destroying one key. The place of a value is part of its
 * encryption, so that nothing stored can be moved elsewhere. Values of the old form stay readable until `lendctl keys rotate` has passed.
 */
export class FieldCipher {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #indexKeys: ReadonlyMap<string, Buffer>;
  readonly currentKeyId: string;
  #oldForm = true;

  /** `keys` as `id:base64` pairs separated by commas, the first is used for new values; each key has 32 bytes. */
  constructor(keys: string) {
    const parsed = keys.split(',').map((pair) => {
      const [id, encoded] = pair.trim().split(':');
      const key = Buffer.from(encoded ?? '', 'base64');
      if (!id || !/^[\w-]{1,16}$/.test(id) || key.length !== KEY_BYTES)
        throw new ConfigError('MILLRACE_FIELD_KEYS must be `id:base64 of 32 bytes`, separated by commas');
      return [id, key] as const;
    });
    this.#keys = new Map(parsed);
    if (this.#keys.size !== parsed.length) throw new ConfigError('MILLRACE_FIELD_KEYS has two keys of one id; give each an id of its own');
    this.#indexKeys = new Map(parsed.map(([id, key]) => [id, Buffer.from(hkdfSync('sha256', key, '', 'millrace blind index', KEY_BYTES))]));
    this.currentKeyId = parsed[0]![0];
  }

  /** Ids of the keys of the setting, the current one first. */
  get keyIds(): readonly string[] {
    return [...this.#keys.keys()];
  }

  /** Tells one key from another without telling anything of either (hex). Throws where the setting has no such key. */
  fingerprint(keyId: string): string {
    const check = hkdfSync('sha256', this.#key(keyId, 'the fingerprint'), '', 'millrace key check', KEY_BYTES);
    return createHmac('sha256', Buffer.from(check)).update(keyId).digest('hex').slice(0, 32);
  }

  /** A value that only this key opens; stored, so that a start can try its keys. */
  sampleOf(keyId: string): string {
    return encryptWith(this.#key(keyId, 'a sample'), ['field_key', 'sample', keyId], Buffer.from(SAMPLE));
  }

  opensSample(keyId: string, sample: string): boolean {
    try {
      return decryptWith(this.#key(keyId, 'a sample'), ['field_key', 'sample', keyId], sample, 'the sample').toString('utf8') === SAMPLE;
    } catch {
      return false;
    }
  }

  /** From here on a value of the old form is refused: all stored values have the new one. */
  refuseOldForm(): void {
    this.#oldForm = false;
  }

  /** A data key for a new record. */
  seal(place: RecordPlace): RecordCipher {
    const dataKey = randomBytes(KEY_BYTES);
    return this.#recordCipher(place, this.#wrap(place, dataKey), dataKey);
  }

  /**
   * Opens a record's data key. A record of the old form has none (`null`) and is given one here, which has to be stored with the first value that is
   * encrypted under it.
   *
   * @throws BrokenSealError where the key is not that of this record; an Error where the service's key is not in the setting.
   */
  open(place: RecordPlace, wrappedKey: string | null): RecordCipher {
    if (wrappedKey === null) return this.seal(place);
    const what = `the data key of ${place.table} ${place.row}`;
    const keyId = keyIdOf(wrappedKey) ?? '';
    const dataKey = decryptWith(this.#key(keyId, what), contextOf(place), wrappedKey.slice(keyId.length + 1), what);
    return this.#recordCipher(place, wrappedKey, dataKey);
  }

  /** The same data key, encrypted under the current key of the service. */
  rewrap(place: RecordPlace, wrappedKey: string): string {
    const keyId = keyIdOf(wrappedKey) ?? '';
    const what = `the data key of ${place.table} ${place.row}`;
    return this.#wrap(place, decryptWith(this.#key(keyId, what), contextOf(place), wrappedKey.slice(keyId.length + 1), what));
  }

  /** Equal plain values give equal indexes under one key, and nothing else can be learnt from one without it. Names its key: `keyId.base64url`. */
  blindIndex(plain: string): string {
    return this.#index(this.currentKeyId, plain);
  }

  /** Every form under which the value may be stored: under each key of the setting, with and without its id. For look-ups while keys are changed. */
  blindIndexes(plain: string): string[] {
    return this.keyIds.flatMap((keyId) => {
      const index = this.#index(keyId, plain);
      return [index, index.slice(keyId.length + 1)];
    });
  }

  /** Whether a stored index is that of the value. */
  isIndexOf(index: string, plain: string): boolean {
    const keyId = keyIdOf(index);
    if (keyId !== undefined) this.#key(keyId, 'an index');
    const stored = Buffer.from(index);
    const candidates = keyId === undefined ? this.blindIndexes(plain) : [this.#index(keyId, plain)];
    return candidates.some((candidate) => candidate.length === stored.length && timingSafeEqual(Buffer.from(candidate), stored));
  }

  /** Key id of a value of the old form; undefined for any other. */
  static oldKeyIdOf(value: string): string | undefined {
    return isSealed(value) ? undefined : keyIdOf(value);
  }

  #index(keyId: string, plain: string): string {
    return `${keyId}.${createHmac('sha256', this.#indexKeys.get(keyId)!).update(plain.normalize('NFKC')).digest('base64url')}`;
  }

  #wrap(place: RecordPlace, dataKey: Buffer): string {
    return `${this.currentKeyId}.${encryptWith(this.#keys.get(this.currentKeyId)!, contextOf(place), dataKey)}`;
  }

  #recordCipher(place: RecordPlace, wrappedKey: string, dataKey: Buffer): RecordCipher {
    return new RecordCipher(place, wrappedKey, dataKey, (value, what) => this.#decryptOldForm(value, what));
  }

  #decryptOldForm(value: string, what: string): string {
    if (!this.#oldForm) throw new BrokenSealError(`${what} has the old form, which no stored value has any more`);
    const [keyId = '', encoded = ''] = value.split('.');
    return decryptWith(this.#key(keyId, what), undefined, encoded, what).toString('utf8');
  }

  #key(keyId: string, what: string): Buffer {
    const key = this.#keys.get(keyId);
    if (!key) throw new Error(`MILLRACE_FIELD_KEYS has no key "${keyId}", which ${what} is encrypted under`);
    return key;
  }
}

function contextOf({ table, row, owners }: RecordPlace): string[] {
  return [table, 'wrapped_key', row, ...owners];
}
