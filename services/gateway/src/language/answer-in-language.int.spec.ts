import { newId } from '@millrace/contracts';
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

const CHINESE = { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' };
const language = (headers: Headers): (string | null)[] => [headers.get('content-language'), headers.get('vary')];

test('an answer of a service is in the language that is asked for, English by default', async () => {
  upstreams.on('GET', /^\/products/, { status: 200, body: { items: [{ productCode: 'invoice-loan', name: 'Invoice loan', nameZh: '发票贷' }] } });
  const english = await gateway.get('/v1/products', 'client-1');
  expect([english.body.items[0].name, ...language(english.headers)]).toEqual(['Invoice loan', 'en', 'accept-language']);
  const chinese = await gateway.send('GET', '/v1/products', { as: 'client-1', headers: CHINESE });
  expect([chinese.body.items[0].name, ...language(chinese.headers)]).toEqual(['发票贷', 'zh-CN', 'accept-language']);
});

test('a problem of a service and one of the gateway are in the language, with code, field and status as they are', async () => {
  const id = newId();
  upstreams.on('GET', /./, {
    status: 409,
    body: {
      status: 409,
      code: 'WRONG_STATUS',
      title: 'The application is in status OFFERED, which does not allow this.',
      detail: 'Possible now: accept the offer.',
    },
  });
  const service = await gateway.send('GET', `/v1/loan-applications/${id}/offer`, { as: 'client-1', headers: CHINESE });
  expect([service.status, service.body.code, service.body.title, service.body.detail]).toEqual([
    409,
    'WRONG_STATUS',
    '申请当前状态为 OFFERED，不允许此操作。',
    '当前可进行：接受贷款方案。',
  ]);
  const own = await gateway.send('GET', '/v1/loans/x/schedule', { as: 'client-1', headers: CHINESE });
  expect([own.status, own.body.errors, ...language(own.headers)]).toEqual([400, [{ field: 'loanId', message: '必须是 UUID' }], 'zh-CN', 'accept-language']);
  for (const [method, path, code] of [
    ['GET', '/v1/nothing', 'NOT_FOUND'],
    ['POST', '/v1/products', 'METHOD_NOT_ALLOWED'],
    ['GET', '/v1/review-tasks', 'INVALID_TOKEN'],
  ] as const) {
    const { body, headers } = await gateway.send(method, path, { headers: CHINESE });
    expect([body.code, /^[^a-z]*[一-鿿]/.test(body.title), headers.get('content-language')]).toEqual([code, true, 'zh-CN']);
  }
});

test('a field of a request that is wrong is named in the language, and the request reaches no service', async () => {
  const { status, body } = await gateway.send('PUT', `/v1/loan-applications/${newId()}`, { as: 'client-1', body: { colour: 'red' }, headers: CHINESE });
  expect([status, body.title]).toEqual([400, '部分字段有误。']);
  expect(body.errors).toContainEqual({ field: 'colour', message: '不是该请求的字段' });
  expect(body.errors.filter(({ message }: { message: string }) => !/[一-鿿]/.test(message))).toEqual([]);
  expect(upstreams.calls).toEqual([]);
});

test('RFC 6749: error_description of a token’s refusal is ASCII in every language', async () => {
  const { body } = await gateway.send('POST', '/v1/oauth/token', { body: { grant_type: 'password' }, headers: CHINESE });
  expect([body.error, body.error_description, body.title]).toEqual([
    'unsupported_grant_type',
    'The grant offered here is client_credentials.',
    '此处仅支持 client_credentials 授权方式。',
  ]);
});

test('what has no language is kept by everybody as it was', async () => {
  const { status, headers } = await gateway.send('GET', '/v1/.well-known/jwks.json', { headers: CHINESE });
  expect([status, headers.get('content-language')]).toEqual([200, null]);
});
