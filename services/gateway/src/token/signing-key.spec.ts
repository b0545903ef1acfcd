import { generateKeyPairSync } from 'node:crypto';
import { readSigningKey } from './signing-key.js';

const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

test('a key is read with real and with written line ends, to the same id, and its public half alone is published', async () => {
  const [one, other] = await Promise.all([readSigningKey(pem), readSigningKey(pem.replaceAll('\n', '\\n'))]);
  expect(one.keyId).toBe(other.keyId);
  expect(one.publicJwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: one.keyId, alg: 'EdDSA', use: 'sig' });
});

test('anything else is refused in one line', async () => {
  await expect(readSigningKey('x')).rejects.toThrow('MILLRACE_GATEWAY_SIGNING_KEY is not a private key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  await expect(readSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).rejects.toThrow('must be an Ed25519 key, not ec');
});
