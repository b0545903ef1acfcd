import { createCipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key of the setting MILLRACE_FIELD_KEYS, the same for the same number. */
export function testKey(id: string, filledWith: number): string {
  return `${id}:${Buffer.alloc(32, filledWith).toString('base64')}`;
}

const bytesOf = (key: string): Buffer => Buffer.from(key.split(':')[1]!, 'base64');

/** A value as it was stored before values were bound to their place. */
export function oldFormOf(key: string, plain: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', bytesOf(key), nonce);
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${key.split(':')[0]}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/** A keyed hash as it was stored before hashes named their key. */
export function oldIndexOf(key: string, plain: string): string {
  const indexKey = Buffer.from(hkdfSync('sha256', bytesOf(key), '', 'millrace blind index', 32));
  return createHmac('sha256', indexKey).update(plain.normalize('NFKC')).digest('base64url');
}
