import { randomUUID } from 'node:crypto';
import { RunningSandbox } from '../../test/running-sandbox.js';
import { VECTOR_A } from '../../test/vector-a.js';

// Method: the real sandbox; every PUT of a party is sent again, with another body, and with input that is none.
const sandbox = new RunningSandbox();
const CONSENT = randomUUID();
const USCC = VECTOR_A.uscc;

beforeAll(async () => {
  await sandbox.start();
  await sandbox.makeFirm('s01', VECTOR_A);
}, 60_000);
afterAll(() => sandbox.stop());

const ANOTHER = { consentId: randomUUID() };
/** Path, a body, and what makes another body of it. */
const PUTS: readonly (readonly [path: string, body: Record<string, unknown>, another: Record<string, unknown>])[] = [
  ['/v1/identity/verifications', { name: '测试甲', idNumber: '990101199001010019', mobile: '13900000001' }, { mobile: '13900000002' }],
  ['/v1/bureau/enterprise-queries', { uscc: USCC, consentId: CONSENT }, ANOTHER],
  ['/v1/bureau/personal-queries', { name: '测试甲', idNumber: '990101199001010019', consentId: CONSENT }, ANOTHER],
  ['/v1/tax/queries', { uscc: USCC, consentId: CONSENT }, ANOTHER],
  ['/v1/invoices/orders', { uscc: USCC, consentId: CONSENT }, ANOTHER],
  ['/v1/watchlists/screenings', { subjects: [{ kind: 'company', name: 'x' }] }, { subjects: [{ kind: 'person', name: 'x' }] }],
  ['/v1/esign/signatures', { documentSha256: 'a'.repeat(64), signerUscc: USCC, signerRole: 'borrower' }, { signerRole: 'lender' }],
  ['/v1/bank/payouts', { amountMinor: '100', currency: 'CNY', payeeName: 'x', payeeAccount: '9900000000', purpose: 'x' }, { purpose: 'y' }],
];

test.each(PUTS)('PUT %s: same id and body, same bytes; other body, 409; bad input, 400', async (path, body, another) => {
  const id = randomUUID();
  const first = await sandbox.call('PUT', `${path}/${id}`, body);
  const again = await sandbox.call('PUT', `${path}/${id.toUpperCase()}`, Object.fromEntries(Object.entries(body).reverse()));
  expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
  expect(first.headers.get('content-type')).toMatch(/^application\/json/);
  const key = Object.keys(body)[0]!;
  expect((await sandbox.call('PUT', `${path}/${id}`, { ...body, ...another })).body).toMatchObject({ status: 409, code: 'ID_REUSED' });
  expect((await sandbox.call('PUT', `${path}/${id}`, body)).text).toBe(first.text);

  const codeOf = async (target: string, sent: unknown): Promise<unknown> => {
    const { status, headers, body: problem } = await sandbox.call('PUT', target, sent);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    return [status, problem.code];
  };
  expect(await codeOf(`${path}/not-a-uuid`, body)).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body, surprise: 1 })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body, [key]: 7 })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, { ...body, [key]: null })).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, [])).toEqual([400, 'VALIDATION_FAILED']);
  expect(await codeOf(`${path}/${randomUUID()}`, '{"broken')).toEqual([400, 'MALFORMED_JSON']);
});

test('an unknown firm is 404, a missing consent 403, and neither is remembered or counted', async () => {
  const before = (await sandbox.call('GET', '/sandbox/counters')).body.queries;
  const id = randomUUID();
  for (const path of ['/v1/bureau/enterprise-queries', '/v1/tax/queries', '/v1/invoices/orders']) {
    expect((await sandbox.call('PUT', `${path}/${id}`, { uscc: USCC })).body.code).toBe('CONSENT_REQUIRED');
    expect((await sandbox.call('PUT', `${path}/${id}`, { uscc: USCC, consentId: null })).status).toBe(403);
  }
  const unknown = { uscc: '91990100MA0TE99998', consentId: CONSENT };
  expect((await sandbox.put('/v1/tax/queries', unknown)).body.code).toBe('NOT_FOUND');
  expect((await sandbox.put('/v1/invoices/orders', unknown)).status).toBe(404);
  for (const path of [
    '/v1/registry/companies/x',
    '/v1/courts/enforcements/x',
    '/v1/invoices/batches/x',
    '/v1/esign/certificates/x',
    `/v1/bank/payouts/${id}`,
    '/sandbox/firms/x',
  ])
    expect((await sandbox.call('GET', path)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect((await sandbox.call('GET', '/sandbox/counters')).body.queries).toEqual(before);
  expect((await sandbox.call('PUT', `/v1/tax/queries/${id}`, { uscc: USCC, consentId: CONSENT })).status).toBe(200);
});
