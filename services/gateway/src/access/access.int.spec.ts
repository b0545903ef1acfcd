import { newId } from '@millrace/contracts';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { CLIENTS, RunningGateway, type ClientId } from '../../test/running-gateway.js';
import { ACCESS_TABLE } from './access-table.js';

// Goal: the table is what the running gateway does, on every endpoint with every role. Method: each is asked; a write with an empty body, as access is looked at first.
const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

const clients = CLIENTS.filter(({ tenantId }) => tenantId === 't1');
const closed = Object.entries(ACCESS_TABLE).filter(([, { open }]) => !open);

test('SEC-13: there is a client of every role', () => {
  expect(new Set(clients.flatMap(({ roles }) => [...roles] as string[])).size).toBe(6);
});

test.each(closed)('SEC-13: %s is open to whom the table says, and to nobody else', async (endpoint, { partner, roles }) => {
  upstreams.on('GET', /./, { status: 200, body: { items: [] } });
  const [method, path] = endpoint.split(' ') as [string, string];
  const url = path.replace(/:\w+/g, () => newId());
  for (const { clientId, kind, roles: own } of clients) {
    const may = kind === 'partner' ? partner : roles.some((role) => (own as readonly string[]).includes(role));
    const { status, body } = await gateway.send(method, url, { as: clientId as ClientId, ...(method === 'PUT' ? { body: {} } : {}) });
    expect([clientId, body.code === 'FORBIDDEN' && status === 403]).toEqual([clientId, !may]);
  }
  expect((await gateway.send(method, url, method === 'PUT' ? { body: {} } : {})).status).toBe(401);
});
