import { generateKeyPairSync } from 'node:crypto';
import { SignJWT } from 'jose';
import type { AttackGroup } from './attack.js';
import { judge, notPlayed } from './judge.js';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that nobody but the gateway could have made, made by us: none opens anything (SEC-17). */
export const attackWithForgedTokens: AttackGroup = async function* ({ nobody }) {
  const [published] = (await nobody.get('/v1/.well-known/jwks.json')).body?.keys ?? [];
  const iss = (await nobody.get('/.well-known/oauth-authorization-server')).body?.issuer;
  if (!published || !iss) {
    yield notPlayed('SEC-17', 'forged tokens', 'no key or no issuer is published');
    return;
  }
  const claims = { sub: 'demo-auditor', kind: 'staff', tenant_id: 'millrace', roles: ['auditor'], iss, aud: 'millrace' };
  const now = Math.floor(Date.now() / 1_000);
  const times = { iat: now, exp: now + 600 };
  const { privateKey } = generateKeyPairSync('ed25519');
  const sign = (key: Parameters<SignJWT['sign']>[0], alg: string): Promise<string> =>
    new SignJWT({ ...claims, ...times }).setProtectedHeader({ alg, typ: 'at+jwt', kid: published.kid }).sign(key);
  const tokens = [
    `${encode({ alg: 'none', typ: 'at+jwt', kid: published.kid })}.${encode({ ...claims, ...times })}.`,
    await sign(privateKey, 'EdDSA'),
    await sign(Buffer.from(published.x.padEnd(64, '=')), 'HS256'),
  ];
  const answers = await Promise.all(tokens.map((token) => nobody.send('GET', '/v1/review-tasks', { headers: { authorization: `Bearer ${token}` } })));
  yield judge('SEC-17', 'unsigned, self-signed and HMAC tokens', answers, ({ status }) => status === 401);
  const header = { 'x-millrace-principal': encode({ ...claims, id: 'x', tenantId: 'millrace' }) };
  yield judge(
    'SEC-17',
    'a principal that the caller names',
    [await nobody.send('GET', '/v1/review-tasks', { headers: header })],
    ({ status }) => status === 401,
  );
};
