import { GUARANTOR_CONSENTS, newId, type GuarantorParty } from '@millrace/contracts';
import { applicationBody } from '../../test/application-body.js';
import { problem, RecordingUpstreams } from '../../test/recording-upstreams.js';
import { RunningGateway } from '../../test/running-gateway.js';

const upstreams = new RecordingUpstreams();
const applicantRecordId = newId();
const payeeRecordId = newId();
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
  upstreams.on('PUT', /^\/applicants\//, { status: 201, body: { applicantRecordId } });
  upstreams.on('PUT', /^\/payees\//, { status: 201, body: { payeeRecordId, accountNumber: '****' } });
  upstreams.on('PUT', /^\/loan-applications\//, ({ path }) => ({ status: 201, body: { applicationId: path.split('/')[2], status: 'CHECKING' } }));
});

const consentsOf = (party: GuarantorParty) =>
  GUARANTOR_CONSENTS[party].map((type) => ({
    consentId: newId(),
    type,
    textVersion: `consent-${type}.v1`,
    textSha256: 'ab'.repeat(32),
    grantedAt: '2026-03-02T01:00:00Z',
  }));
const guarantor = {
  guarantorId: newId(),
  person: { name: '测试乙', idNumber: '990101199001010019', mobile: '13900000002' },
  kind: 'joint',
  limitMinor: '40000000',
  consents: consentsOf('person'),
};
const firm = { name: '样例担保有限公司', uscc: '91990100MA0TE00010', mobile: '13900000002' };

const path = (): string => `/v1/loan-applications/${newId()}`;
const submit = (change: object = {}) => gateway.put(path(), 'client-1', applicationBody({ ...change }));

test('people go to kyc-antifraud, the account to disbursement, and the rest with the ids of both to loan-application', async () => {
  const body = applicationBody();
  const id = newId();
  const answer = await gateway.put(`/v1/loan-applications/${id}`, 'client-1', body);
  expect([answer.status, answer.body]).toEqual([201, { applicationId: id, status: 'CHECKING' }]);
  const { legalRepresentative, device, bankAccount, ...rest } = body;
  expect((await upstreams.call(/^\/applicants\//)).body).toEqual({ legalRepresentative, device });
  expect((await upstreams.call(/^\/payees\//)).body).toEqual(bankAccount);
  expect((await upstreams.call(/^\/loan-applications\/[^/]+$/)).body).toEqual({ ...rest, applicantRecordId, payeeRecordId, payeeAccount: '****' });
  expect(upstreams.calls.map((call) => call.path.split('/')[2])).toEqual([id, id, id, id]);
  const { path, body: asked } = upstreams.calls[0]!;
  expect([path, asked]).toEqual([`/loan-applications/${id}/admission`, rest]);
});

test('R-CR-19, R-OP-02: whom a guarantee is of goes to kyc-antifraud, and loan-application gets what that shows of the guarantor', async () => {
  const recorded = { guarantorRecordId: newId(), guarantorRef: 'G-1', party: 'person', name: '测**', identifier: '9901**********0027' };
  upstreams.on('PUT', /^\/applicants\/[^/]+\/guarantors\//, { status: 201, body: recorded });
  const { person, ...terms } = guarantor;
  expect((await submit({ guarantors: [guarantor] })).status).toBe(201);
  expect((await upstreams.call(/\/guarantors\//)).body).toEqual({ person });
  expect((await upstreams.call(/^\/loan-applications\/[^/]+$/)).body).toMatchObject({ guarantors: [{ ...terms, ...recorded }] });
});

test('the status tells new from known, and a used id is refused as loan-application says', async () => {
  upstreams.on('PUT', /^\/loan-applications\//, { status: 200, body: {} });
  expect((await submit()).status).toBe(200);
  upstreams.on('PUT', /^\/loan-applications\//, problem(409, 'ID_REUSED'));
  const { status, body } = await submit();
  expect([status, body.code, body.instance]).toEqual([409, 'ID_REUSED', expect.stringMatching(/^\/v1\/loan-applications\//)]);
});

test('what the product does not allow is loan-application’s answer, field and all', async () => {
  const errors = [{ field: 'requestedAmountMinor', message: 'Ask for less.' }];
  upstreams.on('PUT', /^\/loan-applications\//, problem(422, 'AMOUNT_OUT_OF_RANGE', { errors }));
  const { status, body } = await submit({ requestedAmountMinor: '999999999999' });
  expect([status, body.code, body.errors]).toEqual([422, 'AMOUNT_OUT_OF_RANGE', errors]);
});

const person = applicationBody()['legalRepresentative'] as object;
const company = applicationBody()['company'] as object;
const [consent] = applicationBody()['consents'] as object[];
const account = applicationBody()['bankAccount'] as object;

describe('a malformed application leaves nothing anywhere:', () => {
  test.each([
    ['an unknown field', { colour: 'red' }, 400, 'VALIDATION_FAILED', 'colour'],
    ['an unknown field inside', { company: { ...company, colour: 'red' } }, 400, 'VALIDATION_FAILED', 'company.colour'],
    ['an amount as a number', { requestedAmountMinor: 30_000_000 }, 400, 'VALIDATION_FAILED', 'requestedAmountMinor'],
    ['a tenor as text', { tenorMonths: '12' }, 400, 'VALIDATION_FAILED', 'tenorMonths'],
    ['a tenor with a fraction', { tenorMonths: 1.5 }, 400, 'VALIDATION_FAILED', 'tenorMonths'],
    ['a negative amount', { requestedAmountMinor: '-30000000' }, 422, 'AMOUNT_NEGATIVE', 'requestedAmountMinor'],
    ['an amount with fractions of a fen', { requestedAmountMinor: '30000000.5' }, 422, 'AMOUNT_NOT_WHOLE_FEN', 'requestedAmountMinor'],
    ['a missing person', { legalRepresentative: undefined }, 400, 'VALIDATION_FAILED', 'legalRepresentative'],
    ['a person that is a text', { legalRepresentative: 'x' }, 400, 'VALIDATION_FAILED', 'legalRepresentative'],
    ['a list for a person', { legalRepresentative: [person] }, 400, 'VALIDATION_FAILED', 'legalRepresentative'],
    ['a bad id number', { legalRepresentative: { ...person, idNumber: '1' } }, 400, 'VALIDATION_FAILED', 'legalRepresentative.idNumber'],
    [
      'T63, one wrong digit in an id number',
      { legalRepresentative: { ...person, idNumber: '990101199001010018' } },
      400,
      'VALIDATION_FAILED',
      'legalRepresentative.idNumber',
    ],
    [
      'T63, swapped digits of an id number',
      { legalRepresentative: { ...person, idNumber: '990101199001010091' } },
      400,
      'VALIDATION_FAILED',
      'legalRepresentative.idNumber',
    ],
    [
      'T03, a mobile number of no network',
      { legalRepresentative: { ...person, mobile: '12900000001' } },
      400,
      'VALIDATION_FAILED',
      'legalRepresentative.mobile',
    ],
    ['T15, a wrong check character of a code', { company: { ...company, uscc: '91990100MA0TE00011' } }, 400, 'VALIDATION_FAILED', 'company.uscc'],
    ['F21, a code of no authority', { company: { ...company, uscc: '000000000000000000' } }, 400, 'VALIDATION_FAILED', 'company.uscc'],
    ['F21, a resident id for a code', { company: { ...company, uscc: '990101197001010618' } }, 400, 'VALIDATION_FAILED', 'company.uscc'],
    ['a consent of no day', { consents: [{ ...consent, grantedAt: '2026-02-30T00:00:00Z' }] }, 400, 'VALIDATION_FAILED', 'consents.0.grantedAt'],
    ['a NUL in a name', { legalRepresentative: { ...person, name: 'a\u0000b' } }, 400, 'VALIDATION_FAILED', 'legalRepresentative.name'],
    ['a bad account', { bankAccount: { ...account, accountNumber: '12-34' } }, 400, 'VALIDATION_FAILED', 'bankAccount.accountNumber'],
    ['no account', { bankAccount: null }, 400, 'VALIDATION_FAILED', 'bankAccount'],
    ['a bad company', { company: { ...company, uscc: 'x' } }, 400, 'VALIDATION_FAILED', 'company.uscc'],
    ['consents that are no list', { consents: {} }, 400, 'VALIDATION_FAILED', 'consents'],
    ['a consent that is a text', { consents: ['C1'] }, 400, 'VALIDATION_FAILED', 'consents'],
    ['an unknown method', { repaymentMethod: 'never' }, 400, 'VALIDATION_FAILED', 'repaymentMethod'],
    ['a guarantor of no kind', { guarantors: [{ ...guarantor, kind: 'half' }] }, 400, 'VALIDATION_FAILED', 'guarantors.0.kind'],
    ['a limit of nothing', { guarantors: [{ ...guarantor, limitMinor: '0' }] }, 400, 'VALIDATION_FAILED', 'guarantors.0.limitMinor'],
    ['six guarantors', { guarantors: Array.from({ length: 6 }, () => ({ ...guarantor, guarantorId: newId() })) }, 400, 'VALIDATION_FAILED', 'guarantors'],
    [
      'a guarantor’s id of another kind',
      { guarantors: [{ ...guarantor, guarantorId: '0f8fad5b-d9cb-469f-a165-70867728950e' }] },
      400,
      'VALIDATION_FAILED',
      'guarantors.0.guarantorId',
    ],
    [
      'a wrong code of a guarantor',
      { guarantors: [{ ...guarantor, person: undefined, firm: { ...firm, uscc: '91990100MA0TE00011' } }] },
      400,
      'VALIDATION_FAILED',
      'firm.uscc',
    ],
    ['a guarantor that is nobody', { guarantors: [{ ...guarantor, person: undefined }] }, 422, 'GUARANTOR_PARTY_UNCLEAR', 'guarantors.0'],
    ['a person that is a firm as well', { guarantors: [{ ...guarantor, firm }] }, 422, 'GUARANTOR_PARTY_UNCLEAR', 'guarantors.0'],
    [
      'a guarantor who has not consented',
      { guarantors: [{ ...guarantor, consents: guarantor.consents.slice(1) }] },
      422,
      'CONSENT_MISSING',
      'guarantors.0.consents',
    ],
    ['a guarantor twice', { guarantors: [guarantor, guarantor] }, 422, 'GUARANTOR_REPEATED', 'guarantors.1'],
    ['an unknown page', { disclosuresAcknowledged: ['weather'] }, 400, 'VALIDATION_FAILED', 'disclosuresAcknowledged'],
  ])('%s', async (_, change, status, code, field) => {
    const answer = await submit(change);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContainEqual(expect.stringContaining(field));
    expect(upstreams.calls).toEqual([]);
  });

  test.each([
    ['broken JSON', '{"productCode":', {}, 400, 'MALFORMED_JSON'],
    ['an empty body', '', {}, 400, 'MALFORMED_JSON'],
    ['a list', '[]', {}, 400, 'VALIDATION_FAILED'],
    ['null', 'null', {}, 400, 'VALIDATION_FAILED'],
    ['a text', '"x"', {}, 400, 'VALIDATION_FAILED'],
    ['a prototype', '{"__proto__":{"a":1}}', {}, 400, 'MALFORMED_JSON'],
    ['plain text', 'productCode', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['XML', '<a/>', { 'content-type': 'application/xml' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a form', 'productCode=a', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['over 1 MiB', JSON.stringify({ productCode: 'x'.repeat(1_048_576) }), {}, 413, 'BODY_TOO_LARGE'],
  ])('%s', async (_, body, headers, status, code) => {
    const answer = await gateway.send('PUT', path(), { as: 'client-1', body, headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(upstreams.calls).toEqual([]);
  });

  test('an id that is no UUIDv7', async () => {
    for (const id of ['1', '0f8fad5b-d9cb-469f-a165-70867728950e', '%00', 'x'.repeat(190)]) {
      const answer = await gateway.put(`/v1/loan-applications/${id}`, 'client-1', applicationBody());
      expect([answer.status, answer.body.code]).toEqual([400, 'ID_NOT_UUIDV7']);
    }
    expect((await gateway.put(`/v1/loan-applications/%E0%A4%A`, 'client-1', applicationBody())).status).toBe(400);
    expect(upstreams.calls).toEqual([]);
  });

  test('a member of staff who may not apply for firms', async () => {
    expect((await gateway.put(path(), 'olga', applicationBody())).body.code).toBe('FORBIDDEN');
    expect(upstreams.calls).toEqual([]);
    expect((await gateway.put(path(), 'anna', applicationBody())).status).toBe(201);
  });
});

test('a part that is away stops the application before loan-application hears of it, and a retry with the same id finishes it', async () => {
  const target = path();
  const body = applicationBody();
  upstreams.on('PUT', /^\/payees\//, problem(503, 'NOT_READY'));
  const first = await gateway.put(target, 'client-1', body);
  expect([first.status, first.body.code]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  expect(upstreams.calls.some((call) => /^\/loan-applications\/[^/]+$/.test(call.path))).toBe(false);
  upstreams.on('PUT', /^\/payees\//, { status: 200, body: { payeeRecordId } });
  expect((await gateway.put(target, 'client-1', body)).status).toBe(201);
});

test('G-PI-01, probe 8: what its content alone refuses is refused before a person, a guarantor or an account is recorded', async () => {
  upstreams.on('PUT', /\/admission$/, problem(422, 'CONSENT_MISSING'));
  const { status, body } = await submit({ consents: [], guarantors: [guarantor] });
  expect([status, body.code]).toEqual([422, 'CONSENT_MISSING']);
  expect(upstreams.calls.map(({ path }) => path.split('/').at(-1))).toEqual(['admission']);
});

test('a hub of before, which is not asked so, refuses at the submission', async () => {
  upstreams.on('PUT', /\/admission$/, problem(404, 'NOT_FOUND'));
  expect((await submit()).status).toBe(201);
});

test('M-AP-14: a draft goes the same way, with the people and the account of its submission', async () => {
  const { legalRepresentative, device, bankAccount, ...drafted } = applicationBody();
  upstreams.on('GET', /^\/drafts\/[^/]+\/submission$/, { status: 200, body: drafted });
  const id = newId();
  expect((await gateway.put(`/v1/drafts/${id}/submission`, 'client-1', { legalRepresentative, device, bankAccount })).status).toBe(201);
  expect((await upstreams.call(/^\/applicants\//)).body).toEqual({ legalRepresentative, device });
  expect((await upstreams.call(/^\/loan-applications\/[^/]+$/)).body).toEqual({ ...drafted, applicantRecordId, payeeRecordId, payeeAccount: '****' });
  upstreams.reset();
  upstreams.on('GET', /^\/drafts\/[^/]+\/submission$/, problem(422, 'DRAFT_INCOMPLETE'));
  expect((await gateway.put(`/v1/drafts/${id}/submission`, 'client-1', { legalRepresentative, bankAccount })).body.code).toBe('DRAFT_INCOMPLETE');
  expect(upstreams.calls).toHaveLength(1);
});
