import { KycPassed, KycReferred, newId, ScoreComputed, type Finding } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { APPROVER, PARTNER, RISK_OFFICER, staff, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf, submit, taskOf, uploaded } from '../../test/hub.js';
import { clean, FACTS, score } from '../../test/submission.js';

// Goal: an applicant is asked for what it can mend, as often as its policy release allows, and what it answers is checked again. Method: the real service,
// every event three times; spokes are events of the test.
const esign = new EsignDouble();
const DAY_MS = 86_400_000;
const OTHER_LENDER = { ...PARTNER, tenantId: 'other' };
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  hub.clock.advance(Date.parse('2028-05-09T01:00:00Z') - hub.clock.now().getTime());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const amber = (...codes: string[]): Finding[] => codes.map((code) => ({ code, severity: 'amber', observed: '24% gap' }));
const refer = async (applicationId: string, findings: Finding[], round?: number): Promise<void> =>
  hub.deliver(new KycReferred({ ...clean(applicationId, { fraudScore: 300, findings }), ...(round ? { round } : {}) }));
const roundsOf = async (applicationId: string, by: Principal = PARTNER): Promise<Answer['body'][]> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/supplements`, by)).body.items;
const answer = (applicationId: string, body: object, supplementId = newId(), by: Principal = PARTNER): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/supplements/${supplementId}`, by, body);
const CORRECTED = { corrections: { declaredRevenueMinor: '390000000' } };
/** An application that waits for its applicant. */
const asked = async (): Promise<string> => {
  const applicationId = await submit(hub);
  await refer(applicationId, amber('REVENUE_GAP'));
  expect(await statusOf(hub, applicationId)).toBe('SUPPLEMENT_REQUIRED');
  return applicationId;
};

test('S02, R-AP-08: the applicant is asked by field and reason; its answer is kept with what was before, and the checks run again', async () => {
  const applicationId = await asked();
  expect(await taskOf(hub, applicationId)).toBeUndefined();
  const [round] = await roundsOf(applicationId);
  expect(round).toMatchObject({ round: 1, askedBy: 'engine', answeredAt: null, corrected: [] });
  expect(round.items).toEqual([{ field: 'declaredRevenueMinor', reason: { code: 'REVENUE_GAP', sentence: expect.stringContaining('please correct') } }]);

  const supplementId = newId();
  expect((await answer(applicationId, CORRECTED, supplementId)).body.items[0]).toMatchObject({
    supplementId,
    corrected: [{ field: 'declaredRevenueMinor', before: '480000000', after: '390000000' }],
  });
  expect((await answer(applicationId, CORRECTED, supplementId)).status).toBe(200);
  expect(await answer(applicationId, { providedAtSource: true }, supplementId)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const events = await hub.events(applicationId);
  expect(events.map(({ type }) => type)).toEqual([
    'submitted',
    'kyc-requested',
    'supplement-requested',
    'supplement-answered',
    'info-corrected',
    'kyc-requested',
  ]);
  const again = events.at(-1)!.payload;
  expect(again).toMatchObject({ round: 2, declaredRevenueMinor: '390000000', consents: events[1]!.payload['consents'] });

  await hub.deliver(new KycPassed({ ...clean(applicationId, { facts: { ...FACTS, declaredRevenueMinor: '390000000' } }), round: 2 }));
  expect((await hub.events(applicationId)).at(-1)).toMatchObject({ type: 'scoring-requested', payload: { round: 2 } });
  await hub.deliver(new ScoreComputed({ ...score(applicationId), round: 2 }));
  expect(await statusOf(hub, applicationId)).toBe('OFFERED');
  expect(await hub.parked()).toEqual([]);
});

test('R-AP-08: an answer that mends nothing is refused, and so is one of another partner or lender', async () => {
  const applicationId = await asked();
  for (const body of [{}, { corrections: {} }, { corrections: { declaredRevenueMinor: '480000000' } }, { providedAtSource: true }])
    expect(await answer(applicationId, body)).toMatchObject({ status: 422, body: { code: 'SUPPLEMENT_EMPTY' } });
  expect((await answer(applicationId, { corrections: { declaredRevenueMinor: '-1' } })).status).toBe(400);
  for (const by of [OTHER_LENDER, { ...PARTNER, partnerId: 'another' }]) {
    expect((await answer(applicationId, CORRECTED, newId(), by)).status).toBe(404);
    expect((await hub.call('GET', `/loan-applications/${applicationId}/supplements`, by)).status).toBe(404);
  }
  expect(await statusOf(hub, applicationId)).toBe('SUPPLEMENT_REQUIRED');
});

test('S02.expiry: seven days without an answer end the application, and not an hour less', async () => {
  const applicationId = await asked();
  hub.clock.advance(7 * DAY_MS - 3_600_000);
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await statusOf(hub, applicationId)).toBe('SUPPLEMENT_REQUIRED');
  hub.clock.advance(3_600_000);
  await until(async () => (await statusOf(hub, applicationId)) === 'EXPIRED', 'the end');
  expect((await hub.eventTypes(applicationId)).at(-1)).toBe('supplement-lapsed');
  expect(await answer(applicationId, CORRECTED)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});

test('M-AP-17: after two rounds a person looks; what is of an earlier round changes nothing', async () => {
  const applicationId = await asked();
  await answer(applicationId, CORRECTED);
  await refer(applicationId, amber('REVENUE_GAP', 'INVOICE_MONTHS_MISSING'), 2);
  expect(await statusOf(hub, applicationId)).toBe('SUPPLEMENT_REQUIRED');
  // A month that was missing has nothing to be sent.
  await answer(applicationId, { providedAtSource: true });
  await refer(applicationId, amber('REVENUE_GAP'), 2);
  expect(await statusOf(hub, applicationId)).toBe('CHECKING');
  await refer(applicationId, amber('REVENUE_GAP'), 3);
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  expect((await roundsOf(applicationId)).map(({ round }) => round)).toEqual([1, 2]);
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}/history`, staff('audrey', 'auditor'));
  expect(body.items.some(({ reason }: { reason: string }) => reason === 'OVERTAKEN')).toBe(true);
  expect(body.firstBrokenRow).toBeNull();
});

test.each([
  ['S03: a revenue that differs by more than half', amber('REVENUE_UNTRUE')],
  ['anything that a person has to see', amber('REVENUE_GAP', 'TAX_ARREARS_HEAVY')],
])('%s goes to a person, and the applicant is asked nothing', async (_, findings) => {
  const applicationId = await submit(hub);
  await refer(applicationId, findings);
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  expect(await roundsOf(applicationId)).toEqual([]);
});

test('an application of before the release asks nobody but a person, as it did', async () => {
  const applicationId = await submit(hub);
  await hub.pool.query(`update application set policy_version = 'online_microloan.v13' where application_id = $1`, [applicationId]);
  await refer(applicationId, amber('REVENUE_GAP'));
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
});

const send = async (applicationId: string, by: Principal, items: object[]): Promise<Answer> => {
  const { reviewTaskId } = await taskOf(hub, applicationId);
  return hub.call('PUT', `/review-tasks/${reviewTaskId}/supplement-requests/${newId()}`, by, { items });
};
const DOCUMENT = [{ field: 'documents', reasonCode: 'DOCUMENT_NEEDED' }];

test('R-UW-05: a person sends an application back by the role of its task, in the same rounds, and the answer has it checked again', async () => {
  const applicationId = await submit(hub);
  await refer(applicationId, amber('REVENUE_UNTRUE'));
  expect(await send(applicationId, APPROVER, DOCUMENT)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  expect(await send(applicationId, RISK_OFFICER, [])).toMatchObject({ status: 400 });
  const unknown = await send(applicationId, RISK_OFFICER, [{ field: 'documents', reasonCode: 'FRAUD_CONFIRMED' }]);
  expect(unknown).toMatchObject({ status: 400, body: { code: 'REASON_UNKNOWN', errors: [{ field: 'items.0.reasonCode' }] } });
  const { reviewTaskId } = await taskOf(hub, applicationId);
  await hub.call('PUT', `/review-tasks/${reviewTaskId}/claims/${newId()}`, staff('rita', 'risk_officer'));
  expect(await send(applicationId, RISK_OFFICER, DOCUMENT)).toMatchObject({ status: 409, body: { code: 'CLAIMED_BY_OTHER' } });
  expect(await send(applicationId, staff('rita', 'risk_officer'), DOCUMENT)).toMatchObject({ status: 200, body: { status: 'closed' } });
  expect(await statusOf(hub, applicationId)).toBe('SUPPLEMENT_REQUIRED');
  expect((await roundsOf(applicationId))[0]).toMatchObject({ askedBy: 'person', items: [{ field: 'documents', reason: { code: 'DOCUMENT_NEEDED' } }] });

  expect(await answer(applicationId, { evidenceIds: [newId()] })).toMatchObject({ status: 422, body: { code: 'EVIDENCE_UNKNOWN' } });
  const unasked = { corrections: { declaredRevenueMinor: '480000000' }, evidenceIds: [await uploaded(hub, applicationId)] };
  expect(await answer(applicationId, unasked)).toMatchObject({ status: 422, body: { code: 'CORRECTION_NOT_ASKED' } });
  await answer(applicationId, { evidenceIds: [await uploaded(hub, applicationId)] });
  await hub.deliver(new KycPassed({ ...clean(applicationId), round: 2 }));
  // Nothing is found any more, and whoever has asked looks all the same (S03).
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  const looked = { decision: 'approve', reasonCode: 'LOOKED_AT' };
  expect((await hub.call('PUT', `/review-tasks/${(await taskOf(hub, applicationId)).reviewTaskId}/decisions/${newId()}`, RISK_OFFICER, looked)).status).toBe(
    200,
  );
  await hub.deliver(new ScoreComputed({ ...score(applicationId, { grade: 'R6', score: 620 }), round: 2 }));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  expect(await send(applicationId, APPROVER, DOCUMENT)).toMatchObject({ status: 200 });
  await answer(applicationId, { evidenceIds: [await uploaded(hub, applicationId)] });
  // A score of the round before comes late: it is kept, and nothing more.
  await hub.deliver(new ScoreComputed({ ...score(applicationId), round: 2 }));
  await refer(applicationId, amber('REVENUE_UNTRUE'), 3);
  const { body } = await send(applicationId, RISK_OFFICER, DOCUMENT);
  expect([body.status, body.code]).toEqual([409, 'SUPPLEMENT_ROUNDS_USED']);
  expect(await hub.parked()).toEqual([]);
});

test('R-AP-08: what the sources say after a person was asked is in the open task, and marked as new', async () => {
  const applicationId = await submit(hub);
  hub.clock.advance(DAY_MS);
  await until(async () => (await statusOf(hub, applicationId)) === 'ENHANCED_REVIEW', 'the review');
  expect((await taskOf(hub, applicationId)).figures).toEqual({});
  await refer(applicationId, amber('REVENUE_GAP'));
  expect(await taskOf(hub, applicationId)).toMatchObject({
    reasons: [{ code: 'VERIFICATION_TIMED_OUT' }],
    figures: { findings: [{ code: 'REVENUE_GAP' }], news: [{ what: 'verification', at: hub.clock.now().toISOString() }] },
  });
});
