import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import type { Principal } from '@millrace/service';
import { ACCOUNT_MANAGER, APPROVER, PARTNER, RISK_OFFICER, staff, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf } from '../../test/hub.js';
import { clean, consentsOf, score, submission } from '../../test/submission.js';
import { isSampled } from './sample-policy.js';

// Goal: of what the engine approves a share is looked at by a person, and the others cost nothing (R-UW-07, R-OP-03). Method: ids on either side of the draw.
const POLICY = policyInForce('online_microloan', '2028-05-02');
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start(), undefined, new Date('2028-05-02T01:00:00Z'));
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

async function approvedByEngine(sampled: boolean, by: Principal = PARTNER): Promise<string> {
  const applicationId = newId();
  let scoreId = newId();
  while (isSampled(scoreId, POLICY) !== sampled) scoreId = newId();
  await hub.call('PUT', `/loan-applications/${applicationId}`, by, submission({ consents: consentsOf(hub.clock.now()) }));
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { scoreId })));
  expect(await statusOf(hub, applicationId)).toBe('OFFERED');
  return applicationId;
}
const find = (applicationId: string, by: Principal, body: object, findingId = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/sample-findings/${findingId}`, by, body);
const tasksOf = async (applicationId: string): Promise<number> =>
  (await hub.pool.query('select 1 from task where subject_id = $1', [applicationId])).rowCount ?? 0;
const CONFIRMED = { outcome: 'confirmed', reasonCode: 'SAMPLE_CONFIRMED' };

test('R-UW-07: one in the sample gets a task and is offered all the same; one beside it gets none, and nobody can look at it afterwards', async () => {
  const [drawn, beside] = [await approvedByEngine(true), await approvedByEngine(false)];
  expect([await tasksOf(drawn), await tasksOf(beside)]).toEqual([1, 0]);
  expect((await hub.taskEvents(drawn)).map(({ payload }) => payload.kind)).toEqual(['engine-sample']);
  expect((await find(beside, APPROVER, CONFIRMED)).status).toBe(404);
});

test('R-OP-03: a credit approver who had no part in it says what a person would have done; the figures add up, for this lender alone', async () => {
  const [right, wrong, own] = [await approvedByEngine(true), await approvedByEngine(true), await approvedByEngine(true, ACCOUNT_MANAGER)];
  const refusal = { outcome: 'would-refuse', reasonCode: 'SAMPLE_CASH_FLOW', comment: 'two months without sales' };
  expect(await find(own, ACCOUNT_MANAGER, CONFIRMED)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect((await find(right, RISK_OFFICER, CONFIRMED)).status).toBe(403);
  expect(await find(right, APPROVER, { ...CONFIRMED, reasonCode: 'SAMPLE_CASH_FLOW' })).toMatchObject({ status: 400, body: { code: 'REASON_UNKNOWN' } });
  const findingId = newId();
  for (let times = 0; times < 2; times += 1) expect((await find(right, APPROVER, CONFIRMED, findingId)).body).toMatchObject({ outcome: 'confirmed' });
  expect(await find(right, APPROVER, CONFIRMED)).toMatchObject({ status: 409, body: { code: 'ALREADY_DECIDED' } });
  expect((await find(wrong, APPROVER, refusal)).body).toMatchObject({ outcome: 'would-refuse', reasonCode: 'SAMPLE_CASH_FLOW' });
  expect(await statusOf(hub, wrong)).toBe('OFFERED');
  const figures = async (by: Principal, period = 'from=2028-05-02&to=2028-05-02') => (await hub.call('GET', `/reports/engine-sample?${period}`, by)).body;
  expect(await figures(APPROVER)).toMatchObject({
    approvedByEngine: 5,
    sampled: 4,
    lookedAt: 2,
    confirmed: 1,
    wouldRefuse: 1,
    reasons: [{ reasonCode: 'SAMPLE_CASH_FLOW', count: 1 }],
  });
  expect(await figures(APPROVER, 'from=2028-05-03&to=2028-05-09')).toMatchObject({ approvedByEngine: 0, sampled: 0 });
  expect(await figures({ ...APPROVER, tenantId: 'another' })).toMatchObject({ approvedByEngine: 0, sampled: 0 });
  expect((await hub.call('GET', '/reports/engine-sample?from=2028-02-30&to=2028-03-01', APPROVER)).status).toBe(400);
  expect((await hub.call('GET', '/reports/engine-sample?from=2028-05-02&to=2028-05-02', staff('mei', 'account_manager'))).status).toBe(403);
});
