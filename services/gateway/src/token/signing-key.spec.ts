import { generateKeyPairSync } from 'node:crypto';
import { readSigningKeys } from './signing-key.js';

const newPem = (): string => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pem = newPem();

test('a key is read with real and with written line ends, to the same id, and its public half alone is published', async () => {
  const [[one], [other]] = await Promise.all([readSigningKeys(pem), readSigningKeys(pem.replaceAll('\n', '\\n'))]);
  expect(one.keyId).toBe(other.keyId);
  expect(one.publicJwk).toEqual({ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: one.keyId, alg: 'EdDSA', use: 'sig' });
});

test('SEC-17: several keys are read in their order', async () => {
  const old = newPem();
  const keys = await readSigningKeys(`${pem}${old}`.replaceAll('\n', '\\n'));
  const [[first], [second]] = await Promise.all([readSigningKeys(pem), readSigningKeys(old)]);
  expect(keys.map(({ keyId }) => keyId)).toEqual([first.keyId, second.keyId]);
});

test('anything else is refused in one line', async () => {
  await expect(readSigningKeys('x')).rejects.toThrow('MILLRACE_GATEWAY_SIGNING_KEY is not a private key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const foreign = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await expect(readSigningKeys(foreign)).rejects.toThrow('must be an Ed25519 key, not ec');
  await expect(readSigningKeys(`${pem}${foreign}`)).rejects.toThrow('must be an Ed25519 key, not ec');
});
