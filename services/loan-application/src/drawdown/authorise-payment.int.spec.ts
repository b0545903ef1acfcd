import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { APPROVER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { accepted, startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, FACTS, provenanceOf, score } from '../../test/submission.js';

// Goal (R-DB-02, M-DR-06, M-DR-07): a large payment needs two persons who did not approve it, in time. Method: the real hub on real PostgreSQL, under the releases v14.
const DAY_MS = 86_400_000;
const SECOND = staff('petra', 'payment_officer');
const BOTH = staff(APPROVER.id, 'credit_approver', 'payment_officer');
const ABROAD = { ...PAYMENT_OFFICER, tenantId: 't2' };
const esign = new EsignDouble();
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start(), undefined, new Date('2028-05-08T01:00:00Z'));
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  expect(await hub.parked()).toEqual([]);
  await hub.stop();
  await esign.stop();
});

/** A contract of 600,000 yuan that a person has approved, signed. */
async function signed(amountMinor = '60000000'): Promise<string> {
  const applicationId = await submit(hub, { requestedAmountMinor: amountMinor });
  const facts = { ...FACTS, provenance: provenanceOf(hub.clock.now().toISOString()) };
  await hub.deliver(new KycPassed(clean(applicationId, { facts })));
  await hub.deliver(new ScoreComputed(score(applicationId, { limitMinor: '80000000' })));
  if (BigInt(amountMinor) > 30_000_000n) {
    const { reviewTaskId } = await taskOf(hub, applicationId);
    const approval = { decision: 'approve', reasonCode: 'CASH_FLOW_SOUND', comment: 'seen' };
    expect((await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, APPROVER, approval)).status).toBe(200);
  }
  const { contractSha256 } = await accepted(hub, applicationId);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  await until(async () => ['AUTHORISING', 'REQUESTED'].includes(await statusOf(hub, applicationId)), 'the drawdown');
  return applicationId;
}

const say = (applicationId: string, by = PAYMENT_OFFICER, decision = 'authorise', id: string = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/drawdown/authorisations/${id}`, by, {
    decision,
    reasonCode: decision === 'authorise' ? 'PAYMENT_IN_ORDER' : 'PAYMENT_NOT_IN_ORDER',
  });
const giveUp = (applicationId: string, id: string = newId(), by = PARTNER): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/drawdown/cancellations/${id}`, by, { reasonCode: 'CHANGED_MIND' });
const ordered = async (applicationId: string): Promise<number> =>
  (await hub.eventTypes(applicationId)).filter((type) => type === 'disbursement-requested').length;

test('R-DB-02, M-DR-06: two payment officers who did not approve the loan authorise it, and only then it is ordered, once', async () => {
  const applicationId = await signed();
  expect([await statusOf(hub, applicationId), await ordered(applicationId)]).toEqual(['AUTHORISING', 0]);
  for (const by of [PARTNER, APPROVER, RISK_OFFICER, ABROAD]) expect([403, 404]).toContain((await say(applicationId, by)).status);
  expect(await say(applicationId, BOTH)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  const id = newId();
  for (const _ of [1, 2])
    expect(await say(applicationId, PAYMENT_OFFICER, 'authorise', id)).toMatchObject({ status: 200, body: { status: 'open', votes: 1, votesNeeded: 2 } });
  expect(await say(applicationId, PAYMENT_OFFICER)).toMatchObject({ status: 409, body: { code: 'AUTHORISATION_REFUSED' } });
  expect(await statusOf(hub, applicationId)).toBe('AUTHORISING');
  expect(await say(applicationId, SECOND)).toMatchObject({ status: 200, body: { decision: 'authorise', votes: 2 } });
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED', 'the order');
  expect(await ordered(applicationId)).toBe(1);
  expect(await say(applicationId, SECOND)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});

test('M-DR-06: 500,000 yuan are ordered without people', async () => {
  expect(await statusOf(hub, await signed('50000000'))).toBe('REQUESTED');
});

test('R-DB-01, R-DB-02: while two persons take their time answers grow old, and are asked for again before the order', async () => {
  const applicationId = await signed();
  hub.clock.advance(3 * DAY_MS);
  await say(applicationId);
  await say(applicationId, SECOND);
  await until(async () => (await statusOf(hub, applicationId)) === 'RECHECKING', 'the re-check');
  expect([await ordered(applicationId), (await hub.eventTypes(applicationId)).includes('recheck-requested')]).toEqual([0, true]);
});

test('R-DB-02: two persons who refuse end it', async () => {
  const applicationId = await signed();
  await say(applicationId, PAYMENT_OFFICER, 'refuse');
  await say(applicationId, SECOND, 'refuse');
  await until(async () => (await statusOf(hub, applicationId)) === 'REJECTED', 'the end');
  expect(await ordered(applicationId)).toBe(0);
});

test('M-DR-07: what is not authorised within ten business days lapses, and its task with it; the firm may apply again', async () => {
  const applicationId = await signed();
  const { company, deadlineAt } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body;
  expect(new Date(deadlineAt).getTime() - hub.clock.now().getTime()).toBeGreaterThanOrEqual(12 * DAY_MS);
  hub.clock.advance(new Date(deadlineAt).getTime() - hub.clock.now().getTime() + 1);
  await until(async () => (await statusOf(hub, applicationId)) === 'EXPIRED', 'the lapse');
  expect((await hub.event(applicationId, 'drawdown-expired')).payload).toMatchObject({ applicationId });
  expect(await say(applicationId)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  await submit(hub, { company });
});

test('M-DR-07: the applicant gives the money up until its payment is ordered, and not after', async () => {
  const applicationId = await signed();
  await say(applicationId);
  const id = newId();
  expect((await giveUp(applicationId, newId(), { ...PARTNER, id: 'other', partnerId: 'partner-2' })).status).toBe(404);
  for (const _ of [1, 2]) expect(await giveUp(applicationId, id)).toMatchObject({ status: 200, body: { drawdown: { status: 'CANCELLED' } } });
  expect(await giveUp(applicationId)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  expect(await say(applicationId, SECOND)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
  const late = await signed('50000000');
  expect(await giveUp(late)).toMatchObject({ status: 409, body: { code: 'WRONG_STATUS' } });
});
