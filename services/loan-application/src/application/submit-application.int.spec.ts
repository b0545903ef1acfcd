import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { ACCOUNT_MANAGER, APPROVER, OTHER_PARTNER, PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, submit, taskOf } from '../../test/hub.js';
import { clean, FACTS, score, submission, type SubmissionBody } from '../../test/submission.js';

// Method: the real service on real PostgreSQL, asked over HTTP as the gateway asks it.
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const put = (id: string, body: unknown, by = PARTNER) => hub.call('PUT', `/loan-applications/${id}`, by, body);

test('M-EV-07: the same content again gives the first answer, other content is refused, a refused input is not remembered', async () => {
  const id = newId();
  const body = submission();
  expect(await put(id, { ...body, tenorMonths: 99 })).toMatchObject({ status: 422, body: { code: 'TENOR_OUT_OF_RANGE', errors: [{ field: 'tenorMonths' }] } });
  const first = await put(id, body);
  expect(first).toMatchObject({ status: 201, body: { status: 'CHECKING', waitingFor: 'system', deadlineAt: '2026-03-03T01:00:00.000Z' } });
  const again = await put(id, body);
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect(await put(id, { ...body, tenorMonths: 6 })).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await put(id, body, OTHER_PARTNER)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'kyc-requested']);
});

test('ten submissions of one id at once make one application', async () => {
  const id = newId();
  const body = submission();
  const answers = await Promise.all(Array.from({ length: 10 }, () => put(id, body)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 201]);
  expect(await hub.eventTypes(id)).toEqual(['submitted', 'kyc-requested']);
});

test('M-AP-02: ten applications of one firm at once make one', async () => {
  const { company } = submission();
  const answers = await Promise.all(Array.from({ length: 10 }, () => put(newId(), submission({ company }))));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
  expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(['LIVE_APPLICATION_EXISTS']));
  expect((await put(newId(), submission({ company, productCode: 'tax-loan' }))).status).toBe(201);
});

test.each<[string, number, Partial<Record<keyof SubmissionBody | 'extra', unknown>>]>([
  ['VALIDATION_FAILED', 400, { extra: 1 }],
  ['VALIDATION_FAILED', 400, { requestedAmountMinor: 30_000_000 }],
  ['VALIDATION_FAILED', 400, { requestedAmountMinor: 'many' }],
  ['VALIDATION_FAILED', 400, { tenorMonths: '12' }],
  ['VALIDATION_FAILED', 400, { purpose: 'speculation' }],
  ['VALIDATION_FAILED', 400, { company: { ...submission().company, uscc: '91990100MA0TE0001' } }],
  ['VALIDATION_FAILED', 400, { company: undefined }],
  ['AMOUNT_NEGATIVE', 422, { requestedAmountMinor: '-30000000' }],
  ['AMOUNT_NOT_WHOLE_FEN', 422, { requestedAmountMinor: '30000000.5' }],
  ['AMOUNT_OUT_OF_RANGE', 422, { requestedAmountMinor: '300000100' }],
  ['METHOD_NOT_OFFERED', 422, { productCode: 'tax-loan', repaymentMethod: 'bullet' }],
  ['PRODUCT_UNKNOWN', 422, { productCode: 'gold-loan' }],
  ['PRODUCT_CLOSED', 422, { productCode: 'revolving-loan' }],
  ['CONSENT_MISSING', 422, { consents: submission().consents.slice(1) }],
])('bad input is %s (%i)', async (code, status, change) => {
  expect(await put(newId(), { ...submission(), ...change })).toMatchObject({ status, body: { code } });
});

test('broken JSON and an id that is no UUIDv7 have their codes', async () => {
  expect(await put(newId(), '{"productCode":')).toMatchObject({ status: 400, body: { code: 'MALFORMED_JSON' } });
  expect(await put('7', submission())).toMatchObject({ status: 400, body: { code: 'ID_NOT_UUIDV7' } });
});

test('T15: a code whose check character is wrong is a typing error: refused on that field, and nothing is kept', async () => {
  const body = submission();
  const wrong = `${body.company.uscc.slice(0, 17)}${body.company.uscc.endsWith('0') ? '1' : '0'}`;
  const id = newId();
  expect(await put(id, { ...body, company: { ...body.company, uscc: wrong } })).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION_FAILED', errors: [{ field: 'company.uscc' }] },
  });
  expect((await put(id, body)).status).toBe(201);
});

test('SEC-14: consents of years ago, or of tomorrow, carry no application', async () => {
  const granted = (grantedAt: string) => put(newId(), submission({ consents: submission().consents.map((consent) => ({ ...consent, grantedAt })) }));
  expect(await granted('1999-01-01T00:00:00Z')).toMatchObject({ status: 422, body: { code: 'CONSENT_TOO_OLD' } });
  expect(await granted('2099-01-01T00:00:00Z')).toMatchObject({ status: 422, body: { code: 'CONSENT_IN_FUTURE' } });
});

test('T15: a consent id names one consent for good, and the refusal says which one of the request is taken', async () => {
  const body = submission();
  expect((await put(newId(), body)).status).toBe(201);
  const consents = submission().consents.map((consent, at) => (at === 3 ? { ...consent, consentId: body.consents[0]!.consentId } : consent));
  expect(await put(newId(), submission({ consents }))).toMatchObject({ status: 409, body: { code: 'ID_REUSED', errors: [{ field: 'consents.3.consentId' }] } });
});

test('R-OP-06: another partner’s application cannot be told from one that does not exist', async () => {
  const id = await submit(hub);
  const unknown = newId();
  const of = async (path: string) => {
    const { status, body } = await hub.call('GET', path, OTHER_PARTNER);
    return { status, ...body, instance: '' };
  };
  expect(await of(`/loan-applications/${id}`)).toEqual(await of(`/loan-applications/${unknown}`));
  expect(await of(`/loan-applications/${id}/offer`)).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  expect(await hub.call('PUT', `/loan-applications/${id}/cancellations/${newId()}`, OTHER_PARTNER, { reasonCode: 'CHANGED_MIND' })).toMatchObject({
    status: 404,
  });
  expect((await hub.call('GET', `/loan-applications/${id}`, { ...PARTNER, tenantId: 't2' })).status).toBe(404);
});

test('the list is newest first, page by page, and holds the partner’s own only', async () => {
  const own = { ...PARTNER, id: 'client-9', partnerId: 'partner-9' };
  const ids: string[] = [];
  for (let count = 0; count < 3; count++) ids.push(await submit(hub, {}, own));
  const { body: first } = await hub.call('GET', '/loan-applications?limit=2', own);
  const { body: second } = await hub.call('GET', `/loan-applications?limit=2&cursor=${first.nextCursor}`, own);
  const listed = [...first.items, ...second.items].map((item: { applicationId: string }) => item.applicationId);
  expect(listed).toEqual(ids.toReversed());
  expect(second.nextCursor).toBeNull();
  expect((await hub.call('GET', '/loan-applications?status=COMPLETED', own)).body.items).toEqual([]);
});

test('M-AP-09: a cancellation is possible while it is under way, once, and then not again under another id', async () => {
  const id = await submit(hub);
  const cancel = (cancellationId: string, reasonCode = 'CHANGED_MIND') =>
    hub.call('PUT', `/loan-applications/${id}/cancellations/${cancellationId}`, PARTNER, { reasonCode });
  const cancellationId = newId();
  expect(await cancel(cancellationId)).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
  expect(await cancel(cancellationId)).toMatchObject({ status: 200, body: { status: 'CANCELLED' } });
  expect(await cancel(cancellationId, 'OTHER_REASON')).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await cancel(newId())).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  expect((await hub.eventTypes(id)).at(-1)).toBe('cancelled');
});

test('S07: thin file, one approver who is neither maker nor account manager, 190,000 at 6.85%', async () => {
  const id = await submit(hub, {}, ACCOUNT_MANAGER);
  await hub.deliver(new KycPassed(clean(id, { facts: { ...FACTS, bureauRecordFound: false, bureauClean: null, lenderCount: null } })));
  await hub.deliver(new ScoreComputed(score(id, { score: 652, grade: 'R5', limitMinor: '19000000', bindingCap: 'tax', rateBps: 685 })));
  const { reviewTaskId, reasons, figures, tier } = await taskOf(hub, id);
  expect({ tier, codes: reasons.map(({ code }: { code: string }) => code) }).toEqual({ tier: 'T1', codes: ['THIN_FILE', 'LIMIT_BOUND_BY_TAX'] });
  expect(figures).toMatchObject({ proposedAmountMinor: '19000000', requestedAmountMinor: '30000000' });
  const decide = (decisionId: string, by = APPROVER, decision = 'approve') =>
    hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${decisionId}`, by, {
      decision,
      reasonCode: decision === 'approve' ? 'CASH_FLOW_SOUND' : 'AFFORDABILITY',
    });
  expect(await decide(newId(), ACCOUNT_MANAGER)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect(await decide(newId(), RISK_OFFICER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await decide(newId(), PARTNER)).toMatchObject({ status: 404 });
  const decisionId = newId();
  expect(await decide(decisionId)).toMatchObject({ status: 200, body: { status: 'decided', decidedBy: 'carla' } });
  expect((await decide(decisionId)).status).toBe(200);
  expect(await decide(decisionId, APPROVER, 'reject')).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await decide(newId())).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } });
  const { body } = await hub.call('GET', `/loan-applications/${id}`, APPROVER);
  expect(body).toMatchObject({
    status: 'OFFERED',
    decision: { tier: 'T1', amountMinor: '19000000', rateBps: 685 },
    offer: { costSheet: { instalmentMinor: '1642695' } },
  });
  expect(await hub.eventTypes(id)).toEqual([
    'submitted',
    'kyc-requested',
    'scoring-requested',
    'manual-review-requested',
    'sod-violation-blocked',
    'review-decided',
    'approved',
    'offer-issued',
  ]);
  const { body: history } = await hub.call('GET', `/loan-applications/${id}/history`, RISK_OFFICER);
  expect(history.items.map(({ trigger }: { trigger: string }) => trigger)).toContain('SodViolationBlocked');
  expect(history.firstBrokenRow).toBeNull();
});

test('M-AP-11: a review that takes longer than a score is good for can only reject', async () => {
  const id = await submit(hub);
  await hub.deliver(new KycPassed(clean(id)));
  await hub.deliver(new ScoreComputed(score(id, { grade: 'R6', score: 620 })));
  const decide = async (decision: string) => {
    const { reviewTaskId } = await taskOf(hub, id);
    return hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, APPROVER, {
      decision,
      reasonCode: decision === 'approve' ? 'LOOKED_AT' : 'AFFORDABILITY',
    });
  };
  hub.clock.advance(30 * 86_400_000);
  expect(await decide('approve')).toMatchObject({ status: 409, body: { code: 'SCORE_TOO_OLD' } });
  expect((await decide('reject')).status).toBe(200);
});

test('M-AM-03: R7 is above one approver’s authority; it may only be rejected', async () => {
  const id = await submit(hub);
  await hub.deliver(new KycPassed(clean(id)));
  await hub.deliver(new ScoreComputed(score(id, { score: 580, grade: 'R7', limitMinor: '10000000', rateBps: 905 })));
  const { reviewTaskId, tier } = await taskOf(hub, id);
  expect(tier).toBe('T3');
  const decide = (decision: string) =>
    hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, APPROVER, {
      decision,
      reasonCode: decision === 'approve' ? 'LOOKED_AT' : 'AFFORDABILITY',
    });
  expect(await decide('approve')).toMatchObject({ status: 409, body: { code: 'TIER_NOT_AVAILABLE' } });
  expect((await decide('reject')).status).toBe(200);
  expect((await hub.events(id)).at(-1)).toMatchObject({ type: 'rejected', payload: { stage: 'approval', reasons: [{ code: 'AFFORDABILITY' }] } });
});

test('G-PR-02: an offer cannot be accepted before its cost sheet was shown; accept, hash and contract have their codes', async () => {
  const id = await submit(hub);
  await hub.deliver(new KycPassed(clean(id)));
  await hub.deliver(new ScoreComputed(score(id)));
  const offerId = (await hub.call('GET', `/loan-applications/${id}`)).body.offer.offerId as string;
  const accept = (acceptanceId: string, body: object = { offerId, costSheetAcknowledged: true }) =>
    hub.call('PUT', `/loan-applications/${id}/offer-acceptances/${acceptanceId}`, PARTNER, body);
  const acceptanceId = newId();
  expect(await accept(acceptanceId, { offerId, costSheetAcknowledged: false })).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await accept(acceptanceId)).toMatchObject({ status: 409, body: { code: 'COST_SHEET_NOT_SHOWN' } });
  expect((await hub.call('GET', `/loan-applications/${id}/offer`)).body).toMatchObject({
    offerId,
    costSheet: { items: [{ item: 'interest', totalMinor: '1041859' }], cap: { bps: 2400, method: 'effective' } },
  });
  expect(await accept(acceptanceId, { offerId: newId(), costSheetAcknowledged: true })).toMatchObject({ status: 409, body: { code: 'OFFER_MISMATCH' } });
  expect(await accept(acceptanceId)).toMatchObject({ status: 200, body: { status: 'CONTRACTING', waitingFor: 'applicant' } });
  expect((await accept(acceptanceId)).status).toBe(200);
  // T07: what else can be done is said in the words of the API.
  expect(await accept(newId())).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS', detail: 'Possible now: withdraw the application.' } });
  const { body: contract } = await hub.call('GET', `/loan-applications/${id}/contract`);
  expect(contract.text).toContain('300,000.00');
  expect(await hub.call('PUT', `/loan-applications/${id}/signatures/${newId()}`, PARTNER, { contractSha256: 'f'.repeat(64) })).toMatchObject({
    status: 409,
    body: { code: 'CONTRACT_HASH_MISMATCH' },
  });
});

test('an offer declined ends the application', async () => {
  const id = await submit(hub);
  await hub.deliver(new KycPassed(clean(id)));
  await hub.deliver(new ScoreComputed(score(id)));
  const { offerId } = (await hub.call('GET', `/loan-applications/${id}/offer`)).body;
  expect(await hub.call('PUT', `/loan-applications/${id}/offer-declines/${newId()}`, PARTNER, { offerId })).toMatchObject({
    status: 200,
    body: { status: 'CANCELLED' },
  });
});

test('products are data, with limits, consents and fees', async () => {
  const { body } = await hub.call('GET', '/products');
  expect(body.items.map(({ productCode, status }: { productCode: string; status: string }) => `${productCode} ${status}`)).toEqual([
    'invoice-loan open',
    'revolving-loan closed',
    'tax-loan open',
  ]);
  expect(body.items[0]).toMatchObject({ minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic', fees: [] });
});
