import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { isSignatureOf } from './verify-signature.js';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const signed = (text: string): string => sign(null, Buffer.from(hashOf(text), 'hex'), privateKey).toString('base64');

test('G-EC-02: a signature holds for its own document and key, and for nothing else', () => {
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
  expect(isSignatureOf(hashOf('contract'), signed('contract'), pem)).toBe(true);
  expect(isSignatureOf(hashOf('contract.'), signed('contract'), pem)).toBe(false);
  expect(isSignatureOf(hashOf('contract'), signed('contract'), other)).toBe(false);
  expect(isSignatureOf(hashOf('contract'), signed('contract'), rsa)).toBe(false);
});

test('what cannot be read is no signature', () => {
  expect(isSignatureOf(hashOf('contract'), 'not base64', pem)).toBe(false);
  expect(isSignatureOf(hashOf('contract'), '', pem)).toBe(false);
  expect(isSignatureOf(hashOf('contract'), signed('contract'), 'no key')).toBe(false);
});
