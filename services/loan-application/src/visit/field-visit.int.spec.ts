import { KycPassed, KycRejected, newId, ScoreComputed } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { ACCOUNT_MANAGER, APPROVER, PARTNER, RISK_OFFICER, staff, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';
import { checklistOn } from './visit-checklists.js';

// Goal: a firm is visited before people decide (R-UW-06, M-AM-04, S08). Method: the real service under the policy that asks for visits.
const DAY = '2028-05-03';
const esign = new EsignDouble();
const VISITOR = staff('vera', 'risk_officer');
const AUDITOR = staff('audrey', 'auditor');
const YES = { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND' };
const ANSWERS = checklistOn(DAY).items.map(({ code }) => ({ item: code, answer: 'yes' }));
const REPORT = { visitedOn: DAY, answers: ANSWERS, notes: 'The workshop runs two shifts; Mr Li shows it.' };
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start(), undefined, new Date(`${DAY}T01:00:00Z`));
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

/** An application whose firm is to be visited: large, so that the committee decides then; or with a mismatch, so that one approver does. */
async function toBeVisited(large = true, by: Principal = PARTNER): Promise<string> {
  const applicationId = await submit(hub, large ? { requestedAmountMinor: '150000000' } : {}, by);
  const findings = large ? [] : [{ code: 'TAX_REVENUE_GAP', severity: 'amber' as const, observed: '21% gap' }];
  await hub.deliver(new KycPassed(clean(applicationId, { findings })));
  await hub.deliver(new ScoreComputed(score(applicationId, large ? { limitMinor: '146000000', grade: 'R3', score: 715, rateBps: 595 } : {})));
  expect(await statusOf(hub, applicationId)).toBe('FIELD_INVESTIGATION');
  return applicationId;
}
const put = (applicationId: string, path: string, by: Principal, body: object): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/visits/${path}`, by, body);
async function planned(applicationId: string, investigator = VISITOR.id): Promise<string> {
  const visitId = newId();
  expect((await put(applicationId, visitId, APPROVER, { investigator, plannedOn: DAY })).status).toBe(200);
  return visitId;
}

test('S08, M-AM-04: the report is shown to the committee, whose investigator has no vote; the words are the reader’s, their hash the history’s', async () => {
  const applicationId = await toBeVisited();
  const before = await taskOf(hub, applicationId);
  expect(before).toMatchObject({ stage: 'visit', tier: 'T3' });
  const visitId = await planned(applicationId);
  const { body } = await put(applicationId, `${visitId}/reports/${newId()}`, VISITOR, REPORT);
  expect(body.items).toMatchObject([{ visitId, investigator: VISITOR.id, checklistVersion: 'field-visit.v1', report: { score: 100, notes: REPORT.notes } }]);
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_COMMITTEE');
  const task = await taskOf(hub, applicationId);
  expect(task).toMatchObject({
    stage: 'committee',
    tier: 'T2',
    figures: { proposedAmountMinor: '146000000', visit: { visitId, score: 100, investigator: VISITOR.id } },
  });
  const vote = await hub.call('PUT', `/loan-applications/${applicationId}/committees/${task.reviewTaskId}/votes/${newId()}`, VISITOR, YES);
  expect(vote).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  const history = (await hub.call('GET', `/loan-applications/${applicationId}/history`, AUDITOR)).body;
  expect(history.items.at(-1)).toMatchObject({ trigger: 'SodViolationBlocked', evidence: { duty: 'approver', notAfter: 'investigator' } });
  expect(history.firstBrokenRow).toBeNull();
  // Free words may name people: they stand in no step and no event.
  expect(JSON.stringify([history, await hub.events(applicationId), await hub.taskEvents(applicationId)])).not.toContain('Mr Li');
  expect((await hub.eventTypes(applicationId)).filter((type) => type.startsWith('field-visit'))).toEqual(['field-visit-planned', 'field-visit-reported']);
});

test('R-UW-06: after a visit for a mismatch one approver decides, and is shown the report', async () => {
  const applicationId = await toBeVisited(false);
  const visitId = await planned(applicationId, APPROVER.id);
  const answers = ANSWERS.map((one) => (one.item === 'BOOKS_AGREE' ? { ...one, answer: 'no' } : one));
  expect((await put(applicationId, `${visitId}/reports/${newId()}`, APPROVER, { ...REPORT, answers })).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  const { reviewTaskId, figures } = await taskOf(hub, applicationId);
  expect(figures.visit).toMatchObject({ score: 82, answers });
  const decide = (by: Principal): Promise<Answer> => hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, by, YES);
  expect(await decide(APPROVER)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect((await decide(staff('bruno', 'credit_approver'))).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('OFFERED');
});

test('R-UW-05: neither the account manager nor whoever cleared the verification visits the firm', async () => {
  const applicationId = await toBeVisited(true, ACCOUNT_MANAGER);
  const plan = { investigator: ACCOUNT_MANAGER.id, plannedOn: DAY };
  expect(await put(applicationId, newId(), APPROVER, plan)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  const last = (await hub.events(applicationId)).at(-1)!;
  expect(last).toMatchObject({ type: 'sod-violation-blocked', payload: { duty: 'investigator', notAfter: 'accountManager', staffId: ACCOUNT_MANAGER.id } });
});

test('R-UW-06: what a report has to say, of which day, by whom', async () => {
  const applicationId = await toBeVisited();
  const first = await planned(applicationId);
  const report = (visitId: string, by: Principal, change: object = {}, reportId = newId()): Promise<Answer> =>
    put(applicationId, `${visitId}/reports/${reportId}`, by, { ...REPORT, ...change });
  expect(await report(first, RISK_OFFICER)).toMatchObject({ status: 403, body: { code: 'NOT_THE_INVESTIGATOR' } });
  expect(await report(first, VISITOR, { answers: ANSWERS.slice(1) })).toMatchObject({ status: 400, body: { code: 'CHECKLIST_INCOMPLETE' } });
  for (const visitedOn of ['2028-05-04', '2028-05-02'])
    expect(await report(first, VISITOR, { visitedOn })).toMatchObject({ status: 400, body: { code: 'VISIT_DAY_WRONG' } });
  expect(await put(applicationId, newId(), APPROVER, { investigator: VISITOR.id, plannedOn: '2028-05-02' })).toMatchObject({
    status: 400,
    body: { code: 'VISIT_DAY_WRONG' },
  });
  expect((await put(applicationId, newId(), staff('payer', 'payment_officer'), { investigator: 'x', plannedOn: DAY })).status).toBe(403);
  expect((await report(newId(), VISITOR)).status).toBe(404);
  const second = await planned(applicationId);
  expect(await report(first, VISITOR)).toMatchObject({ status: 409, body: { code: 'VISIT_REPLACED' } });
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const desk = await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, RISK_OFFICER, { decision: 'approve', reasonCode: 'VISIT_REPORTED' });
  expect(desk).toMatchObject({ status: 409, body: { code: 'VISIT_REPORT_NEEDED' } });
  const reportId = newId();
  expect((await report(second, VISITOR, {}, reportId)).status).toBe(200);
  expect((await report(second, VISITOR, {}, reportId)).status).toBe(200);
  expect(await report(second, VISITOR, { notes: 'something else' }, reportId)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await put(applicationId, newId(), APPROVER, { investigator: VISITOR.id, plannedOn: DAY })).toMatchObject({
    status: 409,
    body: { code: 'WRONG_STATUS' },
  });
});

test('M-AP-03, M-AM-05: a visit that is not reported in time is asked for again; a hard rule, a refusal or a withdrawal ends it', async () => {
  const [late, hard, refused, stranger] = [await toBeVisited(), await toBeVisited(), await toBeVisited(), { ...APPROVER, tenantId: 'another' }];
  await hub.deliver(new KycRejected({ ...clean(hard), findings: [{ code: 'DISHONEST_DEBTOR', severity: 'red' }] }));
  expect(await statusOf(hub, hard)).toBe('REJECTED');
  const { reviewTaskId } = await taskOf(hub, refused);
  const no = { decision: 'reject', reasonCode: 'INFORMATION_INCOMPLETE', comment: 'nobody lets us in' };
  expect((await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, RISK_OFFICER, no)).status).toBe(200);
  expect(await statusOf(hub, refused)).toBe('REJECTED');
  expect((await put(late, newId(), stranger, { investigator: VISITOR.id, plannedOn: DAY })).status).toBe(404);
  hub.clock.advance(21 * 86_400_000);
  await until(async () => (await taskOf(hub, late)).reminders > 0);
  expect(await statusOf(hub, late)).toBe('FIELD_INVESTIGATION');
  expect((await hub.call('PUT', `/loan-applications/${late}/cancellations/${newId()}`, PARTNER, { reasonCode: 'CHANGED_MIND' })).status).toBe(200);
  expect(await taskOf(hub, late)).toBeUndefined();
});
