import { newId } from '@millrace/contracts';
import { applicationBody } from '../../test/application-body.js';
import { problem, RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

// Goal: a new account goes to disbursement alone, and only for an application that the caller sees (T18). Method: the real gateway before recorded services.
const upstreams = new RecordingUpstreams();
const payeeRecordId = newId();
const bankAccount = applicationBody()['bankAccount'] as object;
let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await RunningGateway.start(await upstreams.start());
});
afterAll(async () => {
  await gateway?.stop();
  await upstreams.stop();
});
beforeEach(() => {
  upstreams.reset();
  upstreams.on('GET', /^\/loan-applications\//, { status: 200, body: {} });
  upstreams.on('PUT', /^\/payees\//, { status: 201, body: { payeeRecordId, accountNumber: '6222****1234' } });
  upstreams.on('PUT', /\/account-changes\//, { status: 200, body: { status: 'open' } });
});

const pathOf = (applicationId: string, accountChangeId: string): string => `/v1/loan-applications/${applicationId}/account-changes/${accountChangeId}`;
const asked = (): string[] => upstreams.calls.map(({ method, path }) => `${method} /${path.split('/')[1]}`);

test('T18: the account goes to disbursement; loan-application gets its record and the masked number', async () => {
  const [applicationId, accountChangeId] = [newId(), newId()];
  const { status, body } = await gateway.put(pathOf(applicationId, accountChangeId), 'client-1', { bankAccount });
  expect([status, body]).toEqual([200, { status: 'open' }]);
  expect(upstreams.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
    `GET /loan-applications/${applicationId}`,
    `PUT /payees/${applicationId}`,
    `PUT /loan-applications/${applicationId}/account-changes/${accountChangeId}`,
  ]);
  expect(upstreams.calls[1]!.body).toEqual(bankAccount);
  expect(upstreams.calls[2]!.body).toEqual({ payeeRecordId, payeeAccount: '6222****1234' });
  const answer = await gateway.get(pathOf(applicationId, accountChangeId), 'client-1');
  expect(answer.status).toBe(200);
});

test('T18: no account is stored for an application that the caller does not see', async () => {
  upstreams.on('GET', /^\/loan-applications\//, problem(404, 'NOT_FOUND'));
  const { status, body } = await gateway.put(pathOf(newId(), newId()), 'client-1', { bankAccount });
  expect([status, body.code]).toEqual([404, 'NOT_FOUND']);
  expect(asked()).toEqual(['GET /loan-applications']);
});

test('T18: what the hub does not take is its answer, under the path that was asked', async () => {
  upstreams.on('PUT', /\/account-changes\//, problem(409, 'ACCOUNT_NOT_NEW'));
  const path = pathOf(newId(), newId());
  const { status, body } = await gateway.put(path, 'client-1', { bankAccount });
  expect([status, body.code, body.instance]).toEqual([409, 'ACCOUNT_NOT_NEW', path]);
});

test.each([
  ['a number that is none', { bankAccount: { ...bankAccount, accountNumber: '12-34' } }, 'bankAccount.accountNumber'],
  ['no account', {}, 'bankAccount'],
  ['an unknown field', { bankAccount, colour: 'red' }, 'colour'],
])('T18: %s leaves nothing anywhere', async (_, body, field) => {
  const answer = await gateway.put(pathOf(newId(), newId()), 'client-1', body);
  expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([400, 'VALIDATION_FAILED', field]);
  expect(asked()).toEqual([]);
});

test('T18: an id that is no UUIDv7 is refused before anybody is asked', async () => {
  const { status } = await gateway.put(pathOf(newId(), '00000000-0000-4000-8000-000000000000'), 'client-1', { bankAccount });
  expect([status, asked()]).toEqual([400, []]);
});
