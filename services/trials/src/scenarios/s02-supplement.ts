import { newId } from '@millrace/contracts';
import {
  ANSWER_SUPPLEMENT,
  LIST_REVIEW_TASKS,
  LIST_SUPPLEMENTS,
  SHOW_APPLICATION,
  SHOW_APPLICATION_TIMELINE,
  SHOW_VERIFICATION,
} from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario, Scene } from './scenario.js';

const DAY_MS = 86_400_000;
/** Two days after the firm was made the invoice platform has its month. */
const TWO_DAYS_SECONDS = 172_800;
const STARTS_ON = '2028-05-09';
/** S01's firm, 42 months old on the day of this scenario. */
const FIRM = { ...S01_FIRM, establishedOn: '2024-11-09', legalRepresentativeSince: '2024-11-09', lateInvoiceMonthSeconds: TWO_DAYS_SECONDS };
const DECLARED_MINOR = '595200000';

/**
 * Applies as S01 does, with a revenue declared 24% above what is invoiced, and one month missing at the invoice platform: the nearest source to the bank flow,
 * of which there is none.
 */
async function asked({ stage, check, step }: Scene, firmId: string): Promise<{ applicationId: string; firm: Awaited<ReturnType<typeof stage.firm>> }> {
  const firm = await stage.firm(firmId, FIRM);
  const applicationId = await stage.apply({ ...firm, declaredRevenueMinor: DECLARED_MINOR });

  step('round 1 names both fields');
  const waiting = await stage.reaches(applicationId, 'SUPPLEMENT_REQUIRED');
  check.equal('who has to act', waiting.waitingFor, 'applicant');
  const { items } = await stage.ask('demo-partner', LIST_SUPPLEMENTS, { applicationId });
  check.equal('rounds', items.length, 1);
  const [round] = items;
  check.equal(
    'the round, who asks, and until when',
    [round?.round, round?.askedBy, Date.parse(round!.dueAt) - Date.parse(round!.askedAt)],
    [1, 'engine', 7 * DAY_MS],
  );
  check.holds('the fields that it names', [...new Set(round?.items.map(({ field }) => field))], ['declaredRevenueMinor', 'invoices']);
  for (const { reason } of round?.items ?? []) check.that('every field has its reason in words', reason.sentence.length > 20, reason);
  check.equal('the open task of the application', await stage.openTask(applicationId), undefined);
  return { applicationId, firm };
}

/** What was asked for is corrected on day 3, and the application goes on as if it had been so from the beginning. */
export const S02_FINE: Scenario = {
  id: 'S02.fine',
  title: 'Supplement, then fine',
  scorecard: 'vector',
  startsOn: STARTS_ON,
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, firm } = await asked(scene, 's02');

    step('corrected on day 3');
    await stage.pass(2 * DAY_MS);
    const answer = { corrections: { declaredRevenueMinor: '480000000' }, providedAtSource: true };
    const empty = await stage.refusal('demo-partner', ANSWER_SUPPLEMENT, { applicationId, supplementId: newId() }, {});
    check.equal('the answer to one that mends nothing', [empty.status, empty.code], [422, 'SUPPLEMENT_EMPTY']);
    const ids = { applicationId, supplementId: newId() };
    const { items } = await stage.ask('demo-partner', ANSWER_SUPPLEMENT, ids, answer);
    const corrected = [{ field: 'declaredRevenueMinor', before: DECLARED_MINOR, after: '480000000' }];
    check.equal('before and after', items[0]?.corrected, corrected);
    check.equal('the same answer again', await stage.ask('demo-partner', ANSWER_SUPPLEMENT, ids, answer), { items });

    step('approved as S01');
    const offered = await stage.reaches(applicationId, 'OFFERED');
    const { decision } = offered;
    check.equal('the decision', [decision?.outcome, decision?.tier, decision?.amountMinor, decision?.rateBps], ['approved', 'T0', '30000000', 635]);
    check.equal('what is declared now', offered.company?.declaredRevenueMinor, '480000000');
    const { score } = await stage.ask('demo-risk-officer', SHOW_APPLICATION, { applicationId });
    check.equal('score and grade', [score?.score, score?.grade], [700, 'R4']);
    const { findings } = await stage.ask('demo-risk-officer', SHOW_VERIFICATION, { applicationId });
    check.equal('what is held against the firm', findings, []);
    check.equal('tasks of people', (await stage.ask('demo-risk-officer', LIST_REVIEW_TASKS, { status: 'closed' })).items, []);
    const timeline = await stage.ask('demo-partner', SHOW_APPLICATION_TIMELINE, { applicationId });
    const types = timeline.items.map(({ type }) => type.replace(/^dev\.millrace\.lending\.loan-application\./, '').replace(/\.v\d+$/, ''));
    check.holds('the events that the partner sees', types, [
      ...['submitted', 'kyc-requested', 'supplement-requested', 'supplement-answered', 'info-corrected', 'kyc-requested', 'scoring-requested', 'approved'],
    ]);

    step('paid');
    const { loanId } = await stage.takeOffer(applicationId);
    alwaysHeld.of(applicationId, firm, loanId);
  },
};

/** Nobody answers for seven days. */
export const S02_EXPIRY: Scenario = {
  id: 'S02.expiry',
  title: 'A supplement that nobody sends',
  scorecard: 'vector',
  startsOn: STARTS_ON,
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const { applicationId, firm } = await asked(scene, 's02expiry');

    step('not answered for 7 days');
    await stage.pass(7 * DAY_MS + 1_000);
    const expired = await stage.reaches(applicationId, 'EXPIRED');
    check.equal('the decision', expired.decision, null);
    const answer = { corrections: { declaredRevenueMinor: '480000000' } };
    const late = await stage.refusal('demo-partner', ANSWER_SUPPLEMENT, { applicationId, supplementId: newId() }, answer);
    check.equal('the answer to a supplement that comes too late', [late.status, late.code], [409, 'WRONG_STATUS']);

    step('applies again at once');
    const again = await stage.apply(firm);
    const offered = await stage.reaches(again, 'OFFERED');
    check.equal('the decision on the second application', offered.decision?.outcome, 'approved');
    alwaysHeld.of(applicationId, firm);
    alwaysHeld.of(again, firm);
  },
};
