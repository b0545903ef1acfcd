import {
  DisbursementFailed,
  KycPassed,
  KycReferred,
  KycRejected,
  LoanDisbursed,
  LoanReopened,
  LoanSettled,
  LoanStatusChanged,
  nameSha256,
  newId,
  ScoreComputed,
} from '@millrace/contracts';
import type { Principal } from '@millrace/service';
import { APPROVER, PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { accepted, disbursing, offered, orderedPayout, paid, startHub, statusOf, submit, taskOf } from '../../test/hub.js';
import { clean, FACTS, score } from '../../test/submission.js';

// Method: the real service on real PostgreSQL and the real log; the spokes' events are put on the log three times each, and the e-signature service is an HTTP server that keeps its calls.
const esign = new EsignDouble();
let hub: TestService;
const DAY_MS = 86_400_000;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

test('SEC-9, T17: the account must be in the registered name, not in the one that the applicant typed', async () => {
  const applicationId = await submit(hub);
  const asked = (await hub.events(applicationId)).find(({ type }) => type === 'kyc-requested');
  expect(asked?.payload).toMatchObject({ companyNameSha256: nameSha256('样例商贸有限公司') });
  const registeredNameSha256 = nameSha256('样例商贸股份有限公司');
  await hub.deliver(new KycPassed(clean(applicationId, { facts: { ...FACTS, registeredNameSha256 } })));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  const { contractSha256 } = await accepted(hub, applicationId);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  const { payload } = await hub.event(applicationId, 'disbursement-requested');
  expect(payload['borrowerNameSha256']).toBe(registeredNameSha256);
});

test('S01: straight through to settled, each event once, no human task, all of it in a sealed history', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  await hub.deliver(await paid(hub, applicationId, loanId));
  await hub.deliver(new LoanSettled({ applicationId, loanId, settledOn: '2027-03-02' }));
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, RISK_OFFICER);
  expect(body).toMatchObject({
    status: 'COMPLETED',
    waitingFor: null,
    deadlineAt: null,
    loanId,
    drawdown: { status: 'PAID', amountMinor: '30000000', reasons: [] },
    loan: { loanId, status: 'SETTLED' },
    decision: { outcome: 'approved', tier: 'T0', amountMinor: '30000000', rateBps: 635 },
    offer: { amountMinor: '30000000', rateBps: 635, effectiveAnnualRateBps: 654, costSheet: { instalmentMinor: '2586822', totalCostMinor: '1041859' } },
    contract: { templateVersion: 'loan-contract.v1', signedAt: '2026-03-02T01:05:00.000Z' },
    score: { score: 700, grade: 'R4', bindingCap: 'dscr' },
  });
  expect(await hub.eventTypes(applicationId)).toEqual([
    'submitted',
    'kyc-requested',
    'scoring-requested',
    'approved',
    'offer-issued',
    'offer-accepted',
    'contract-generated',
    'contract-signed',
    'disbursement-requested',
    'loan-activated',
    'loan-closed',
  ]);
  const events = await hub.events(applicationId);
  expect(events.find(({ type }) => type === 'kyc-requested')?.payload['consents']).toHaveLength(9);
  // M-RS-07: 16:30 UTC is the next morning in Shanghai, where the books are kept.
  expect(events.find(({ type }) => type === 'loan-activated')?.payload).toMatchObject({
    disbursedOn: '2026-03-03',
    principalMinor: '30000000',
    rateBps: 635,
    dayCount: 'periodic',
    loanId,
  });
  const { rowCount: tasks } = await hub.pool.query('select 1 from review_task where application_id = $1', [applicationId]);
  expect(tasks).toBe(0);
  const { body: history } = await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER);
  expect(history.firstBrokenRow).toBeNull();
  expect(history.items.map((row: { trigger: string; effect: string }) => `${row.trigger} ${row.effect}`)).toEqual([
    'Submitted moved',
    'KycPassed moved',
    'KycPassed ignored',
    'ScoredApprove moved',
    'ScoredApprove ignored',
    'CostSheetShown noted',
    'OfferAccepted moved',
    'SignatureRequested noted',
    'ContractSigned moved',
    'Requested moved',
    'LoanDisbursed moved',
    'LoanDisbursed ignored',
    'LoanSettled recorded',
    'LoanSettled noted',
  ]);
});

test('R-OP-06, B4: the history cannot be edited, and an edit by force is found', async () => {
  const applicationId = await submit(hub);
  await expect(hub.pool.query(`update application_history set reason = 'X' where application_id = $1`, [applicationId])).rejects.toThrow('permission denied');
  await expect(hub.pool.query('delete from application_history where application_id = $1', [applicationId])).rejects.toThrow('permission denied');
  await hub.administer(`update loan_application.application_history set reason = 'X' where application_id = $1`, [applicationId]);
  expect((await hub.call('GET', `/loan-applications/${applicationId}/history`, RISK_OFFICER)).body.firstBrokenRow).toBe(1);
});

test('R-ID-08: a firm declined by verification is scored for monitoring only', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycRejected({ applicationId, fraudScore: 750, findings: [{ code: 'DEVICE_RING', severity: 'red' }], facts: FACTS }));
  const [, , rejected, inference] = await hub.events(applicationId);
  expect(rejected).toMatchObject({ type: 'rejected', payload: { stage: 'verification', reasons: [{ code: 'APPLICATION_NOT_PROCESSED' }] } });
  expect(inference).toMatchObject({ type: 'scoring-requested', payload: { purpose: 'reject_inference' } });
  await hub.deliver(new ScoreComputed(score(applicationId, { purpose: 'reject_inference', score: 540, grade: 'R8' })));
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, RISK_OFFICER);
  expect(body).toMatchObject({ status: 'REJECTED', decision: { outcome: 'declined', tier: 'T0' }, score: { score: 540, grade: 'R8' }, offer: null });
  expect(await hub.eventTypes(applicationId)).toHaveLength(4);
});

test('a firm declined before its data came is not scored', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycRejected({ applicationId, fraudScore: 0, findings: [{ code: 'IDENTITY_MISMATCH', severity: 'red' }], facts: null }));
  expect(await hub.eventTypes(applicationId)).toEqual(['submitted', 'kyc-requested', 'rejected']);
});

test('S09, R-UW-04: grade R8 is rejected with its reasons', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { score: 555, grade: 'R8', limitMinor: '0' })));
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`, APPROVER);
  expect(body).toMatchObject({
    status: 'REJECTED',
    decision: { outcome: 'declined', reasons: [{ code: 'GRADE_NOT_LENT' }, { code: 'LIMIT_BELOW_PRODUCT_MINIMUM' }, { code: 'SALES_UNSTEADY' }] },
  });
  // T49: the partner is told what counts, and neither score nor grade.
  const { body: told } = await hub.call('GET', `/loan-applications/${applicationId}`);
  expect(told.decision.reasons.map(({ code }: { code: string }) => code)).toEqual(['CREDIT_ASSESSMENT', 'LIMIT_BELOW_PRODUCT_MINIMUM', 'SALES_UNSTEADY']);
  expect(JSON.stringify(told)).not.toMatch(/GRADE|"R8"|555|scorecard|policyVersion|bindingCap|riskIndex|"pd"/);
});

test('an all-in cost above the cap blocks the offer (G-PR-03)', async () => {
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { rateBps: 2_200 })));
  expect((await hub.events(applicationId)).at(-1)).toMatchObject({
    type: 'rejected',
    payload: { stage: 'pricing', reasons: [{ code: 'ALL_IN_COST_OVER_CAP' }] },
  });
});

test('S13: a payout refused for want of limit goes to a person, who has it tried again; the same refusal again changes nothing', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  const payoutId = await orderedPayout(hub, applicationId);
  const failed = new DisbursementFailed({ applicationId, loanId, payoutId, reasonCode: 'LIMIT_EXCEEDED' });
  await hub.deliver(failed);
  const { reviewTaskId, stage } = await taskOf(hub, applicationId);
  expect(stage).toBe('disbursement');
  const decision = await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, PAYMENT_OFFICER, {
    decision: 'approve',
    reasonCode: 'PAY_AGAIN',
  });
  expect(decision.status).toBe(200);
  await hub.deliver(failed);
  expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
  await hub.deliver(await paid(hub, applicationId, loanId));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
  expect((await hub.eventTypes(applicationId)).filter((type) => ['disbursement-requested', 'loan-activated'].includes(type))).toEqual([
    'disbursement-requested',
    'disbursement-requested',
    'loan-activated',
  ]);
});

test('R-DB-02, R-UW-05: whoever approved the loan does not decide about its payment, even with both roles', async () => {
  const both = staff('dora', 'credit_approver', 'payment_officer');
  const applicationId = await submit(hub);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId, { grade: 'R6', score: 620 })));
  const decide = async (by: Principal, reasonCode = 'PAY_AGAIN') => {
    const { reviewTaskId } = await taskOf(hub, applicationId);
    return hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, by, { decision: 'approve', reasonCode });
  };
  expect((await decide(both, 'LOOKED_AT')).status).toBe(200);
  const { contractSha256 } = await accepted(hub, applicationId);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED');
  const { loanId } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body;
  await hub.deliver(new DisbursementFailed({ applicationId, loanId, payoutId: await orderedPayout(hub, applicationId), reasonCode: 'LIMIT_EXCEEDED' }));
  expect(await decide(both)).toMatchObject({ status: 403, body: { code: 'SOD_VIOLATION' } });
  expect((await decide(PAYMENT_OFFICER)).status).toBe(200);
});

test.each([
  ['another amount', { amountMinor: '29999999' }, '29999999 fen in place of 30000000'],
  ['another payout', { payoutId: newId() }, 'in place of'],
  ['another currency', { currency: 'USD' }, 'USD in place of CNY'],
  ['another loan', { loanId: newId() }, 'in place of'],
])(
  'SEC-11: money that is said to have left as %s activates nothing, alarms, is held for two persons, and what was ordered is still taken',
  async (_what, change, words) => {
    const { applicationId, loanId } = await disbursing(hub);
    const order = await paid(hub, applicationId, loanId);
    await hub.deliver(new LoanDisbursed({ ...order, ...change }));
    expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
    const refused = await hub.pool.query('select reason_code, reason from refused_event where key = $1', [applicationId]);
    // Told twice under two event ids: both are on record.
    expect(refused.rows).toMatchObject([{ reason_code: 'NOT_AS_ORDERED', reason: expect.stringContaining(words) }, { reason_code: 'NOT_AS_ORDERED' }]);
    const held = await hub.pool.query(`select kind, status from task where subject ->> 'applicationId' = $1`, [applicationId]);
    expect(held.rows).toEqual([{ kind: 'payout-mismatch', status: 'open' }]);
    expect((await hub.pool.query(`select 1 from parked_event where key = $1`, [applicationId])).rowCount).toBe(0);
    await hub.deliver(order);
    expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
  },
  30_000,
);

test('S16, S18, M-FC-01: a loan that was settled and is owed again counts against the limit again, and may be settled once more', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  await hub.deliver(await paid(hub, applicationId, loanId));
  const settled = new LoanSettled({ applicationId, loanId, settledOn: '2027-03-02' });
  const reopened = new LoanReopened({ applicationId, loanId, outstandingPrincipalMinor: '100' });
  await hub.deliver(new LoanReopened({ applicationId, loanId: newId(), outstandingPrincipalMinor: '100' }));
  await hub.deliver(settled);
  expect(await statusOf(hub, applicationId)).toBe('SETTLED');
  await hub.deliver(reopened);
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
  await hub.deliver(new LoanSettled({ applicationId, loanId, settledOn: '2027-03-09' }));
  // Of a loan that another one has renewed no closure is told: its limit passes on with the news of the new one.
  await hub.deliver(new LoanReopened({ applicationId, loanId, outstandingPrincipalMinor: '100' }));
  await hub.deliver(new LoanSettled({ applicationId, loanId, settledOn: '2027-03-10', renewedByLoanId: newId() }));
  expect(await statusOf(hub, applicationId)).toBe('SETTLED');
  const ends = (await hub.eventTypes(applicationId)).filter((type) => type.includes('closed') || type.includes('closure'));
  expect(ends).toEqual(['loan-closed', 'loan-closure-reversed', 'loan-closed', 'loan-closure-reversed']);
  expect(await hub.event(applicationId, 'loan-closure-reversed')).toMatchObject({ payload: { outstandingPrincipalMinor: '100' } });
}, 30_000);

test('S17: the hub tells that a loan is overdue and that it has caught up, once each, and never of another loan', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  await hub.deliver(await paid(hub, applicationId, loanId));
  const late = { applicationId, loanId, on: '2026-04-03', status: 'OVERDUE', statusBefore: 'ACTIVE', reasonCode: 'DUE_DATE_MISSED' } as const;
  await hub.deliver(new LoanStatusChanged({ ...late, loanId: newId() }));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
  await hub.deliver(new LoanStatusChanged(late));
  await hub.deliver(new LoanStatusChanged(late));
  expect(await statusOf(hub, applicationId)).toBe('OVERDUE');
  await hub.deliver(new LoanStatusChanged({ ...late, status: 'ACTIVE', statusBefore: 'OVERDUE', reasonCode: 'ARREARS_CLEARED' }));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
}, 30_000);

test('SEC-11: a refusal of a payout that was not ordered makes no work for a person, and a settlement of another loan closes nothing', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  await hub.deliver(new DisbursementFailed({ applicationId, loanId, payoutId: newId(), reasonCode: 'ACCOUNT_CLOSED' }));
  expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
  await hub.deliver(await paid(hub, applicationId, loanId));
  await hub.deliver(new LoanSettled({ applicationId, loanId: newId(), settledOn: '2027-03-02' }));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
}, 30_000);

test('SEC-11: an application that was ordered before orders had ids takes the payout of its loan', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  const order = await paid(hub, applicationId, loanId);
  await hub.pool.query('update drawdown set ordered_payout_id = null where application_id = $1', [applicationId]);
  await hub.deliver(new LoanDisbursed({ ...order, payoutId: newId() }));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
}, 30_000);

test('S06 variant: no answer for 24 h makes work for a person; facts that come later help, and never approve', async () => {
  const applicationId = await submit(hub);
  hub.clock.advance(DAY_MS + 1);
  await until(async () => (await statusOf(hub, applicationId)) === 'ENHANCED_REVIEW');
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const decide = () =>
    hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, RISK_OFFICER, { decision: 'approve', reasonCode: 'CHECKED_BY_HAND' });
  expect(await decide()).toMatchObject({ status: 409, body: { code: 'VERIFICATION_INCOMPLETE' } });
  await hub.deliver(new KycReferred(clean(applicationId, { findings: [{ code: 'SOURCE_UNAVAILABLE', severity: 'amber' }] })));
  expect(await statusOf(hub, applicationId)).toBe('ENHANCED_REVIEW');
  expect((await decide()).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('SCORING');
  await hub.deliver(new ScoreComputed(score(applicationId)));
  expect(await statusOf(hub, applicationId)).toBe('REVIEW_SINGLE');
  expect((await taskOf(hub, applicationId)).reasons).toMatchObject([{ code: 'VERIFICATION_NOT_CLEAN' }]);
});

test('S11: an offer that is not answered expires after 30 days, and the firm may apply again at once', async () => {
  const applicationId = await offered(hub);
  hub.clock.advance(30 * DAY_MS);
  await until(async () => (await statusOf(hub, applicationId)) === 'EXPIRED');
  expect((await hub.events(applicationId)).at(-1)).toMatchObject({ type: 'expired', payload: { stage: 'offer' } });
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}`);
  await submit(hub, { company: body.company });
});
