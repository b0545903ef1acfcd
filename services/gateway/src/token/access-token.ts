import { newId } from '@millrace/contracts';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { Client } from '../client/clients.js';
import type { SigningKey, SigningKeys } from './signing-key.js';

/** Issuer of tokens of before the issuer was the public address: they are good until they run out, a day at most. */
const ISSUER_OF_BEFORE = 'millrace-gateway';
/** Who a token is for; one that was made for another service is refused. */
const AUDIENCE = 'millrace';
const TYPE = 'at+jwt';
/** Longest life that the setting allows a token, in seconds: one of ours never lives longer, however it was signed. */
export const MAX_TOKEN_SECONDS = 86_400;
/** How far the clocks of two gateways may be apart, in seconds. */
const CLOCK_SKEW_SECONDS = 60;

/** What the token says of its client (RFC 9068). */
interface TokenClaims {
  readonly kind: Client['kind'];
  readonly tenant_id: string;
  readonly partner_id?: string;
  readonly roles: readonly string[];
  /** Absent in tokens of the time before clients could be revoked, which is the first epoch. */
  readonly epoch?: number;
}

/** Who issues tokens, as they and the server's metadata name it alike (RFC 8414 §2, RFC 9068 §2.2): the public address of the installation. */
export function issuerOf({ installationUrl }: { readonly installationUrl: string }): string {
  return installationUrl.replace(/\/+$/, '');
}

/** Space-separated scope of a client: its roles, or `partner`. */
export function scopeOf(client: Client): string {
  return client.kind === 'partner' ? 'partner' : client.roles.join(' ');
}

/** What a token is signed with, and in whose name. */
export interface TokenSigner {
  readonly issuer: string;
  readonly key: SigningKey;
}

/** Signs a token for a client, valid from `now` for `seconds`. */
export function signAccessToken(client: Client, { issuer, key }: TokenSigner, now: Date, seconds: number): Promise<string> {
  const claims: TokenClaims = {
    kind: client.kind,
    tenant_id: client.tenantId,
    ...(client.partnerId === null ? {} : { partner_id: client.partnerId }),
    roles: client.roles,
    epoch: client.tokenEpoch,
  };
  const issuedAt = Math.floor(now.getTime() / 1_000);
  return new SignJWT({ ...claims, client_id: client.clientId, scope: scopeOf(client) })
    .setProtectedHeader({ alg: 'EdDSA', kid: key.keyId, typ: TYPE })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject(client.clientId)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(key.privateKey);
}

/** False for a token of a time to come, and for one that lives longer than any that we sign (SEC-17). */
function hasPlausibleTimes({ iat = 0, exp = 0 }: JWTPayload, now: Date): boolean {
  return iat <= now.getTime() / 1_000 + CLOCK_SKEW_SECONDS && exp - iat <= MAX_TOKEN_SECONDS;
}

/** The client that a token was made for; undefined for one that is altered, expired, foreign, of a key that we do not have, or no token at all. */
export async function readAccessToken(
  token: string,
  { issuer, keys }: { readonly issuer: string; readonly keys: SigningKeys },
  now: Date,
): Promise<Client | undefined> {
  const keyOf = ({ kid }: { kid?: string }): SigningKey['publicKey'] => {
    const key = keys.find(({ keyId }) => keyId === kid);
    if (!key) throw new Error('no key of this id');
    return key.publicKey;
  };
  try {
    const { payload } = await jwtVerify<TokenClaims>(token, keyOf, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: [issuer, ISSUER_OF_BEFORE],
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp', 'iat', 'kind', 'tenant_id', 'roles'],
      currentDate: now,
    });
    if (!hasPlausibleTimes(payload, now)) return undefined;
    const { sub, kind, tenant_id: tenantId, partner_id: partnerId = null, roles, epoch: tokenEpoch = 0 } = payload;
    return { clientId: sub!, kind, tenantId, partnerId, roles, tokenEpoch };
  } catch {
    return undefined;
  }
}
