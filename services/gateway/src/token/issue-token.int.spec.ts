import { createPublicKey } from 'node:crypto';
import { DEFAULT_INSTALLATION_URL, type Clock } from '@millrace/contracts';
import { CLOCK, Database, LOGGER } from '@millrace/service';
import { importJWK, jwtVerify, SignJWT } from 'jose';
import type { Logger } from 'pino';
import { CLIENTS, RunningGateway, SIGNING_KEY, SIGNING_PEM } from '../../test/running-gateway.js';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { Clients } from '../client/clients.js';
import { GatewayConfig } from '../config.js';
import { readSigningKeys } from './signing-key.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;
let keyId: string;

beforeAll(async () => {
  keyId = (await readSigningKeys(SIGNING_PEM))[0].keyId;
  gateway = await RunningGateway.start(await upstreams.start());
  upstreams.on('GET', /^\/products$/, { status: 200, body: { items: [] } });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

const basic = (id: string, secret: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const products = (token: string) => gateway.send('GET', '/v1/products', { headers: { authorization: `Bearer ${token}` } });

describe('a token', () => {
  test('is given for JSON, for a form and for HTTP Basic, and opens the door', async () => {
    const answers = [
      await gateway.login('client-1'),
      await gateway.send('POST', '/v1/oauth/token', {
        headers: form,
        body: 'grant_type=client_credentials&client_id=client-1&client_secret=a-secret-of-the-tests&audience=ignored',
      }),
      await gateway.send('POST', '/v1/oauth/token', {
        headers: { ...form, ...basic('client-1', 'a-secret-of-the-tests') },
        body: 'grant_type=client_credentials',
      }),
    ];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(200);
      expect(body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 3_600, scope: 'partner' });
      expect(headers.get('cache-control')).toBe('no-store');
      expect((await products(body.access_token)).status).toBe(200);
    }
  });

  test('carries the roles of staff and can be checked with the published key', async () => {
    const { body: keySet } = await gateway.send('GET', '/v1/.well-known/jwks.json');
    const key = await importJWK(keySet.keys[0], 'EdDSA');
    const { payload, protectedHeader } = await jwtVerify(await gateway.token('olga'), key, { audience: 'millrace', currentDate: gateway.service.clock.now() });
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: keySet.keys[0].kid });
    expect(payload).toMatchObject({ sub: 'olga', kind: 'staff', tenant_id: 't1', roles: ['risk_officer'], scope: 'risk_officer' });
    expect(keySet.keys[0]).not.toHaveProperty('d');
  });

  test('RFC 8414: names the issuer that the metadata of the server name, an address', async () => {
    const { body: metadata } = await gateway.send('GET', '/.well-known/oauth-authorization-server');
    const key = await importJWK((await gateway.send('GET', '/v1/.well-known/jwks.json')).body.keys[0], 'EdDSA');
    const checks = { issuer: metadata.issuer, audience: 'millrace', currentDate: gateway.service.clock.now() };
    const { payload } = await jwtVerify(await gateway.token('client-1'), key, checks);
    expect([payload.iss, new URL(metadata.issuer).protocol]).toEqual([DEFAULT_INSTALLATION_URL, 'https:']);
    expect(metadata.token_endpoint).toBe(`${payload.iss}/v1/oauth/token`);
  });

  test.each([
    ['a wrong secret', 'client-1', 'wrong'],
    ['an unknown client', 'nobody', 'a-secret-of-the-tests'],
    ['an id that no client can have', 'cli\u0000ent', 'a-secret-of-the-tests'],
  ])('is refused to %s, in words that do not tell which', async (_, id, secret) => {
    const { status, body, headers } = await gateway.login(id, secret);
    expect(status).toBe(401);
    expect(body).toMatchObject({ code: 'INVALID_CLIENT', error: 'invalid_client', error_description: 'The client is unknown or its secret is wrong.' });
    expect(headers.get('content-type')).toContain('application/json');
    expect(body.detail).toContain('installation');
    expect(headers.get('www-authenticate')).toContain('Basic');
  });

  test('is refused for another grant, and for credentials in two places', async () => {
    const other = await gateway.send('POST', '/v1/oauth/token', { body: { grant_type: 'password', client_id: 'client-1', client_secret: 'x' } });
    expect([other.status, other.body.code]).toEqual([400, 'UNSUPPORTED_GRANT_TYPE']);
    const two = await gateway.send('POST', '/v1/oauth/token', {
      headers: basic('client-1', 'a-secret-of-the-tests'),
      body: { grant_type: 'client_credentials', client_id: 'client-2', client_secret: 'x' },
    });
    expect([two.status, two.body.code]).toEqual([400, 'INVALID_REQUEST']);
    for (const body of ['[]', 'null', '{"grant_type":["client_credentials"]}', '""'])
      expect((await gateway.send('POST', '/v1/oauth/token', { body })).body.code).toBe('INVALID_REQUEST');
    expect((await gateway.send('POST', '/v1/oauth/token', { body: '{"grant_type":' })).body.code).toBe('MALFORMED_JSON');
  });

  test('is refused for a while after too many wrong secrets, the right one included; other clients go on', async () => {
    for (let time = 0; time < 10; time++) expect((await gateway.login('pavel', 'guess')).status).toBe(401);
    const blocked = await gateway.login('pavel');
    expect([blocked.status, blocked.body.code]).toEqual([429, 'TOO_MANY_FAILED_LOGINS']);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await gateway.login('audrey')).status).toBe(200);
    gateway.service.clock.advance(15 * 60_000);
    expect((await gateway.login('pavel')).status).toBe(200);
  });
});

describe('a request', () => {
  const sign = (claims: object, change: (jwt: SignJWT) => SignJWT, key = SIGNING_KEY): Promise<string> => {
    const now = Math.floor(gateway.service.clock.now().getTime() / 1_000);
    const jwt = new SignJWT({ kind: 'partner', tenant_id: 't1', partner_id: 'partner-1', roles: [], ...claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: keyId })
      .setIssuer(DEFAULT_INSTALLATION_URL)
      .setAudience('millrace')
      .setSubject('client-1')
      .setIssuedAt(now)
      .setExpirationTime(now + 60);
    return change(jwt).sign(key);
  };

  test('with a token that is altered, of another audience, unsigned, no token or none at all is refused', async () => {
    const good = await sign({}, (jwt) => jwt);
    expect((await products(good)).status).toBe(200);
    const [head, payload, signature] = good.split('.') as [string, string, string];
    const promoted = Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url').toString()), kind: 'staff' })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
    const bad = [
      `${head}.${promoted}.${signature}`,
      `${none}.${payload}.`,
      await sign({}, (jwt) => jwt.setAudience('another')),
      await sign({}, (jwt) => jwt.setIssuer('another')),
      await sign({}, (jwt) => jwt.setIssuer(`${DEFAULT_INSTALLATION_URL}.example`)),
      await sign({ tenant_id: undefined }, (jwt) => jwt),
      'nonsense',
    ];
    for (const token of bad) {
      const { status, body, headers } = await products(token);
      expect([status, body.code]).toEqual([401, 'INVALID_TOKEN']);
      expect(headers.get('www-authenticate')).toContain('invalid_token');
    }
    const without = await gateway.send('GET', '/v1/products');
    expect([without.status, without.body.code]).toEqual([401, 'INVALID_TOKEN']);
    expect(without.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await gateway.send('GET', '/v1/products', { headers: basic('client-1', 'a-secret-of-the-tests') })).body.code).toBe('INVALID_TOKEN');
  });

  test('with the public key used as a shared secret is refused', async () => {
    const pem = createPublicKey(SIGNING_KEY).export({ type: 'spki', format: 'pem' });
    const forged = await new SignJWT({ kind: 'staff', tenant_id: 't1', roles: ['auditor'] })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
      .setIssuer(DEFAULT_INSTALLATION_URL)
      .setAudience('millrace')
      .setSubject('audrey')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(Buffer.from(pem));
    expect((await products(forged)).body.code).toBe('INVALID_TOKEN');
  });

  test('with a token of the issuer of before is good until it runs out, and no longer', async () => {
    const old = await sign({}, (jwt) => jwt.setIssuer('millrace-gateway'));
    expect((await products(old)).status).toBe(200);
    gateway.service.clock.advance(61_000);
    expect((await products(old)).body.code).toBe('INVALID_TOKEN');
  });

  test('with a token that has run out is refused', async () => {
    const { body } = await gateway.login('client-1');
    gateway.service.clock.advance(3_599_000);
    expect((await products(body.access_token)).status).toBe(200);
    gateway.service.clock.advance(2_000);
    expect((await products(body.access_token)).body.code).toBe('INVALID_TOKEN');
  });
});

describe('clients of the setting', () => {
  const hashes = async (): Promise<string[]> => {
    const { rows } = await gateway.service.pool.query<{ secret_hash: string }>('select secret_hash from client order by client_id');
    return rows.map((row) => row.secret_hash);
  };
  const app = () => gateway.service.service.app;

  test('are kept with hashed secrets; instances that start together change no row', async () => {
    const before = await hashes();
    expect(before).toHaveLength(CLIENTS.length);
    for (const hash of before) expect(hash).toMatch(/^scrypt\$16384\$8\$1\$/);
    await Promise.all([1, 2].map(() => app().get(Clients).onApplicationBootstrap()));
    expect(await hashes()).toEqual(before);
  });

  test('seed the first start only: a later start with another setting brings back nothing that an operator has changed', async () => {
    const before = await hashes();
    const [clock, database, logger] = [app().get<Clock>(CLOCK), app().get(Database), app().get<Logger>(LOGGER)];
    const changed = [
      { clientId: 'client-2', clientSecret: 'quite-another-secret', kind: 'partner', tenantId: 't1', partnerId: 'partner-2', roles: [] },
      { clientId: 'client-9', clientSecret: 'quite-another-secret', kind: 'partner', tenantId: 't1', partnerId: 'partner-9', roles: [] },
    ];
    const config = Object.assign(new GatewayConfig(), app().get(GatewayConfig), { clients: JSON.stringify(changed) });
    await new Clients(database, config, clock, logger).onApplicationBootstrap();
    expect(await hashes()).toEqual(before);
  });
});
