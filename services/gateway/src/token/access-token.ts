import { newId } from '@millrace/contracts';
import { jwtVerify, SignJWT } from 'jose';
import type { Client } from '../client/clients.js';
import type { SigningKey } from './signing-key.js';

const ISSUER = 'millrace-gateway';
/** Who a token is for; one that was made for another service is refused. */
const AUDIENCE = 'millrace';
const TYPE = 'at+jwt';

/** What the token says of its client (RFC 9068). */
interface TokenClaims {
  readonly kind: Client['kind'];
  readonly tenant_id: string;
  readonly partner_id?: string;
  readonly roles: readonly string[];
  /** Absent in tokens of the time before clients could be revoked, which is the first epoch. */
  readonly epoch?: number;
}

/** Space-separated scope of a client: its roles, or `partner`. */
export function scopeOf(client: Client): string {
  return client.kind === 'partner' ? 'partner' : client.roles.join(' ');
}

/** Signs a token for a client, valid from `now` for `seconds`. */
export function signAccessToken(client: Client, key: SigningKey, now: Date, seconds: number): Promise<string> {
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
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(client.clientId)
    .setJti(newId())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(key.privateKey);
}

/** The client that a token was made for; undefined for one that is altered, expired, foreign or no token at all. */
export async function readAccessToken(token: string, key: SigningKey, now: Date): Promise<Client | undefined> {
  try {
    const { payload } = await jwtVerify<TokenClaims>(token, key.publicKey, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'exp', 'iat', 'kind', 'tenant_id', 'roles'],
      currentDate: now,
    });
    const { sub, kind, tenant_id: tenantId, partner_id: partnerId = null, roles, epoch: tokenEpoch = 0 } = payload;
    return { clientId: sub!, kind, tenantId, partnerId, roles, tokenEpoch };
  } catch {
    return undefined;
  }
}
