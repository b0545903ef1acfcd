import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts single fields of personal data (AES-256-GCM, design §5). The value names its key: `keyId.base64url(nonce|tag|ciphertext)`,
 * so that keys can be rotated while old values stay readable.
 */
export class FieldCipher {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #currentKeyId: string;
  readonly #indexKey: Buffer;

  /** `keys` as `id:base64` pairs separated by commas, the first is used for new values; each key has 32 bytes. */
  constructor(keys: string) {
    const parsed = keys.split(',').map((pair) => {
      const [id, encoded] = pair.trim().split(':');
      const key = Buffer.from(encoded ?? '', 'base64');
      if (!id || !/^[\w-]{1,16}$/.test(id) || key.length !== 32) throw new RangeError('field keys must be `id:base64 of 32 bytes`, separated by commas');
      return [id, key] as const;
    });
    this.#keys = new Map(parsed);
    const [current] = parsed;
    this.#currentKeyId = current![0];
    // The oldest key makes the index, so that look-ups survive a rotation.
    this.#indexKey = Buffer.from(hkdfSync('sha256', parsed.at(-1)![1], '', 'millrace blind index', 32));
  }

  encrypt(plain: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keys.get(this.#currentKeyId)!, nonce);
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return `${this.#currentKeyId}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Throws where the key is unknown or the value was changed. */
  decrypt(value: string): string {
    const [keyId, encoded] = value.split('.');
    const key = this.#keys.get(keyId ?? '');
    if (!key || !encoded) throw new Error(`no field key "${keyId ?? ''}" to read this value with`);
    const bytes = Buffer.from(encoded, 'base64url');
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  }

  /** Equal plain values give equal indexes, and nothing else can be learnt from one without the key. */
  blindIndex(plain: string): string {
    return createHmac('sha256', this.#indexKey).update(plain.normalize('NFKC')).digest('base64url');
  }
}

/** `990101199001010019` to `9901**********0019`; short values keep nothing. */
export function mask(value: string, keepStart = 4, keepEnd = 4): string {
  if (value.length <= keepStart + keepEnd) return '*'.repeat(value.length);
  return `${value.slice(0, keepStart)}${'*'.repeat(value.length - keepStart - keepEnd)}${value.slice(-keepEnd)}`;
}
