import { KycPassed, KycReferred, KycRejected, newId, ScoreComputed } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { APPROVER, PARTNER, RISK_OFFICER, staff, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf, submit, taskOf, uploaded } from '../../test/hub.js';
import { clean, consentsOf, nextUscc, score, submission } from '../../test/submission.js';

// Goal: a refusal by the engine is looked at by a person, with the corrected data beside the first, and nothing but that person decides. Method: the real
// service, every event three times; spokes are events of the test.
const esign = new EsignDouble();
const DAY_MS = 86_400_000;
const AUDITOR = staff('audrey', 'auditor');
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  hub.clock.advance(Date.parse('2028-05-09T01:00:00Z') - hub.clock.now().getTime());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const WEAK = { score: 555, grade: 'R8', pd: '0.0894', limitMinor: '0', reasons: [{ code: 'BUSINESS_YOUNG', sentence: 'x' }] } as const;
const FAIR = { score: 644, grade: 'R5', pd: '0.0278', limitMinor: '15000000' } as const;
const company = () => ({ uscc: nextUscc(), name: '样例商贸有限公司', declaredRevenueMinor: '480000000', industryCode: 'F51' });

/** An application that the engine has refused for its score. */
async function refused(of = company()): Promise<string> {
  const applicationId = await submit(hub, { requestedAmountMinor: '15000000', company: of });
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { ...WEAK, reasons: [...WEAK.reasons] })));
  expect(await statusOf(hub, applicationId)).toBe('REJECTED');
  return applicationId;
}
const appeal = (applicationId: string, body: object = { groundCode: 'DATA_WRONG' }, appealId = newId(), by: Principal = PARTNER): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/appeals/${appealId}`, by, body);
const shown = async (applicationId: string, by: Principal = PARTNER): Promise<Answer['body']> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/appeal`, by)).body;
const decide = async (applicationId: string, by: Principal, decision: string, reasonCode: string): Promise<Answer> =>
  hub.call('PUT', `/review-tasks/${(await taskOf(hub, applicationId)).reviewTaskId}/decisions/${newId()}`, by, { decision, reasonCode });
const blocksOf = async (applicationId: string): Promise<{ lifted: boolean }[]> =>
  (
    await hub.pool.query('select b.lifted_at is not null as lifted from firm_block b join application a using (tenant_id, uscc) where a.application_id = $1', [
      applicationId,
    ])
  ).rows;

test('S09, G-PI-03: appealed, scored again without a decision, allowed by a person, approved by another; both scores are kept', async () => {
  const applicationId = await refused();
  expect(await blocksOf(applicationId)).toEqual([{ lifted: false }]);
  const appealId = newId();
  const body = { groundCode: 'DATA_WRONG', corrections: { declaredRevenueMinor: '460000000' }, evidenceIds: [await uploaded(hub, applicationId)] };
  expect((await appeal(applicationId, body, appealId)).body).toMatchObject({
    appealId,
    ground: { code: 'DATA_WRONG' },
    corrected: [{ field: 'declaredRevenueMinor', before: '480000000', after: '460000000' }],
    outcome: null,
  });
  expect((await appeal(applicationId, body, appealId)).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('APPEAL_REVIEW');
  expect((await hub.eventTypes(applicationId)).slice(-4)).toEqual(['appeal-requested', 'info-corrected', 'kyc-requested', 'manual-review-requested']);

  expect(await decide(applicationId, RISK_OFFICER, 'approve', 'DATA_WAS_CORRECTED')).toMatchObject({ status: 409, body: { code: 'SCORE_MISSING' } });
  await hub.deliver(new KycReferred({ ...clean(applicationId, { findings: [{ code: 'TAX_ARREARS', severity: 'amber' }] }), round: 2 }));
  await hub.deliver(new ScoreComputed({ ...score(applicationId, FAIR), round: 2 }));
  expect(await statusOf(hub, applicationId)).toBe('APPEAL_REVIEW');
  const task = await taskOf(hub, applicationId);
  expect(task).toMatchObject({ stage: 'appeal', figures: { firstScore: 555, score: 644, grade: 'R5', news: [{ what: 'verification' }, { what: 'score' }] } });
  expect((await hub.eventTypes(applicationId)).filter((type) => type === 'scoring-requested')).toHaveLength(2);

  const both = staff('s-both', 'risk_officer', 'credit_approver');
  expect((await decide(applicationId, both, 'approve', 'DATA_WAS_CORRECTED')).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  expect(await blocksOf(applicationId)).toEqual([{ lifted: true }]);
  expect(await decide(applicationId, both, 'approve', 'LOOKED_AT')).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  const { explanation, firstScore, newScore, outcome } = await shown(applicationId, RISK_OFFICER);
  expect([outcome, firstScore.score, newScore.score]).toEqual(['allowed', 555, 644]);
  expect(explanation.reasons.length).toBeGreaterThan(0);
  expect(await shown(applicationId)).toMatchObject({ firstScore: null, newScore: null, explanation: { wouldChange: expect.anything() } });

  expect((await decide(applicationId, APPROVER, 'approve', 'LOOKED_AT')).status).toBe(200);
  expect((await hub.call('GET', `/loan-applications/${applicationId}`)).body).toMatchObject({
    status: 'OFFERED',
    decision: { outcome: 'approved', tier: 'T1', amountMinor: '15000000' },
  });
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, AUDITOR);
  expect(history.firstBrokenRow).toBeNull();
  expect(await hub.parked()).toEqual([]);
});

test('M-AP-18: an appeal that is not upheld ends where it began, explained, without another wait, and is not made twice', async () => {
  const applicationId = await refused();
  await appeal(applicationId, { groundCode: 'PERSON_WANTED' });
  expect((await decide(applicationId, RISK_OFFICER, 'reject', 'REFUSAL_STANDS')).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('REJECTED');
  expect((await hub.eventTypes(applicationId)).slice(-3)).toEqual(['review-decided', 'appeal-decided', 'explanation-issued']);
  expect(await blocksOf(applicationId)).toEqual([{ lifted: false }]);
  expect(await shown(applicationId)).toMatchObject({
    outcome: 'upheld',
    explanation: { counted: expect.arrayContaining([expect.objectContaining({ code: 'COUNTED_DECLARED' })]) },
  });
  expect(await appeal(applicationId)).toMatchObject({ status: 409, body: { code: 'APPEAL_USED' } });
  // What comes late of it is kept, and changes nothing.
  await hub.deliver(new KycPassed({ ...clean(applicationId), round: 2 }));
  expect(await statusOf(hub, applicationId)).toBe('REJECTED');
});

test.each([
  [
    'a rule that stops everybody',
    (id: string) => new KycRejected({ ...clean(id, { fraudScore: 0 }), findings: [{ code: 'TAX_CLASS_D', severity: 'red' }], round: 2 }),
  ],
  ['a score that is refused', (id: string) => new KycPassed({ ...clean(id), round: 2 })],
])('M-AM-05: %s is set aside by nobody', async (_, outcome) => {
  const applicationId = await refused();
  await appeal(applicationId);
  await hub.deliver(outcome(applicationId));
  if (outcome(applicationId) instanceof KycPassed) await hub.deliver(new ScoreComputed({ ...score(applicationId, { ...WEAK, reasons: [] }), round: 2 }));
  expect(await statusOf(hub, applicationId)).toBe('APPEAL_REVIEW');
  expect(await decide(applicationId, RISK_OFFICER, 'approve', 'REFUSAL_NOT_JUSTIFIED')).toMatchObject({ status: 409, body: { code: 'APPEAL_STILL_REFUSED' } });
  expect((await decide(applicationId, RISK_OFFICER, 'reject', 'REFUSAL_STANDS')).status).toBe(200);
});

test('S09: who may not appeal, what, and until when', async () => {
  const applicationId = await refused();
  expect(await appeal(applicationId, { groundCode: 'I_WANT_MONEY' })).toMatchObject({ status: 400, body: { code: 'REASON_UNKNOWN' } });
  for (const by of [
    { ...PARTNER, tenantId: 'other' },
    { ...PARTNER, partnerId: 'another' },
  ])
    expect((await appeal(applicationId, undefined, newId(), by)).status).toBe(404);
  expect((await hub.call('GET', `/loan-applications/${applicationId}/appeal`)).status).toBe(404);

  const live = await submit(hub);
  expect(await appeal(live)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  await hub.deliver(new KycReferred(clean(live, { findings: [{ code: 'REVENUE_UNTRUE', severity: 'amber' }] })));
  await decide(live, RISK_OFFICER, 'reject', 'INFORMATION_INCOMPLETE');
  expect(await appeal(live)).toMatchObject({ status: 409, body: { code: 'APPEAL_NOT_POSSIBLE' } });

  await hub.pool.query(`update application set policy_version = 'online_microloan.v13' where application_id = $1`, [applicationId]);
  expect(await appeal(applicationId)).toMatchObject({ status: 409, body: { code: 'APPEAL_NOT_POSSIBLE' } });
});

test('M-AP-02, M-AP-18: thirty days, and not where the firm has applied again', async () => {
  const [late, twice] = [await refused(), company()];
  const applicationId = await refused(twice);
  hub.clock.advance(30 * DAY_MS);
  const again = newId();
  const { status } = await hub.call('PUT', `/loan-applications/${again}`, PARTNER, submission({ company: twice, consents: consentsOf(hub.clock.now()) }));
  expect(status).toBe(201);
  expect(await appeal(applicationId)).toMatchObject({ status: 409, body: { code: 'APPLICATION_NOT_POSSIBLE' } });
  hub.clock.advance(1);
  expect(await appeal(late)).toMatchObject({ status: 409, body: { code: 'APPEAL_TOO_LATE' } });
});

test('S03: what was declared is corrected on the file of a refused application; the decision stays', async () => {
  const applicationId = await refused();
  const correct = (body: object, correctionId = newId(), by: Principal = PARTNER): Promise<Answer> =>
    hub.call('PUT', `/loan-applications/${applicationId}/corrections/${correctionId}`, by, body);
  expect(await correct({ corrections: { industryCode: 'F51' } })).toMatchObject({ status: 422, body: { code: 'CORRECTION_EMPTY' } });
  expect((await correct({})).status).toBe(400);
  expect((await correct({ corrections: { industryCode: 'F52' } }, newId(), { ...PARTNER, tenantId: 'other' })).status).toBe(404);
  const [id, body] = [newId(), { corrections: { companyName: '正名商贸有限公司', industryCode: 'F52' } }];
  expect((await correct(body, id)).body.items).toMatchObject([
    { occasion: 'on_file', corrected: [{ field: 'companyName' }, { field: 'industryCode', before: 'F51', after: 'F52' }] },
  ]);
  expect((await correct(body, id)).body.items).toHaveLength(1);
  const events = await hub.events(applicationId);
  expect(events.at(-1)!.type).toBe('info-corrected');
  expect(JSON.stringify(events)).not.toMatch(/正名/);
  expect((await hub.call('GET', `/loan-applications/${applicationId}`)).body).toMatchObject({ status: 'REJECTED', company: { industryCode: 'F52' } });
  await expect(hub.pool.query(`update correction set occasion = 'appeal' where correction_id = $1`, [id])).rejects.toThrow(/append-only|permission denied/);
});

test('S03: a firm that declared what is not true is marked for whoever looks next, in its own tenant alone', async () => {
  const firm = company();
  const first = await submit(hub, { company: firm });
  await hub.deliver(new KycReferred(clean(first, { findings: [{ code: 'REVENUE_UNTRUE', severity: 'amber' }] })));
  await decide(first, RISK_OFFICER, 'reject', 'UNTRUE_INFO');
  hub.clock.advance(180 * DAY_MS);
  const next = await submit(hub, { company: firm });
  await hub.deliver(new KycReferred(clean(next, { findings: [{ code: 'REVENUE_UNTRUE', severity: 'amber' }] })));
  const { reviewTaskId } = await taskOf(hub, next);
  const { body } = await hub.call('GET', `/review-tasks/${reviewTaskId}`, RISK_OFFICER);
  expect(body.watchMarks).toMatchObject([{ reasonCode: 'UNTRUE_INFO' }]);
  const { rows } = await hub.pool.query('select tenant_id from firm_watch where uscc = $1', [firm.uscc]);
  expect(rows).toEqual([{ tenant_id: PARTNER.tenantId }]);
});
