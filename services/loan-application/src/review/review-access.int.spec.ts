import { KycPassed, KycReferred, newId, ScoreComputed, contentHash } from '@millrace/contracts';
import { type Principal } from '@millrace/service';
import { APPROVER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, FACTS, score, submission } from '../../test/submission.js';

// Goal: who sees what of a review, and by which reasons a person may decide. Method: the real service, asked as the gateway asks it.
const esign = new EsignDouble();
const COMPLIANCE = staff('cora', 'compliance');
const AUDITOR = staff('audrey', 'auditor');
const MANAGER = staff('mei', 'account_manager');
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

const decide = async (applicationId: string, by: Principal, decision: string, reasonCode: string): Promise<Answer> => {
  const { reviewTaskId } = await taskOf(hub, applicationId);
  return hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, by, { decision, reasonCode, comment: 'as I see it' });
};
/** An application that earlier versions' events refer to a person: with score and suspicion in them. */
const referred = async (change = {}): Promise<string> => {
  const applicationId = await submit(hub, change);
  const findings = ['DEVICE_SHARED', 'WATCHLIST_POSSIBLE', 'OWNER_BUREAU_OVERDUE'].map((code) => ({ code, severity: 'amber' as const, observed: '4 firms' }));
  await hub.deliver(new KycReferred(clean(applicationId, { fraudScore: 650, findings })));
  return applicationId;
};

test('T11, T44: a reason that the catalogue has not for this stage and decision is refused, with those that it has', async () => {
  const applicationId = await referred();
  for (const [decision, reasonCode] of [
    ['reject', 'I_JUST_DISLIKE_THEM'],
    ['reject', 'FRAUD_CONFIRMD'],
    ['reject', 'AFFORDABILITY'],
    ['approve', 'FRAUD_CONFIRMED'],
    ['approve', 'PAY_AGAIN'],
  ] as const) {
    const { status, body } = await decide(applicationId, RISK_OFFICER, decision, reasonCode);
    expect([status, body.code, body.errors[0].field]).toEqual([400, 'REASON_UNKNOWN', 'reasonCode']);
    expect(body.detail).toContain(decision === 'reject' ? 'FRAUD_CONFIRMED' : 'CHECKED_BY_PHONE');
  }
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  const { body } = await hub.call('GET', '/review-reasons?stage=verification', RISK_OFFICER);
  expect(body.items).toContainEqual(expect.objectContaining({ code: 'STOLEN_IDENTITY', decision: 'reject', meansFraud: true }));
  expect((await hub.call('GET', '/review-reasons', PARTNER)).status).toBe(403);
});

test('T48: a fraud that a person confirms is told to nobody who may not know: not in events, tasks, histories, nor to the partner', async () => {
  const { company } = submission();
  const applicationId = await referred({ company });
  expect((await decide(applicationId, RISK_OFFICER, 'reject', 'FRAUD_CONFIRMED')).body).toMatchObject({
    reasonCode: 'FRAUD_CONFIRMED',
    comment: 'as I see it',
  });
  const events = await hub.events(applicationId);
  expect(JSON.stringify(events)).not.toMatch(/FRAUD|DEVICE_SHARED|WATCHLIST/);
  expect(events.find(({ type }) => type === 'review-decided')?.payload.reasonCode).toBe('DECLINED_BY_PERSON');
  for (const by of [PARTNER, APPROVER, PAYMENT_OFFICER, MANAGER, COMPLIANCE]) {
    const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, by);
    expect(body.decision.reasons).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' }]);
  }
  const decided = async (by: Principal) =>
    (await hub.call('GET', '/review-tasks?status=decided', by)).body.items.find((task: { applicationId: string }) => task.applicationId === applicationId);
  expect(await decided(APPROVER)).toMatchObject({ reasonCode: 'DECLINED_BY_PERSON', comment: null });
  expect(await decided(AUDITOR)).toMatchObject({ reasonCode: 'FRAUD_CONFIRMED' });
  const historyOf = async (by: Principal) => JSON.stringify((await hub.call('GET', `/loan-applications/${applicationId}/history`, by)).body);
  expect(await historyOf(APPROVER)).not.toMatch(/FRAUD|fraudScore|DEVICE_SHARED|WATCHLIST/);
  expect(await historyOf(AUDITOR)).not.toMatch(/fraudScore|DEVICE_SHARED|WATCHLIST/);
  // T61: the comment is sealed with the step; its hash is for those alone who may read it, as words could be tried against it.
  expect(await historyOf(AUDITOR)).toContain(`"commentSha256":"${contentHash('as I see it')}"`);
  expect(await historyOf(APPROVER)).not.toContain('commentSha256');
  expect((await hub.call('GET', `/loan-applications/${applicationId}/history`, AUDITOR)).body.firstBrokenRow).toBeNull();
  // The firm waits for the long term.
  const { rows } = await hub.pool.query('select blocked_until from firm_block where uscc = $1', [company.uscc]);
  expect(rows).toEqual([{ blocked_until: new Date(hub.clock.now().getTime() + 180 * 86_400_000) }]);
});

test('T48, SEC-13: a task names no suspicion and no score, and what a bureau said only to those with the right', async () => {
  const applicationId = await referred();
  const seen = async (by: Principal) => {
    const { items } = (await hub.call('GET', '/review-tasks?status=open&limit=200', by)).body;
    return items.find((task: { applicationId: string }) => task.applicationId === applicationId);
  };
  const task = await seen(RISK_OFFICER);
  expect(task.figures.findings.map(({ code }: { code: string }) => code).sort()).toEqual(['MANUAL_CHECK', 'OWNER_BUREAU_OVERDUE']);
  expect(JSON.stringify(task)).not.toMatch(/DEVICE_SHARED|WATCHLIST|fraudScore|650|4 firms.*4 firms/);
  expect(JSON.stringify(await seen(PAYMENT_OFFICER))).not.toContain('BUREAU');
  for (const by of [MANAGER, PARTNER, staff('nobody')]) expect((await hub.call('GET', '/review-tasks', by)).status).toBe(403);
  // T07, T60: the partner learns that, and as far as it may be told why, a person looks.
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`);
  expect(body).toMatchObject({
    decision: null,
    score: null,
    review: { stage: 'verification', reasons: [{ code: 'MANUAL_CHECK' }, { code: 'CREDIT_INFORMATION' }] },
  });
});

test('SEC-16, T49: score and matrix are for the roles that decide; all others read what the applicant is told', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId, { facts: { ...FACTS, ownerBureauClean: false, lenderCount: 6 } })));
  await hub.deliver(new ScoreComputed(score(applicationId, { grade: 'R6', score: 620 })));
  const view = async (by: Principal) => (await hub.call('GET', `/loan-applications/${applicationId}`, by)).body;
  const codes = (body: Answer['body']) => body.review.reasons.map(({ code }: { code: string }) => code);
  expect(codes(await view(APPROVER))).toEqual(['GRADE_NEEDS_APPROVER', 'BUREAU_NOT_CLEAN', 'MANY_LENDERS']);
  expect(codes(await view(AUDITOR))).toEqual(['GRADE_NEEDS_APPROVER', 'CREDIT_INFORMATION']);
  expect((await view(AUDITOR)).score).toMatchObject({ grade: 'R6' });
  for (const by of [PARTNER, MANAGER, PAYMENT_OFFICER, COMPLIANCE, staff('nobody')]) {
    const body = await view(by);
    expect([body.score, codes(body)]).toEqual([null, ['MANUAL_CHECK', 'CREDIT_INFORMATION']]);
  }
  const { items } = (await hub.call('GET', '/loan-applications?limit=200')).body;
  expect(JSON.stringify(items)).not.toMatch(/"pd"|bindingCap|scorecardSha256|policyVersion|riskIndex|"grade"|MANY_LENDERS|BUREAU_/);
});

test('SEC-17: who cleared the verification does not approve the loan, even with both roles', async () => {
  const both = staff('s-all', 'risk_officer', 'credit_approver');
  const applicationId = await referred();
  expect((await decide(applicationId, both, 'approve', 'CHECKED_BY_PHONE')).status).toBe(200);
  await hub.deliver(new ScoreComputed(score(applicationId)));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  expect(await decide(applicationId, both, 'approve', 'LOOKED_AT')).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect((await decide(applicationId, APPROVER, 'approve', 'LOOKED_AT')).status).toBe(200);
});

test('a verification without a fraud score is not green: a person decides', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.pool.query(`update application set verification = verification - 'fraudScore' where application_id = $1`, [applicationId]);
  await hub.deliver(new ScoreComputed(score(applicationId)));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  expect((await taskOf(hub, applicationId)).reasons).toMatchObject([{ code: 'FRAUD_SCORE_MISSING' }]);
});

test('T44: a decision of before the catalogue, with a word that a member of staff typed, is told in the lender’s words', async () => {
  const applicationId = await referred();
  expect((await decide(applicationId, RISK_OFFICER, 'reject', 'DECLINED')).status).toBe(200);
  const reasons = JSON.stringify([{ code: 'I_JUST_DISLIKE_THEM', sentence: 'A person has looked at the application and declined it.' }]);
  await hub.pool.query(`update application set decision = jsonb_set(decision, '{reasons}', $2) where application_id = $1`, [applicationId, reasons]);
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`);
  expect(body.decision.reasons).toMatchObject([{ code: 'DECLINED_BY_PERSON' }]);
});

test('R-UW-05: a task is taken by one, handed on, given back, and decided by nobody else while it is taken', async () => {
  const applicationId = await referred();
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const move = (what: string, by: Principal, body?: object) => hub.call('PUT', `/review-tasks/${reviewTaskId}/${what}/${newId()}`, by, body);
  const [olga, rita] = [RISK_OFFICER, staff('rita', 'risk_officer')];
  expect(await move('claims', APPROVER)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
  const claims = await Promise.all(Array.from({ length: 10 }, () => move('claims', olga)));
  expect(new Set(claims.map(({ status, body }) => `${status} ${body.claimedBy}`))).toEqual(new Set([`200 ${olga.id}`]));
  expect(await move('claims', rita)).toMatchObject({ status: 409, body: { code: 'CLAIMED_BY_OTHER' } });
  expect(await decide(applicationId, rita, 'approve', 'LOOKED_AT')).toMatchObject({ status: 409, body: { code: 'CLAIMED_BY_OTHER' } });
  expect(await move('delegations', olga, { to: '李娜' })).toMatchObject({ status: 400 });
  expect(await move('delegations', olga, { to: 'rita' })).toMatchObject({ status: 200, body: { claimedBy: 'rita' } });
  expect(await move('releases', olga)).toMatchObject({ status: 409, body: { code: 'NOT_CLAIMED' } });
  expect(await move('releases', rita)).toMatchObject({ status: 200, body: { claimedBy: null, claimedAt: null } });
  expect((await decide(applicationId, olga, 'approve', 'LOOKED_AT')).status).toBe(200);
  const { rows } = await hub.pool.query('select action from task_step where task_id = $1 order by step_id', [reviewTaskId]);
  expect(rows.map(({ action }) => action)).toEqual(['OPEN', 'CLAIM', 'DELEGATE', 'RELEASE', 'DECIDE', 'APPLY']);
  expect((await hub.taskEvents(applicationId)).slice(0, 6).map(({ payload }) => payload.change ?? payload.decision ?? payload.kind)).toEqual([
    ...['verification-review', 'CLAIM', 'DELEGATE', 'RELEASE', 'approve', 'APPLY'],
  ]);
});
