import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { DEFAULT_INSTALLATION_URL } from '@millrace/contracts';
import { SignJWT } from 'jose';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway, SIGNING_KEY, SIGNING_PEM } from '../../test/running-gateway.js';
import { readSigningKeys } from './signing-key.js';

const upstreams = new RecordingUpstreams();
const next = generateKeyPairSync('ed25519').privateKey;
const nextPem = next.export({ type: 'pkcs8', format: 'pem' }).toString();
let gateway: RunningGateway;

beforeAll(async () => {
  // The new key signs, the one before is still believed.
  gateway = await RunningGateway.start(await upstreams.start(), { MILLRACE_GATEWAY_SIGNING_KEY: `${nextPem}${SIGNING_PEM}`.replaceAll('\n', '\\n') });
  upstreams.on('GET', /^\/products$/, { status: 200, body: { items: [] } });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

const nowSeconds = (): number => Math.floor(gateway.service.clock.now().getTime() / 1_000);

async function sign(key: KeyObject, kid: string | undefined, { issued = 0, lives = 60 } = {}): Promise<string> {
  return new SignJWT({ kind: 'partner', tenant_id: 't1', partner_id: 'partner-1', roles: [] })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', ...(kid === undefined ? {} : { kid }) })
    .setIssuer(DEFAULT_INSTALLATION_URL)
    .setAudience('millrace')
    .setSubject('client-1')
    .setIssuedAt(nowSeconds() + issued)
    .setExpirationTime(nowSeconds() + issued + lives)
    .sign(key);
}

const status = async (token: string): Promise<number> => (await gateway.send('GET', '/v1/products', { headers: { authorization: `Bearer ${token}` } })).status;

test('SEC-17: while keys change, tokens of both are good, new ones are of the first, and both are published', async () => {
  const [newKey, oldKey] = await readSigningKeys(`${nextPem}${SIGNING_PEM}`);
  expect(await status(await sign(SIGNING_KEY, oldKey!.keyId))).toBe(200);
  expect(await status(await sign(next, newKey.keyId))).toBe(200);
  const issued = await gateway.token('client-1');
  expect(JSON.parse(Buffer.from(issued.split('.')[0]!, 'base64url').toString())).toMatchObject({ kid: newKey.keyId });
  const { body } = await gateway.send('GET', '/v1/.well-known/jwks.json');
  expect(body.keys.map(({ kid }: { kid: string }) => kid)).toEqual([newKey.keyId, oldKey!.keyId]);
});

test('SEC-17: a token whose kid names another key, none of ours, or nothing is refused', async () => {
  const [newKey] = await readSigningKeys(nextPem);
  expect(await status(await sign(SIGNING_KEY, newKey.keyId))).toBe(401);
  expect(await status(await sign(SIGNING_KEY, 'made-up'))).toBe(401);
  expect(await status(await sign(SIGNING_KEY, undefined))).toBe(401);
});

test('SEC-17: a token of a time to come, or of a life that no setting allows, is refused', async () => {
  const [key] = await readSigningKeys(nextPem);
  expect(await status(await sign(next, key.keyId, { issued: 3_600 }))).toBe(401);
  expect(await status(await sign(next, key.keyId, { issued: 30 }))).toBe(200);
  expect(await status(await sign(next, key.keyId, { lives: 10 * 365 * 86_400 }))).toBe(401);
  expect(await status(await sign(next, key.keyId, { lives: 86_400 }))).toBe(200);
});
