import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { PublicKeyAnswer } from '@millrace/contracts/api';
import { ConfigError } from '@millrace/service';
import { calculateJwkThumbprint, exportJWK } from 'jose';

/** Injection token of the {@link SigningKeys}. */
export const SIGNING_KEYS = Symbol('signing-keys');

/** A key pair that signs access tokens; its id is the RFC 7638 thumbprint, the same in every instance that has the key. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly keyId: string;
  readonly publicJwk: PublicKeyAnswer;
}

/** Keys of the setting, the one that signs first; the others are still believed, so that a key can be replaced while its tokens are out. */
export type SigningKeys = readonly [SigningKey, ...SigningKey[]];

const VARIABLE = 'MILLRACE_GATEWAY_SIGNING_KEY';
const PEM = /-----BEGIN [A-Z ]+-----[\s\S]*?-----END [A-Z ]+-----/g;

async function readKey(pem: string): Promise<SigningKey> {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new ConfigError(`${VARIABLE} is not a private key in PKCS#8 PEM`);
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new ConfigError(`${VARIABLE} must be an Ed25519 key, not ${privateKey.asymmetricKeyType}`);
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  const keyId = await calculateJwkThumbprint(jwk);
  return { privateKey, publicKey, keyId, publicJwk: { kty: jwk.kty!, crv: jwk.crv!, x: jwk.x!, kid: keyId, alg: 'EdDSA', use: 'sig' } };
}

/** Reads the setting, one PEM after the other; throws a one-line {@link ConfigError} that does not show a key. */
export async function readSigningKeys(setting: string): Promise<SigningKeys> {
  const text = setting.replaceAll('\\n', '\n');
  const [first, ...others] = await Promise.all((text.match(PEM) ?? [text]).map(readKey));
  return [first!, ...others];
}
