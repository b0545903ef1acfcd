import { newId } from '@millrace/contracts';
import { OTHER_PARTNER, PAYMENT_OFFICER } from '@millrace/testing';
import { RunningDisbursement } from '../../test/running-disbursement.js';

const running = new RunningDisbursement();
const BODY = { accountName: '测试企业', accountNumber: '6222020000001234' };

beforeAll(() => running.start(), 120_000);
afterAll(() => running.stop());

test('the same payee is the same record; another one is another record, masked in every answer (R-LE-01)', async () => {
  const applicationId = newId();
  const put = (body: object) => running.test.call('PUT', `/payees/${applicationId}`, undefined, body);
  const [first, again] = [await put(BODY), await put(BODY)];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  expect(first.body).toMatchObject({ applicationId, accountName: '测**业', accountNumber: '6222********1234' });
  const corrected = await put({ ...BODY, accountNumber: '6222020000001235' });
  expect(corrected.status).toBe(201);
  expect(corrected.body.payeeRecordId).not.toBe(first.body.payeeRecordId);
  for (const by of [undefined, PAYMENT_OFFICER])
    expect(await running.test.call('GET', `/payees/${applicationId}`, by)).toMatchObject({ status: 200, body: { items: [first.body, corrected.body] } });
  for (const by of [OTHER_PARTNER, { ...PAYMENT_OFFICER, tenantId: 'another' }])
    expect(await running.test.call('GET', `/payees/${applicationId}`, by)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
});

test('two requests at once make one record', async () => {
  const applicationId = newId();
  const answers = await Promise.all(Array.from({ length: 8 }, () => running.test.call('PUT', `/payees/${applicationId}`, undefined, BODY)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(7).fill(200), 201]);
  expect(new Set(answers.map(({ body }) => body.payeeRecordId)).size).toBe(1);
});

test.each([
  ['letters', { ...BODY, accountNumber: '6222abc000001234' }],
  ['too few digits', { ...BODY, accountNumber: '1234567' }],
  ['too many digits', { ...BODY, accountNumber: '1'.repeat(33) }],
  ['a number', { ...BODY, accountNumber: 6222020000001234 }],
  ['a blank name', { ...BODY, accountName: '   ' }],
  ['no name', { accountNumber: BODY.accountNumber }],
  ['a list', { ...BODY, accountName: ['测试企业'] }],
  ['a field too many', { ...BODY, bank: 'ICBC' }],
])('%s is refused and named, and the id stays free', async (_, body) => {
  const applicationId = newId();
  expect(await running.test.call('PUT', `/payees/${applicationId}`, undefined, body)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect((await running.test.call('GET', `/payees/${applicationId}`)).status).toBe(404);
  expect((await running.test.call('PUT', `/payees/${applicationId}`, undefined, BODY)).status).toBe(201);
});

test('what is no JSON, or no id, is refused', async () => {
  expect(await running.test.call('PUT', `/payees/${newId()}`, undefined, '{')).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  expect((await running.test.call('PUT', '/payees/not-an-id', undefined, BODY)).status).toBe(400);
});
