import { newId } from '@millrace/contracts';
import { RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
  upstreams.on('GET', /./, { status: 200, body: {} });
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});

test.each(['/v1/docs-json', '/json', '/v1/docs/json', '/v1/nothing'])('SEC-18, D8: %s is 404, whatever its name', async (path) => {
  const { status, body } = await gateway.get(path, 'client-1');
  expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
});

test.each([
  ['DELETE', `/v1/loan-applications/${newId()}`, ['GET', 'PUT']],
  ['POST', '/v1/products', ['GET']],
  ['PUT', '/v1/oauth/token', ['POST']],
  ['POST', '/v1/docs', ['GET']],
])('SEC-18, SEC-19: %s %s is 405, and Allow names what is offered', async (method, path, offered) => {
  const { status, body, headers } = await gateway.send(method, path, { as: 'client-1' });
  expect([status, body.code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
  expect((headers.get('allow') ?? '').split(', ')).toEqual(expect.arrayContaining(offered));
});

test('SEC-18: answers with data are kept in no cache and shown in no frame; the page of the API works under its policy', async () => {
  const answers = [await gateway.get(`/v1/loan-applications/${newId()}/contract`, 'client-1'), await gateway.get('/v1/nothing', 'client-1')];
  for (const { headers } of answers) {
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
  const page = await gateway.send('GET', '/v1/docs');
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(page.headers.get('cache-control')).toBeNull();
  // The policy lets no script inside the page run, so there may be none.
  expect(page.body).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>\s*\S/);
  for (const { headers } of [...answers, page]) {
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
  }
});

test('T02: the bare address says where everything is, without a token', async () => {
  const { status, body } = await gateway.send('GET', '/');
  expect(status).toBe(200);
  expect(body).toMatchObject({ documentation: '/v1/docs', openapi: '/v1/openapi.json' });
});

test.each(['0', '201', '999', '1.5', '-1', ' 5', ''])('SEC-19: limit=%s is outside of what the document says, and refused on its field', async (limit) => {
  const { status, body } = await gateway.get(`/v1/loan-applications?limit=${encodeURIComponent(limit)}`, 'client-1');
  expect([status, body.errors?.[0]?.field]).toEqual([400, 'limit']);
});

test('SEC-19: the document says what is answered', async () => {
  const { body } = await gateway.send('GET', '/v1/openapi.json');
  const list = body.paths['/v1/loan-applications'].get;
  expect(list.responses).toHaveProperty('400');
  expect(list.responses).toHaveProperty('405');
  expect(list.parameters.find(({ name }: { name: string }) => name === 'limit').schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 200 });
  const token = body.paths['/v1/oauth/token'].post.responses;
  for (const status of ['400', '401', '405', '413', '415', '429']) expect(Object.keys(token[status].content)).toEqual(['application/json']);
  const put = body.paths['/v1/loan-applications/{applicationId}'].put;
  expect(new RegExp(put.parameters[0].schema.pattern).test(newId())).toBe(true);
  expect(new RegExp(put.parameters[0].schema.pattern).test('0f8fad5b-d9cb-469f-a165-70867728950e')).toBe(false);
});
