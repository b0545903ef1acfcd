import { newId } from '@millrace/contracts';
import { applicationBody } from '../../test/application-body.js';
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

/** Sends a body as it is, and answers with the size of what came back. */
async function put(body: string): Promise<{ status: number; code: string; bytes: number; fields: string[] }> {
  const answer = await gateway.put(`/v1/loan-applications/${newId()}`, 'client-1', body);
  const { code, errors = [] } = answer.body as { code: string; errors?: { field: string }[] };
  return { status: answer.status, code, bytes: Buffer.byteLength(JSON.stringify(answer.body)), fields: errors.map(({ field }) => field) };
}

const times = (count: number, make: (at: number) => string): string => Array.from({ length: count }, (_, at) => make(at)).join(',');
const brackets = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

test.each([
  ['340,000 items in a list', `{"consents":[${times(340_000, () => '{}')}]}`, 'VALIDATION_FAILED'],
  ['60,000 unknown fields', `{${times(60_000, (at) => `"k${at}":1`)}}`, 'VALIDATION_FAILED'],
  ['60,000 unknown fields inside', `{"company":{${times(60_000, (at) => `"k${at}":1`)}}}`, 'VALIDATION_FAILED'],
  ['a list of 500,000 numbers in the place of an object', `{"company":[${times(500_000, () => '1')}]}`, 'VALIDATION_FAILED'],
  ['one field given 80,000 times', `{${times(80_000, () => '"currency":1')}}`, 'VALIDATION_FAILED'],
  ['a text of a megabyte', `{"purpose":"${'x'.repeat(1_000_000)}"}`, 'VALIDATION_FAILED'],
  ['a number of a megabyte', `{"tenorMonths":${'9'.repeat(1_000_000)}}`, 'VALIDATION_FAILED'],
  ['__proto__', `{"__proto__":{"productCode":"x"}}`, 'MALFORMED_JSON'],
  ['bytes that are no JSON', `{"a":${'"\\u00'.repeat(100_000)}`, 'MALFORMED_JSON'],
])('SEC-1: %s is refused with a few kilobytes', async (_, body, code) => {
  const answer = await put(body);
  expect({ status: answer.status, code: answer.code }).toEqual({ status: 400, code });
  expect(answer.bytes).toBeLessThan(20_000);
  expect(upstreams.calls).toEqual([]);
});

test.each([
  ['of the request', (fields: string) => `{${fields}}`],
  ['inside', (fields: string) => `{"company":{${fields}}}`],
])('SEC-1: more fields than any request has are refused before they are parsed, %s', async (_, bodyOf) => {
  const fields = (count: number): string => bodyOf(times(count, (at) => `"k${at}":"a:b"`));
  // Fewer are parsed, and each is named as far as one answer names them; a colon inside a text is no field.
  expect((await put(fields(9_999))).fields).toHaveLength(50);
  expect(await put(fields(10_001))).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', fields: ['body'] });
});

test('SEC-1: what a body has too much of is said, before it is parsed', async () => {
  const headers = { authorization: `Bearer ${await gateway.token('client-1')}`, 'content-type': 'application/json' };
  const send = async (body: string): Promise<{ errors: unknown }> => {
    const answer = await fetch(`${gateway.service.url}/v1/loan-applications/${newId()}`, { method: 'PUT', headers, body });
    return (await answer.json()) as { errors: unknown };
  };
  expect((await send(`{"consents":[${times(340_000, () => '{}')}]}`)).errors).toEqual([
    { field: 'body', message: 'must not have more than 10000 items in all its lists' },
  ]);
  expect((await send(`{"purpose":"${'x'.repeat(40_000)}"}`)).errors).toEqual([
    { field: 'body', message: 'must not have a text or number of more than 32768 bytes' },
  ]);
  // A shorter one is named by its field.
  expect((await send(JSON.stringify(applicationBody({ purpose: 'x'.repeat(20_000) })))).errors).toMatchObject([{ field: 'purpose' }]);
});

test.each([
  ['a list 500,000 deep', brackets(500_000)],
  ['a field 5,000 deep', `{"consents":${brackets(5_000)}}`],
  ['a field 21 deep', `{"consents":${brackets(20)}}`],
  ['objects 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
])('SEC-2: %s is 400 MALFORMED_JSON', async (_, body) => {
  expect(await put(body)).toMatchObject({ status: 400, code: 'MALFORMED_JSON' });
});

test('SEC-2: brackets inside a text are no depth', async () => {
  expect((await put(JSON.stringify(applicationBody({ purpose: `"\\${'['.repeat(100)}` })))).fields).toEqual(['purpose']);
});

test('F04, F12: bytes that are no UTF-8 are refused instead of being made into other characters', async () => {
  const gbk = Buffer.concat([Buffer.from('{"productCode":"'), Buffer.from([0xbb, 0xaa, 0xb6, 0xab]), Buffer.from('"}')]);
  const answer = await fetch(`${gateway.service.url}/v1/loan-applications/${newId()}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${await gateway.token('client-1')}`, 'content-type': 'application/json' },
    body: gbk,
  });
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, 'MALFORMED_JSON']);
});

const company = applicationBody()['company'] as object;
const person = applicationBody()['legalRepresentative'] as object;
const account = applicationBody()['bankAccount'] as object;

test.each<[string, object]>([
  ['company.name', { company: { ...company, name: '甲\ud800公司' } }],
  ['legalRepresentative.name', { legalRepresentative: { ...person, name: '甲\udc00乙' } }],
  ['legalRepresentative.name', { legalRepresentative: { ...person, name: '\u200b' } }],
  ['bankAccount.accountName', { bankAccount: { ...account, accountName: '\u3164\u200d' } }],
  ['device.fingerprint', { device: { fingerprint: 'a\u0000b', formFillSeconds: 1 } }],
  ['productCode', { productCode: '\ufffd' }],
])('F12: a %s that no one can read is refused on its field, and kept nowhere', async (field, change) => {
  expect(await put(JSON.stringify(applicationBody({ ...change })))).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', fields: [field] });
  expect(upstreams.calls).toEqual([]);
});

test('F12: neither query nor path with a text that no one can read goes further', async () => {
  for (const path of ['/v1/loan-applications?status=%00', '/v1/loan-applications/%00', '/v1/loan-applications?cursor=%E2%80%8B']) {
    const { status, body } = await gateway.get(path, 'client-1');
    expect([path, status, body.code]).toEqual([path, 400, 'VALIDATION_FAILED']);
  }
});
