import { DisbursementFailed, newId, RecheckFailed, RecheckPassed, ScoreComputed, ScoringFailed, type Finding } from '@millrace/contracts';
import { PARTNER, PAYMENT_OFFICER, RISK_OFFICER, staff, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { contracting, disbursing, orderedPayout, paid, startHub, statusOf, taskOf } from '../../test/hub.js';
import { FACTS, provenanceOf, score } from '../../test/submission.js';

// Goal (R-DB-01, S12): nothing is paid before the lender has looked again. Method: the real hub on real PostgreSQL; what the other services say is delivered three times.
const DAY_MS = 86_400_000;
const esign = new EsignDouble();
const AUDITOR = staff('audrey', 'auditor');
const OTHER_TENANT_OFFICER = { ...RISK_OFFICER, tenantId: 't2' };
let hub: TestService;

beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  expect(await hub.parked()).toEqual([]);
  await hub.stop();
  await esign.stop();
});

const sign = (applicationId: string, contractSha256: string): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
const rechecks = async (applicationId: string): Promise<Answer['body']> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/drawdown/rechecks`, RISK_OFFICER)).body;
const failed = async (applicationId: string): Promise<string[]> =>
  (await rechecks(applicationId)).items
    .at(-1)
    .checks.filter((line: { outcome: string }) => line.outcome === 'failed')
    .map((line: { check: string; code?: string }) => line.code ?? line.check);
const decide = async (applicationId: string, decision = 'approve', reasonCode = 'FINDING_LOOKED_AT'): Promise<Answer> => {
  const { reviewTaskId } = await taskOf(hub, applicationId);
  return hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, PAYMENT_OFFICER, { decision, reasonCode });
};
const facility = async (applicationId: string): Promise<Answer['body']> =>
  (await hub.call('GET', `/loan-applications/${applicationId}/facility`, RISK_OFFICER)).body;
const change = (applicationId: string, action: string, reasonCode: string, by = RISK_OFFICER, id: string = newId()): Promise<Answer> =>
  hub.call('PUT', `/loan-applications/${applicationId}/facility-changes/${id}`, by, { action, reasonCode });

/** Signs when the answers of the sources are two days old: they are asked again. */
async function rechecking(days = 2): Promise<{ applicationId: string; recheckId: string }> {
  const { applicationId, contractSha256 } = await contracting(hub);
  hub.clock.advance(days * DAY_MS);
  await sign(applicationId, contractSha256);
  await until(async () => (await statusOf(hub, applicationId)) === 'RECHECKING', 'the re-check');
  return { applicationId, recheckId: (await hub.event(applicationId, 'recheck-requested')).payload['recheckId'] as string };
}

const nowFacts = () => ({ ...FACTS, provenance: provenanceOf(hub.clock.now().toISOString()) });
const passed = ({ applicationId, recheckId }: { applicationId: string; recheckId: string }): RecheckPassed =>
  new RecheckPassed({ applicationId, recheckId, facts: nowFacts(), checkedAt: hub.clock.now().toISOString() });
const found = ({ applicationId, recheckId }: { applicationId: string; recheckId: string }, findings: Finding[], stops = false): RecheckFailed =>
  new RecheckFailed({ applicationId, recheckId, findings, stops, facts: nowFacts(), checkedAt: hub.clock.now().toISOString() });
const OWNER: Finding = { code: 'OWNER_ENFORCEMENT', severity: 'amber', observed: '1 cases' };

test('R-DB-01: the straight way looks once, by what is young enough: one step, one order, and the record says what nobody can check', async () => {
  const { applicationId } = await disbursing(hub);
  const types = await hub.eventTypes(applicationId);
  expect(types.filter((type) => ['recheck-requested', 'disbursement-requested', 'scoring-requested'].includes(type))).toEqual([
    'scoring-requested',
    'disbursement-requested',
  ]);
  const { items, unchecked } = await rechecks(applicationId);
  expect([unchecked, items.length, items[0].trigger, items[0].policyVersion]).toEqual([null, 1, 'Requested', expect.stringContaining('online_microloan')]);
  expect(items[0].checks).toEqual(
    expect.arrayContaining([
      { check: 'courts', outcome: 'passed', asOf: '2026-03-02T01:00:00.000Z' },
      { check: 'contract', outcome: 'passed' },
      { check: 'liquidity', outcome: 'not_checked' },
    ]),
  );
  expect(await facility(applicationId)).toMatchObject({ status: 'ACTIVE', changes: [] });
  expect((await hub.call('GET', `/loan-applications/${applicationId}/drawdown/rechecks`, PARTNER)).status).toBe(404);
});

test('R-DB-01: answers that are too old are asked for again, and the money goes where nothing is new', async () => {
  const asked = await rechecking();
  await hub.deliver(new RecheckPassed({ ...passed(asked), recheckId: newId() } as never));
  expect(await statusOf(hub, asked.applicationId)).toBe('RECHECKING');
  await hub.deliver(passed(asked));
  expect(await statusOf(hub, asked.applicationId)).toBe('REQUESTED');
  const types = await hub.eventTypes(asked.applicationId);
  expect(types.filter((type) => type === 'disbursement-requested')).toHaveLength(1);
  const { loanId } = (await hub.call('GET', `/loan-applications/${asked.applicationId}`)).body;
  await hub.deliver(await paid(hub, asked.applicationId, loanId));
  expect(await statusOf(hub, asked.applicationId)).toBe('ACTIVE');
});

test('S12, E07: an owner under enforcement and a score of 31 days: the score is made anew, the payment held, the firm frozen, the partner told nothing of it, nothing ordered', async () => {
  const { applicationId, contractSha256 } = await contracting(hub);
  // The contract waits for its signature for so long that the score is older than 30 days.
  await hub.administer(`update loan_application.application set score = jsonb_set(score, '{scoredAt}', to_jsonb($2::text)) where application_id = $1`, [
    applicationId,
    new Date(hub.clock.now().getTime() - 29 * DAY_MS).toISOString(),
  ]);
  hub.clock.advance(2 * DAY_MS);
  await sign(applicationId, contractSha256);
  await until(async () => (await statusOf(hub, applicationId)) === 'RECHECKING', 'the re-check');
  const recheckId = (await hub.event(applicationId, 'recheck-requested')).payload['recheckId'] as string;
  await hub.deliver(found({ applicationId, recheckId }, [OWNER]));
  expect(await statusOf(hub, applicationId)).toBe('RECHECKING');
  const request = (await hub.events(applicationId)).findLast(({ type }) => type === 'scoring-requested')!;
  expect(request.payload).toMatchObject({
    recheckId,
    purpose: 'decision',
    facts: { provenance: nowFacts().provenance.map(({ fetchedAt }) => ({ fetchedAt })) },
  });
  const before = (await hub.call('GET', `/loan-applications/${applicationId}`, RISK_OFFICER)).body.score;
  await hub.deliver(new ScoreComputed(score(applicationId, { recheckId, score: 690 })));
  expect(await statusOf(hub, applicationId)).toBe('HELD');
  expect((await hub.call('GET', `/loan-applications/${applicationId}`, RISK_OFFICER)).body.score).toEqual(before);
  expect(await failed(applicationId)).toEqual(['facility', 'OWNER_ENFORCEMENT']);
  expect(await facility(applicationId)).toMatchObject({ status: 'FROZEN', changes: [{ reasonCode: 'RECHECK_FAILED', changedBy: 'loan-application' }] });

  const shown = (await hub.call('GET', `/loan-applications/${applicationId}`)).body;
  expect([shown.review.reasons, JSON.stringify(shown)]).toEqual([
    [expect.objectContaining({ code: 'MANUAL_CHECK' })],
    expect.not.stringContaining('ENFORCEMENT'),
  ]);
  expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'RECHECK_FAILED', detail: expect.stringContaining('facility') as string } });
  expect((await decide(applicationId, 'reject', 'DECLINED')).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('REJECTED');
  expect((await hub.eventTypes(applicationId)).filter((type) => type === 'disbursement-requested')).toEqual([]);
});

test('R-DB-01: a hard rule ends it at once, with neutral words and the firm frozen; no person is asked', async () => {
  const asked = await rechecking();
  await hub.deliver(found(asked, [{ code: 'DISHONEST_DEBTOR', severity: 'red' }], true));
  expect([await statusOf(hub, asked.applicationId), await taskOf(hub, asked.applicationId)]).toEqual(['REJECTED', undefined]);
  expect((await facility(asked.applicationId)).status).toBe('FROZEN');
  expect((await hub.call('GET', `/loan-applications/${asked.applicationId}`)).body.drawdown.reasons).toEqual([
    expect.objectContaining({ code: 'APPLICATION_NOT_PROCESSED' }),
  ]);
});

test('R-DB-01: what an officer has looked at counts no more; a frozen firm is paid only once a risk officer has said so, and by nobody else', async () => {
  const asked = await rechecking();
  const { applicationId } = asked;
  await hub.deliver(found(asked, [OWNER]));
  expect(await statusOf(hub, applicationId)).toBe('HELD');
  for (const by of [PARTNER, PAYMENT_OFFICER, AUDITOR, OTHER_TENANT_OFFICER])
    expect([403, 404]).toContain((await change(applicationId, 'unfreeze', 'WARNING_FALSE', by)).status);
  expect(await change(applicationId, 'freeze', 'WARNING_SEEN')).toMatchObject({ status: 409, body: { code: 'FACILITY_FROZEN_ALREADY' } });
  expect(await change(applicationId, 'unfreeze', 'WARNING_SEEN')).toMatchObject({ status: 400, body: { code: 'REASON_UNKNOWN' } });
  const id = newId();
  for (const _ of [1, 2])
    expect(await change(applicationId, 'unfreeze', 'WARNING_FALSE', RISK_OFFICER, id)).toMatchObject({
      status: 200,
      body: { status: 'ACTIVE', changes: { length: 2 } },
    });
  expect(await change(applicationId, 'unfreeze', 'WARNING_FALSE')).toMatchObject({ status: 409, body: { code: 'FACILITY_NOT_FROZEN' } });
  expect((await decide(applicationId)).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
});

test('R-DB-01: while an officer looks answers grow old, and are asked for again; a source that stayed away is never waved through', async () => {
  const asked = await rechecking();
  const { applicationId } = asked;
  await hub.deliver(
    found(asked, [
      { code: 'SOURCE_UNAVAILABLE', severity: 'amber' },
      { code: 'TAX_ARREARS', severity: 'amber' },
    ]),
  );
  expect(await statusOf(hub, applicationId)).toBe('HELD');
  expect((await decide(applicationId)).status).toBe(200);
  expect(await statusOf(hub, applicationId)).toBe('RECHECKING');
  const again = (await hub.events(applicationId)).findLast(({ type }) => type === 'recheck-requested')!.payload['recheckId'] as string;
  expect(again).not.toBe(asked.recheckId);
  // What was looked at is no news, in whatever order the answers come.
  await hub.deliver(passed(asked));
  await hub.deliver(found({ applicationId, recheckId: again }, [{ code: 'TAX_ARREARS', severity: 'amber' }]));
  expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
});

test('R-DB-01: a score that carries less than is drawn, or that cannot be made, holds the payment for good', async () => {
  for (const outcome of ['small', 'none'] as const) {
    const { applicationId, contractSha256 } = await contracting(hub);
    await hub.administer(
      `update loan_application.application set score = jsonb_set(score, '{scoredAt}', '"2026-01-01T00:00:00.000Z"') where application_id = $1`,
      [applicationId],
    );
    await sign(applicationId, contractSha256);
    await until(async () => (await statusOf(hub, applicationId)) === 'RECHECKING', 'the re-check');
    const asked = (await hub.events(applicationId)).find(({ type }) => type === 'recheck-requested');
    if (asked) await hub.deliver(passed({ applicationId, recheckId: asked.payload['recheckId'] as string }));
    const { recheckId } = (await hub.events(applicationId)).findLast(({ type }) => type === 'scoring-requested')!.payload;
    if (outcome === 'small') await hub.deliver(new ScoreComputed(score(applicationId, { recheckId, limitMinor: '29000000' })));
    else await hub.deliver(new ScoringFailed({ applicationId, scoreId: newId(), failureCode: 'BATCH_UNREADABLE', recheckId }));
    expect([await statusOf(hub, applicationId), await failed(applicationId)]).toEqual(['HELD', ['score']]);
    expect(await decide(applicationId)).toMatchObject({ status: 409, body: { code: 'RECHECK_FAILED' } });
  }
});

test('R-DB-01: sources that say nothing for a day make work for a person, and pay nothing', async () => {
  const { applicationId } = await rechecking();
  hub.clock.advance(DAY_MS + 1);
  await until(async () => (await statusOf(hub, applicationId)) === 'HELD', 'the hold');
  expect(await taskOf(hub, applicationId)).toMatchObject({ stage: 'disbursement' });
});

test('R-DB-01: only who says that a finding was looked at sets it aside, and that one alone', async () => {
  const asked = await rechecking();
  const gap: Finding = { code: 'REVENUE_GAP', severity: 'amber', observed: '24%' };
  await hub.deliver(found(asked, [gap]));
  expect(await statusOf(hub, asked.applicationId)).toBe('HELD');
  expect(await decide(asked.applicationId, 'approve', 'PAY_AGAIN')).toMatchObject({ status: 409, body: { code: 'RECHECK_FAILED' } });
  // Two days later the answers are too old, and what is found then is more than what was looked at.
  hub.clock.advance(2 * DAY_MS);
  expect((await decide(asked.applicationId)).status).toBe(200);
  const { recheckId } = (await hub.events(asked.applicationId)).findLast(({ type }) => type === 'recheck-requested')!.payload;
  await hub.deliver(found({ applicationId: asked.applicationId, recheckId }, [{ ...gap, observed: '90%' }]));
  expect([await statusOf(hub, asked.applicationId), await failed(asked.applicationId)]).toEqual(['HELD', ['REVENUE_GAP']]);
  expect(await taskOf(hub, asked.applicationId)).toMatchObject({ figures: { findings: [{ code: 'REVENUE_GAP', observed: '90%' }] } });
});

test('E07: what comes after the look was given up still freezes the firm', async () => {
  const asked = await rechecking();
  hub.clock.advance(DAY_MS + 1);
  await until(async () => (await statusOf(hub, asked.applicationId)) === 'HELD', 'the hold');
  expect(await facility(asked.applicationId)).toMatchObject({ status: 'ACTIVE' });
  await hub.deliver(found(asked, [OWNER]));
  expect(await facility(asked.applicationId)).toMatchObject({ status: 'FROZEN', changes: [{ reasonCode: 'RECHECK_FAILED' }] });
});

test('R-LG-02: what only a risk officer may judge is not waved through by a payment officer', async () => {
  const asked = await rechecking();
  await hub.deliver(found(asked, [{ code: 'MANUAL_CHECK', severity: 'amber', observed: 'ref 12345678' }]));
  expect(await decide(asked.applicationId)).toMatchObject({
    status: 409,
    body: { code: 'RECHECK_FAILED', detail: expect.stringContaining('facility') as string },
  });
  expect((await change(asked.applicationId, 'unfreeze', 'WARNING_FALSE')).status).toBe(200);
  expect((await decide(asked.applicationId)).status).toBe(200);
  expect(await statusOf(hub, asked.applicationId)).toBe('REQUESTED');
});

test('R-DB-01: a contract whose text is not what was signed, and a firm that is late here, are held without asking anybody', async () => {
  const changed = await contracting(hub);
  await hub.administer(`update loan_application.contract set text = text || ' ' where application_id = $1`, [changed.applicationId]);
  await sign(changed.applicationId, changed.contractSha256);
  await until(async () => (await statusOf(hub, changed.applicationId)) === 'HELD', 'the hold');
  expect(await failed(changed.applicationId)).toEqual(['contract']);

  const late = await contracting(hub);
  const { uscc } = (await hub.call('GET', `/loan-applications/${late.applicationId}`)).body.company;
  const { applicationId: other } = await disbursing(hub);
  await hub.administer(`update loan_application.drawdown set uscc = $2, loan_status = 'OVERDUE' where application_id = $1`, [other, uscc]);
  await sign(late.applicationId, late.contractSha256);
  await until(async () => (await statusOf(hub, late.applicationId)) === 'HELD', 'the hold');
  expect(await failed(late.applicationId)).toEqual(['overdue_here']);
});

test('R-DB-01: a payment that was ordered before there were re-checks goes on, and says that nobody looked again', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  await hub.administer(
    `set session_replication_role = replica; update loan_application.drawdown_history h set evidence = h.evidence - 'recheck' from loan_application.drawdown d
     where d.drawdown_id = h.drawdown_id and d.application_id = '${applicationId}'`,
  );
  expect(await rechecks(applicationId)).toEqual({ items: [], unchecked: 'ordered_before' });
  await hub.deliver(await paid(hub, applicationId, loanId));
  expect(await statusOf(hub, applicationId)).toBe('ACTIVE');
});

test('R-DB-01: a firm that is frozen while its payment is refused is not paid again', async () => {
  const { applicationId, loanId } = await disbursing(hub);
  expect((await change(applicationId, 'freeze', 'WARNING_SEEN')).body.status).toBe('FROZEN');
  const { storyId, facilityChangeId, ...told } = (await hub.events((await frozenStory(applicationId))!)).at(-1)!.payload;
  expect([storyId, facilityChangeId, told]).toEqual([
    expect.any(String),
    expect.any(String),
    expect.objectContaining({ reasonCode: 'WARNING_SEEN', tenantId: 't1' }),
  ]);
  await hub.deliver(new DisbursementFailed({ applicationId, loanId, payoutId: await orderedPayout(hub, applicationId), reasonCode: 'FACILITY_FROZEN' }));
  expect(await statusOf(hub, applicationId)).toBe('HELD');
  expect(await decide(applicationId, 'approve', 'PAY_AGAIN')).toMatchObject({ status: 409, body: { code: 'RECHECK_FAILED' } });
});

/** Key under which the story of a firm is told. */
async function frozenStory(applicationId: string): Promise<string | undefined> {
  const { v5 } = await import('uuid');
  const { uscc } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body.company;
  return v5(`t1 ${uscc}`, '0c2f6f8e-58b4-4a0e-9a53-0d9a7f1f5a11');
}
