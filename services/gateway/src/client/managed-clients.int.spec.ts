import { entitiesOnPool } from '@millrace/service';
import { until } from '@millrace/testing';
import type { DataSource } from 'typeorm';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';
import { ManagedClients, StoredClient } from './managed-clients.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;
let clients: ManagedClients;
let entities: DataSource;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
  upstreams.on('GET', /^\/products$/, { status: 200, body: { items: [] } });
  const { pool, clock } = gateway.service;
  entities = await entitiesOnPool(pool, 'gateway', [StoredClient]);
  clients = new ManagedClients(entities.getRepository(StoredClient), () => clock.now());
});
afterAll(async () => {
  await entities?.destroy();
  await gateway?.stop();
  await upstreams.stop();
});

const partner = (clientId: string) => ({ clientId, kind: 'partner' as const, tenantId: 't1', partnerId: 'partner-7', roles: [] });
const products = async (token: string): Promise<number> =>
  (await gateway.send('GET', '/v1/products', { headers: { authorization: `Bearer ${token}` } })).status;
const tokenOf = async (clientId: string, secret: string): Promise<string> => (await gateway.login(clientId, secret)).body.access_token as string;
const refused = (token: string) => until(async () => (await products(token)) === 401, 'the refusal of a token');

test('T26: a client is added while the gateway runs, and its secret is kept as a hash only', async () => {
  const secret = await clients.add(partner('late'));
  expect(await products(await tokenOf('late', secret))).toBe(200);
  const { rows } = await gateway.service.pool.query<{ secret_hash: string }>(`select secret_hash from client where client_id = 'late'`);
  expect(rows[0]!.secret_hash).toMatch(/^scrypt\$/);
});

test('T26: a revoked client gets no token, those it has are refused without a restart, and its id is not given again', async () => {
  const secret = await clients.add(partner('leaving'));
  const token = await tokenOf('leaving', secret);
  expect(await products(token)).toBe(200);
  await clients.revoke('leaving');
  await refused(token);
  expect((await gateway.login('leaving', secret)).status).toBe(401);
  await expect(clients.add(partner('leaving'))).rejects.toThrow(/known already/);
  await expect(clients.revoke('leaving')).rejects.toThrow(/was revoked on /);
  await expect(clients.rotate('leaving', 0)).rejects.toThrow(/was revoked on /);
});

test('T26: a rotation without an overlap ends the old secret and its tokens at once', async () => {
  const old = await clients.add(partner('stolen'));
  const token = await tokenOf('stolen', old);
  const fresh = await clients.rotate('stolen', 0);
  await refused(token);
  expect((await gateway.login('stolen', old)).status).toBe(401);
  expect(await products(await tokenOf('stolen', fresh))).toBe(200);
});

test('T26: with an overlap the old secret is good until then, by the clock, and tokens live on', async () => {
  const old = await clients.add(partner('careful'));
  const token = await tokenOf('careful', old);
  const fresh = await clients.rotate('careful', 2);
  expect((await gateway.login('careful', old)).status).toBe(200);
  expect((await gateway.login('careful', fresh)).status).toBe(200);
  expect(await products(token)).toBe(200);
  gateway.service.clock.advance(2 * 3_600_000 + 1);
  expect((await gateway.login('careful', old)).status).toBe(401);
  expect((await gateway.login('careful', fresh)).status).toBe(200);
});

test.each([
  ['a partner without an organisation', { ...partner('x'), partnerId: undefined }, /partnerId/],
  ['an unknown role', { clientId: 'x', kind: 'staff' as const, tenantId: 't1', roles: ['king'] }, /roles/],
  ['an id with a space', partner('a b'), /clientId/],
])('T26: %s is refused in one line', async (_what, client, message) => {
  await expect(clients.add(client as never)).rejects.toThrow(message);
});

test('an unknown client cannot be changed', async () => {
  await expect(clients.rotate('nobody', 0)).rejects.toThrow('there is no client nobody; see lendctl clients list');
});
