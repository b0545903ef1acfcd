import { KycPassed, newId, ScoreComputed, ScoringFailed } from '@millrace/contracts';
import { PARTNER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';

// Goal: what cannot be scored goes to a person at once (F06, R-CR-02). Method: the real service on real PostgreSQL; scoring's words are put on the log three times each.
let hub: TestService;

beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:9');
}, 120_000);
afterAll(() => hub.stop());
afterEach(async () => expect(await hub.parked()).toEqual([]));

async function failed(failureCode: string): Promise<{ applicationId: string; failure: ScoringFailed }> {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId, { findings: [{ code: 'TAX_ARREARS', severity: 'amber' }] })));
  const failure = new ScoringFailed({ applicationId, scoreId: newId(), failureCode });
  await hub.deliver(failure);
  return { applicationId, failure };
}

const clear = async (applicationId: string): Promise<void> => {
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const body = { decision: 'approve', reasonCode: 'CHECKED_BY_HAND' };
  expect((await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, RISK_OFFICER, body)).status).toBe(200);
};

test('F06: a file that cannot be read is a task with its finding, without any wait; the applicant is told what can be mended', async () => {
  const { applicationId } = await failed('BATCH_UNREADABLE');
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  const task = await taskOf(hub, applicationId);
  expect(task).toMatchObject({ stage: 'verification', figures: { findings: [{ code: 'BATCH_UNREADABLE', severity: 'amber' }, { code: 'TAX_ARREARS' }] } });
  const requested = (await hub.events(applicationId)).filter(({ type }) => type === 'manual-review-requested');
  expect(requested.map(({ payload }) => payload.reasons)).toEqual([[{ code: 'BATCH_UNREADABLE', sentence: expect.stringContaining('exported again') }]]);
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, PARTNER);
  expect(body.review).toMatchObject({ stage: 'verification', reasons: [{ code: 'BATCH_UNREADABLE' }] });
});

test('F06: what only staff can do something about is neutral for the applicant', async () => {
  const { applicationId } = await failed('BATCH_MISMATCH');
  expect((await taskOf(hub, applicationId)).figures.findings[0]).toEqual({ code: 'BATCH_MISMATCH', severity: 'amber' });
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, PARTNER);
  expect(body.review.reasons).toEqual([{ code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' }]);
});

test('a cleared task asks for a score anew; the old failure told again does not end that, and what is cleared is never approved by the engine', async () => {
  const { applicationId, failure } = await failed('SOURCE_UNAVAILABLE');
  await clear(applicationId);
  expect(await statusOf(hub, applicationId)).toBe('SCORING');
  expect((await hub.eventTypes(applicationId)).filter((type) => type === 'scoring-requested')).toHaveLength(2);
  await hub.deliver(failure);
  expect(await statusOf(hub, applicationId)).toBe('SCORING');
  await hub.deliver(new ScoringFailed({ ...failure, scoreId: newId() }));
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  await clear(applicationId);
  await hub.deliver(new ScoreComputed(score(applicationId)));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
});

test('a failure that comes after the score changes nothing', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  await hub.deliver(new ScoringFailed({ applicationId, scoreId: newId(), failureCode: 'SCORING_TROUBLE' }));
  expect(await statusOf(hub, applicationId)).toBe('OFFERED');
});
