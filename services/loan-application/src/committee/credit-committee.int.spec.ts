import { KycPassed, KycRejected, newId, ScoreComputed } from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { ACCOUNT_MANAGER, APPROVER, PARTNER, RISK_OFFICER, staff, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';

// Goal: the credit committee decides what is above one approver (S08, R-UW-05). Method: the real service on a day on which the committee sits.
const SITS_FROM = new Date('2028-05-02T01:00:00Z');
const esign = new EsignDouble();
const [BRUNO, CHEN] = [staff('bruno', 'credit_approver'), staff('chen', 'credit_approver')];
const AUDITOR = staff('audrey', 'auditor');
const YES = { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND' };
const NO = { decision: 'reject', reasonCode: 'AFFORDABILITY' };
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start(), undefined, SITS_FROM);
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

/** Grade R6 above 500,000: for the committee, with no visit before it. */
const LOWER = { limitMinor: '60000000', grade: 'R6' as const, score: 620, rateBps: 735, caps: [{ name: 'dscr', amountMinor: '60500000' }] };

/** An application of 600,000 that is before the committee. */
async function convened(by: Principal = PARTNER): Promise<{ applicationId: string; taskId: string }> {
  const applicationId = await submit(hub, { requestedAmountMinor: '60000000' }, by);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, LOWER)));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_COMMITTEE');
  const task = await taskOf(hub, applicationId);
  expect(task).toMatchObject({ stage: 'committee', tier: 'T2', figures: { proposedAmountMinor: '60000000' } });
  return { applicationId, taskId: task.reviewTaskId };
}

interface Sitting {
  readonly applicationId: string;
  readonly taskId: string;
}
const say = ({ applicationId, taskId }: Sitting, what: string, by: Principal, body?: object): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/committees/${taskId}/${what}/${newId()}`, by, body);
const vote = (sitting: Sitting, by: Principal, body: object): Promise<Answer> => say(sitting, 'votes', by, body);

test('S08, R-UW-05: three of five say yes, the head of risk among them: an offer of the proposed amount at the proposed price', async () => {
  const sitting = await convened();
  expect((await vote(sitting, APPROVER, YES)).body).toMatchObject({ status: 'open', outcome: null, seats: 5, quorum: 3 });
  expect((await vote(sitting, BRUNO, YES)).status).toBe(200);
  expect(await say(sitting, 'conclusions', APPROVER)).toMatchObject({ status: 409, body: { code: 'VOTE_INCOMPLETE' } });
  expect((await vote(sitting, RISK_OFFICER, YES)).body).toMatchObject({ status: 'open' });
  expect((await say(sitting, 'conclusions', RISK_OFFICER)).body).toMatchObject({ status: 'applied', outcome: 'approve', because: 'MAJORITY' });
  expect(await statusOf(hub, sitting.applicationId)).toBe('OFFERED');
  const { body } = await hub.call('GET', `/loan-applications/${sitting.applicationId}`);
  expect(body).toMatchObject({ decision: { outcome: 'approved', tier: 'T2', amountMinor: '60000000', rateBps: 735 }, offer: { amountMinor: '60000000' } });
  const events = await hub.events(sitting.applicationId);
  expect(events.map(({ type }) => type).slice(-3)).toEqual(['review-decided', 'approved', 'offer-issued']);
  expect(events.at(-2)!.payload).toMatchObject({ tier: 'T2', amountMinor: '60000000' });
  const minutes = (await hub.call('GET', `/loan-applications/${sitting.applicationId}/committees/${sitting.taskId}`, AUDITOR)).body;
  expect(minutes.votes.map(({ voter }: { voter: string }) => voter).sort()).toEqual([APPROVER.id, BRUNO.id, RISK_OFFICER.id].sort());
  // The queue of decided tasks has one line of it, however many have voted.
  const { items } = (await hub.call('GET', '/review-tasks?status=decided&limit=200', AUDITOR)).body;
  expect(items.filter((item: { applicationId: string }) => item.applicationId === sitting.applicationId)).toMatchObject([{ decision: 'approve' }]);
});

test('R-UW-05: two thirds are not reached, and the firm is told what most of the noes said', async () => {
  const sitting = await convened();
  for (const [by, word] of [
    [APPROVER, YES],
    [BRUNO, NO],
    [CHEN, NO],
  ] as const)
    expect((await vote(sitting, by, word)).status).toBe(200);
  const { body } = await say(sitting, 'conclusions', CHEN);
  expect(body).toMatchObject({ outcome: 'reject', because: 'NO_MAJORITY' });
  const { body: told } = await hub.call('GET', `/loan-applications/${sitting.applicationId}`);
  expect(told).toMatchObject({ status: 'REJECTED', decision: { outcome: 'declined', reasons: [{ code: 'AFFORDABILITY' }] } });
});

test('R-UW-05: a no of the head of risk decides alone; who has a conflict of interest has no vote', async () => {
  const sitting = await convened();
  expect((await vote(sitting, APPROVER, YES)).status).toBe(200);
  expect((await say(sitting, 'conflicts', BRUNO, { reason: 'I know the owner.' })).body.conflicts).toMatchObject([{ voter: BRUNO.id }]);
  expect(await vote(sitting, BRUNO, YES)).toMatchObject({ status: 409, body: { code: 'ALREADY_VOTED' } });
  expect((await vote(sitting, RISK_OFFICER, NO)).body).toMatchObject({ status: 'applied', outcome: 'reject', because: 'VETO' });
  expect(await statusOf(hub, sitting.applicationId)).toBe('REJECTED');
});

test('R-UW-05: a conflict of interest stands over a motion, and a vote that is sent again is none on other terms', async () => {
  const sitting = await convened();
  const voteId = newId();
  const cast = (): Promise<Answer> =>
    hub.call('PUT', `/loan-applications/${sitting.applicationId}/committees/${sitting.taskId}/votes/${voteId}`, APPROVER, YES);
  expect((await cast()).status).toBe(200);
  expect((await say(sitting, 'conflicts', BRUNO, { reason: 'I know the owner.' })).status).toBe(200);
  expect(await say(sitting, 'motions', CHEN, {})).toMatchObject({ status: 409, body: { code: 'TERMS_UNCHANGED' } });
  expect(await say(sitting, 'motions', BRUNO, { amountMinor: '40000000' })).toMatchObject({ status: 409, body: { code: 'ALREADY_VOTED' } });
  expect((await say(sitting, 'motions', CHEN, { amountMinor: '40000000' })).body).toMatchObject({ votes: [] });
  expect(await vote(sitting, BRUNO, YES)).toMatchObject({ status: 409, body: { code: 'ALREADY_VOTED' } });
  expect((await cast()).body).toMatchObject({ votes: [] });
  expect((await vote(sitting, APPROVER, YES)).body.votes).toHaveLength(1);
});

test('S08, R-OP-06: the account manager’s own vote is a breach of the separation of duties: refused, noted and told', async () => {
  const sitting = await convened(ACCOUNT_MANAGER);
  expect(await vote(sitting, ACCOUNT_MANAGER, YES)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  const { body } = await hub.call('GET', `/loan-applications/${sitting.applicationId}/history`, AUDITOR);
  expect(body.items.at(-1)).toMatchObject({ trigger: 'SodViolationBlocked', evidence: { stage: 'committee', duty: 'approver', notAfter: 'accountManager' } });
  expect(body.firstBrokenRow).toBeNull();
  const events = await hub.events(sitting.applicationId);
  expect(events.at(-1)).toMatchObject({
    type: 'sod-violation-blocked',
    payload: { staffId: ACCOUNT_MANAGER.id, notAfter: 'accountManager', reviewTaskId: sitting.taskId },
  });
  // One who looks after another firm has no role in a committee.
  const other = await convened();
  expect(await vote(other, staff('mei', 'account_manager'), YES)).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
});

test('S10, M-AM-05: an approval of the committee is refused by the engine where a hard rule stands, and what comes while it sits ends it', async () => {
  const sitting = await convened();
  expect((await vote(sitting, APPROVER, YES)).status).toBe(200);
  const { rows } = await hub.pool.query<{ verification: object }>('select verification from application where application_id = $1', [sitting.applicationId]);
  await hub.pool.query(`update application set verification = jsonb_set(verification, '{facts,taxClass}', '"D"') where application_id = $1`, [
    sitting.applicationId,
  ]);
  expect(await vote(sitting, BRUNO, YES)).toMatchObject({ status: 409, body: { code: 'HARD_RULE_STANDS' } });
  await hub.pool.query('update application set verification = $2 where application_id = $1', [sitting.applicationId, rows[0]!.verification]);
  await hub.deliver(new KycRejected({ ...clean(sitting.applicationId), findings: [{ code: 'DISHONEST_DEBTOR', severity: 'red' }] }));
  expect(await statusOf(hub, sitting.applicationId)).toBe('REJECTED');
  expect(await vote(sitting, BRUNO, YES)).toMatchObject({ status: 409, body: { code: 'TASK_CLOSED' } });
});

test('S10: a majority of before meets a hard rule that has come since: nothing is approved, and the committee is asked again', async () => {
  const sitting = await convened();
  for (const by of [APPROVER, BRUNO, RISK_OFFICER]) expect((await vote(sitting, by, YES)).status).toBe(200);
  await hub.pool.query(`update application set verification = jsonb_set(verification, '{facts,taxClass}', '"D"') where application_id = $1`, [
    sitting.applicationId,
  ]);
  const { body } = await say(sitting, 'conclusions', RISK_OFFICER);
  expect(body).toMatchObject({ status: 'open', outcome: null, votes: [], failure: 'A rule that nobody may set aside refuses this loan.' });
  for (const by of [APPROVER, BRUNO, CHEN]) expect((await vote(sitting, by, NO)).status).toBe(200);
  expect((await say(sitting, 'conclusions', CHEN)).body).toMatchObject({ outcome: 'reject' });
  expect(await statusOf(hub, sitting.applicationId)).toBe('REJECTED');
});

test('R-UW-05: nobody decides for the committee alone, another lender’s staff sees nothing of it, and a withdrawal ends it', async () => {
  const sitting = await convened();
  const alone = await hub.call('PUT', `/review-tasks/${sitting.taskId}/decisions/${newId()}`, APPROVER, { ...YES });
  expect(alone).toMatchObject({ status: 409, body: { code: 'COMMITTEE_DECIDES' } });
  const stranger = { ...APPROVER, tenantId: 'another' };
  expect((await vote(sitting, stranger, YES)).status).toBe(404);
  expect((await hub.call('PUT', `/loan-applications/${sitting.applicationId}/cancellations/${newId()}`, PARTNER, { reasonCode: 'CHANGED_MIND' })).status).toBe(
    200,
  );
  expect(await vote(sitting, APPROVER, YES)).toMatchObject({ status: 409, body: { code: 'TASK_CLOSED' } });
});

test('R-UW-05: the committee votes on less over another time; votes on the terms of before are void, and nothing above the proposal is moved', async () => {
  const sitting = await convened();
  expect((await vote(sitting, APPROVER, YES)).status).toBe(200);
  expect(await say(sitting, 'motions', APPROVER, { amountMinor: '60000001' })).toMatchObject({ status: 409, body: { code: 'TERMS_NOT_POSSIBLE' } });
  expect((await say(sitting, 'motions', APPROVER, { amountMinor: '40000000', tenorMonths: 18 })).body).toMatchObject({
    votes: [],
    failure: 'other terms are voted on',
  });
  expect((await taskOf(hub, sitting.applicationId)).figures).toMatchObject({ proposedAmountMinor: '40000000', tenorMonths: 18 });
  // Up again, within what the engine has proposed.
  expect((await say(sitting, 'motions', BRUNO, { amountMinor: '50000000', tenorMonths: 18 })).status).toBe(200);
  for (const by of [APPROVER, BRUNO, RISK_OFFICER]) expect((await vote(sitting, by, YES)).status).toBe(200);
  expect((await say(sitting, 'conclusions', RISK_OFFICER)).body).toMatchObject({ status: 'applied', outcome: 'approve' });
  const { body } = await hub.call('GET', `/loan-applications/${sitting.applicationId}`);
  expect(body).toMatchObject({ decision: { amountMinor: '50000000' }, offer: { amountMinor: '50000000', tenorMonths: 18 } });
  expect(await say(sitting, 'motions', APPROVER, { amountMinor: '40000000' })).toMatchObject({ status: 409 });
});
