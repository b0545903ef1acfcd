import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => upstreams.reset());

const answerOf = (productCode: string): { status: number; body: object } => ({ status: 200, body: { items: [{ productCode }] } });
const look = (tag?: string) => gateway.send('GET', '/v1/products', { as: 'client-1', ...(tag ? { headers: { 'if-none-match': tag } } : {}) });

test('a read has a weak tag; whoever sends it back gets 304 without a body until the answer changes', async () => {
  upstreams.on('GET', /./, answerOf('invoice-loan'));
  const first = await look();
  const tag = first.headers.get('etag')!;
  expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
  for (const known of [tag, `"other", ${tag}`, tag.slice(2), '*']) {
    const again = await look(known);
    expect([known, again.status, again.body, again.headers.get('etag')]).toEqual([known, 304, '', tag]);
    expect(again.headers.get('cache-control')).toBe('no-store');
  }
  expect((await look('W/"other"')).status).toBe(200);
  upstreams.on('GET', /./, answerOf('rent-loan'));
  const changed = await look(tag);
  expect([changed.status, changed.body.items]).toEqual([200, [{ productCode: 'rent-loan' }]]);
  expect(changed.headers.get('etag')).not.toBe(tag);
});

test('a refusal has no tag, whatever is sent with it', async () => {
  const { status, headers } = await gateway.send('GET', '/v1/products', { headers: { 'if-none-match': '*' } });
  expect([status, headers.get('etag')]).toEqual([401, null]);
});
