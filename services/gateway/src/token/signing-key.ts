import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { ConfigError } from '@millrace/service';
import { calculateJwkThumbprint, exportJWK, type JWK } from 'jose';

/** Injection token of the {@link SigningKey}. */
export const SIGNING_KEY = Symbol('signing-key');

/** The key pair that signs access tokens; its id is the RFC 7638 thumbprint, the same in every instance that has the key. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly keyId: string;
  readonly publicJwk: JWK;
}

/** Reads the setting; throws a one-line {@link ConfigError} that does not show the key. */
export async function readSigningKey(pem: string): Promise<SigningKey> {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch {
    throw new ConfigError('MILLRACE_GATEWAY_SIGNING_KEY is not a private key in PKCS#8 PEM');
  }
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new ConfigError(`MILLRACE_GATEWAY_SIGNING_KEY must be an Ed25519 key, not ${privateKey.asymmetricKeyType}`);
  const publicKey = createPublicKey(privateKey);
  const jwk = await exportJWK(publicKey);
  const keyId = await calculateJwkThumbprint(jwk);
  return { privateKey, publicKey, keyId, publicJwk: { ...jwk, kid: keyId, alg: 'EdDSA', use: 'sig' } };
}
