import { CONSENT_TYPES, newId, type ConsentType } from '@millrace/contracts';
import { ACCOUNT_MANAGER, OTHER_PARTNER, PARTNER, RISK_OFFICER, until, type Answer, type TestService } from '@millrace/testing';
import { startHub } from '../../test/hub.js';
import { submission } from '../../test/submission.js';
import { currentTexts } from '../text/published-texts.js';

// Method: the real service on real PostgreSQL, asked over HTTP as the gateway asks it; the submission is composed of the draft as the gateway composes it.
const DAY_MS = 86_400_000;
let hub: TestService;
beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:9');
}, 120_000);
afterAll(() => hub.stop());

type By = typeof PARTNER;
const put = (id: string, body: object, by: By = PARTNER): Promise<Answer> => hub.call('PUT', `/drafts/${id}`, by, body);
const get = async (id: string, by: By = PARTNER): Promise<Answer> => hub.call('GET', `/drafts/${id}`, by);
const now = (): string => hub.clock.now().toISOString();
const textOf = (type: string) => currentTexts('consent', { language: 'zh-CN', type })[0]!;
const consent = (type: ConsentType, change: object = {}) => {
  const { textVersion, textSha256 } = textOf(type);
  return { type, textVersion, textSha256, grantedAt: now(), ...change };
};
const give = (id: string, consentId: string, body: object): Promise<Answer> => hub.call('PUT', `/drafts/${id}/consents/${consentId}`, PARTNER, body);
const withdraw = (id: string, consentId: string): Promise<Answer> =>
  hub.call('PUT', `/drafts/${id}/consents/${consentId}/withdrawal`, PARTNER, { withdrawnAt: now() });
const show = (id: string, viewId: string, body: object): Promise<Answer> => hub.call('PUT', `/drafts/${id}/disclosure-views/${viewId}`, PARTNER, body);
const pageOf = (type: string) => ({ type, textSha256: currentTexts('disclosure', { language: 'en', type })[0]!.textSha256, shownAt: now() });

const { applicantRecordId, payeeRecordId, consents: _consents, disclosuresAcknowledged: _pages, ...FIELDS } = submission();
const fieldsOf = () => ({ ...FIELDS, company: submission().company });

/** A draft with everything that it needs; answers the id of its consent C2. */
async function whole(id = newId()): Promise<{ id: string; c2: string }> {
  await put(id, fieldsOf());
  const given = CONSENT_TYPES.map((type) => ({ type, consentId: newId() }));
  for (const { type, consentId } of given) await give(id, consentId, consent(type));
  for (const page of ['risk_warning', 'cost_explainer']) await show(id, newId(), { ...pageOf(page), tickedAt: now() });
  return { id, c2: given[1]!.consentId };
}

const compose = (id: string, by: By = PARTNER): Promise<Answer> => hub.call('GET', `/drafts/${id}/submission`, by);
const submitOf = async (id: string, change: object = {}): Promise<Answer> => {
  const { body } = await compose(id);
  return hub.call('PUT', `/loan-applications/${id}`, PARTNER, { ...body, applicantRecordId, payeeRecordId, ...change });
};

test('M-AP-14: a draft is begun, saved in any state of completeness and taken up again, by its partner alone', async () => {
  const id = newId();
  expect(await put(id, {})).toMatchObject({
    status: 201,
    body: { applicationId: id, status: 'DRAFT', fields: {}, missing: expect.arrayContaining(['productCode']) },
  });
  expect(await put(id, { productCode: 'invoice-loan', company: { name: '样例商贸有限公司' } })).toMatchObject({
    status: 200,
    body: {
      fields: { productCode: 'invoice-loan' },
      missing: expect.arrayContaining(['tenorMonths', 'company.uscc', 'consents.C2', 'disclosures.risk_warning']),
    },
  });
  expect((await get(id)).body).toMatchObject({
    fields: { company: { name: '样例商贸有限公司' } },
    expiresAt: new Date(hub.clock.now().getTime() + 30 * DAY_MS).toISOString(),
  });
  for (const by of [OTHER_PARTNER, RISK_OFFICER, ACCOUNT_MANAGER, { ...PARTNER, tenantId: 'other' }]) {
    expect((await get(id, by)).status).toBe(404);
    expect((await hub.call('GET', `/loan-applications/${id}`, by)).status).toBe(404);
  }
  expect((await put(id, { productCode: 'tax-loan' }, OTHER_PARTNER)).status).toBe(404);
  const { status, body } = await hub.call('GET', `/loan-applications/${id}`);
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({ status: 'DRAFT', productCode: 'invoice-loan', tenorMonths: null, company: null, submittedAt: null, waitingFor: 'applicant' }),
  ]);
  expect(await hub.eventTypes(id)).toEqual([]);
});

test.each([
  ['an amount as a number', { requestedAmountMinor: 30_000_000 }],
  ['a person', { legalRepresentative: { name: '测试甲' } }],
  ['an account', { bankAccount: { accountNumber: '6200000000000001' } }],
  ['a wrong code', { company: { uscc: '91990100MA0TE00011' } }],
])('a draft takes no field of another form, and nothing of a person: %s', async (_, fields) => {
  const id = newId();
  expect(await put(id, fields)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect((await get(id)).status).toBe(404);
});

test('R-LE-01, M-AP-06: consents one by one, to published texts alone; withdrawn as given, and given anew', async () => {
  const id = newId();
  await put(id, {});
  const [first, second] = [newId(), newId()];
  const body = consent('C2');
  expect((await give(id, first, { ...body, textSha256: 'a'.repeat(64) })).body.code).toBe('CONSENT_TEXT_CHANGED');
  expect((await give(id, first, { ...body, textVersion: 'mine-1', textSha256: 'a'.repeat(64) })).body.code).toBe('CONSENT_TEXT_UNKNOWN');
  expect((await give(id, first, { ...body, textSha256: textOf('C1').textSha256 })).body.code).toBe('CONSENT_TEXT_MISMATCH');
  expect((await give(id, first, { ...body, grantedAt: new Date(hub.clock.now().getTime() + 1_000).toISOString() })).body.code).toBe('INSTANT_IN_FUTURE');
  expect((await get(id)).body.consents).toEqual([]);
  expect((await give(id, first, body)).body.consents).toEqual([{ consentId: first, ...body, withdrawnAt: null }]);
  expect((await give(id, first, body)).status).toBe(200);
  expect((await give(id, first, { ...body, grantedAt: new Date(0).toISOString() })).body.code).toBe('ID_REUSED');
  expect(await give(id, second, body)).toMatchObject({ status: 409, body: { code: 'CONSENT_GIVEN_ALREADY' } });
  expect((await withdraw(id, first)).body).toMatchObject({ consents: [{ consentId: first, withdrawnAt: now() }], missing: expect.arrayContaining([]) });
  expect((await withdraw(id, first)).status).toBe(200);
  expect((await withdraw(id, newId())).status).toBe(404);
  expect((await give(id, second, body)).body.consents.map(({ withdrawnAt }: { withdrawnAt: string | null }) => withdrawnAt === null)).toEqual([false, true]);
});

test('R-AP-12: a page is shown and then ticked, with the time of both', async () => {
  const id = newId();
  await put(id, {});
  const viewId = newId();
  const page = pageOf('risk_warning');
  expect((await show(id, viewId, { ...page, textSha256: 'a'.repeat(64) })).body.code).toBe('DISCLOSURE_TEXT_NOT_IN_FORCE');
  expect((await show(id, viewId, page)).body).toMatchObject({
    disclosures: [{ viewId, tickedAt: null }],
    missing: expect.arrayContaining(['disclosures.risk_warning']),
  });
  hub.clock.advance(60_000);
  const tickedAt = now();
  expect((await show(id, viewId, { ...page, tickedAt: new Date(0).toISOString() })).body.code).toBe('TICKED_BEFORE_SHOWN');
  const { body } = await show(id, viewId, { ...page, tickedAt });
  expect(body.disclosures).toEqual([expect.objectContaining({ shownAt: page.shownAt, tickedAt })]);
  expect(body.missing).not.toContain('disclosures.risk_warning');
  expect((await show(id, viewId, { ...page, tickedAt })).status).toBe(200);
  expect((await show(id, viewId, { ...page, tickedAt: page.shownAt })).body.code).toBe('ID_REUSED');
});

test('M-AP-14, M-AP-01: a draft is submitted by the checks of an application that comes in one call, and is one from then on', async () => {
  const id = newId();
  await put(id, { productCode: 'invoice-loan' });
  expect(await compose(id)).toMatchObject({
    status: 422,
    body: { code: 'DRAFT_INCOMPLETE', errors: expect.arrayContaining([expect.objectContaining({ field: 'company.uscc' })]) },
  });
  await whole(id);
  await put(id, { ...fieldsOf(), requestedAmountMinor: '1' });
  expect((await submitOf(id)).body.code).toBe('AMOUNT_OUT_OF_RANGE');
  expect((await get(id)).body.status).toBe('DRAFT');
  await put(id, fieldsOf());
  expect((await get(id)).body.missing).toEqual([]);
  const first = await submitOf(id);
  expect(first).toMatchObject({ status: 201, body: { applicationId: id, status: 'CHECKING' } });
  expect((await submitOf(id)).status).toBe(200);
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'kyc-requested']);
  expect((await get(id)).body).toMatchObject({ status: 'SUBMITTED', expiresAt: null });
  expect(await put(id, {})).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  const { body } = await hub.call('GET', `/loan-applications/${id}/consents`, RISK_OFFICER);
  expect(body.items.map(({ textOrigin }: { textOrigin: string }) => textOrigin)).toEqual(Array<string>(9).fill('lender'));
});

test('G-PI-01: with a consent that was withdrawn nothing is submitted, under its old id neither', async () => {
  const { id, c2 } = await whole();
  const before = (await compose(id)).body;
  await withdraw(id, c2);
  expect((await submitOf(id)).body).toMatchObject({ code: 'CONSENT_MISSING', detail: 'Missing: C2.' });
  expect(await submitOf(id, { consents: before.consents })).toMatchObject({
    status: 422,
    body: { code: 'CONSENT_NOT_OF_DRAFT', errors: [{ field: 'consents.1.consentId' }] },
  });
  // Nor is anything of a person recorded for it: the gateway asks first.
  const admit = (by: By, consents: unknown) => hub.call('PUT', `/loan-applications/${id}/admission`, by, { ...before, consents });
  expect(await admit(PARTNER, before.consents)).toMatchObject({ status: 422, body: { code: 'CONSENT_NOT_OF_DRAFT' } });
  expect((await admit(OTHER_PARTNER, before.consents)).status).toBe(404);
  expect((await compose(id, OTHER_PARTNER)).status).toBe(404);
  expect(await hub.eventTypes(id)).toEqual([]);
});

test('G-PI-01: a consent of a draft is what it was given for: not another type, text or day under its id', async () => {
  const { id } = await whole();
  const { consents } = (await compose(id)).body;
  const [first, second, ...others] = consents;
  const swapped = [{ ...first, consentId: second.consentId }, { ...second, consentId: first.consentId }, ...others];
  const redated = [{ ...first, grantedAt: new Date(Date.parse(first.grantedAt) + 1_000).toISOString() }, second, ...others];
  for (const forged of [swapped, redated])
    expect(await submitOf(id, { consents: forged })).toMatchObject({ status: 422, body: { code: 'CONSENT_NOT_OF_DRAFT' } });
  expect((await submitOf(id)).status).toBe(201);
});

test('a draft that was thrown away, or that nobody has touched for 30 days, has ended and is empty; touching it begins the time anew', async () => {
  const { id: thrown } = await whole();
  const cancel = () => hub.call('PUT', `/drafts/${thrown}/cancellation`, PARTNER, { reasonCode: 'CHANGED_MIND' });
  expect((await cancel()).body).toMatchObject({ status: 'CANCELLED', fields: {}, missing: [], expiresAt: null });
  expect((await cancel()).status).toBe(200);
  expect((await compose(thrown)).body.code).toBe('WRONG_STATUS');
  expect(await hub.call('PUT', `/loan-applications/${thrown}`, PARTNER, submission())).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  const { id } = await whole();
  hub.clock.advance(29 * DAY_MS);
  await put(id, { ...fieldsOf(), tenorMonths: 6 });
  hub.clock.advance(29 * DAY_MS);
  await new Promise((done) => setTimeout(done, 200));
  expect((await get(id)).body).toMatchObject({ status: 'DRAFT', fields: { tenorMonths: 6 } });
  hub.clock.advance(DAY_MS);
  await until(async () => (await get(id)).body.status === 'EXPIRED', 'a draft that has lapsed', 15_000);
  expect((await get(id)).body).toMatchObject({ fields: {}, consents: { length: 9 } });
  expect((await hub.call('GET', `/loan-applications/${id}`)).body).toMatchObject({ status: 'EXPIRED', requestedAmountMinor: null });
  expect(await put(id, {})).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});
