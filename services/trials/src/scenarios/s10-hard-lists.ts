import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, SHOW_APPLICATION, SHOW_OFFER } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario, Scene } from './scenario.js';

/** Refused by a rule that nobody may set aside: no task exists, no decision of a person reaches it, and it comes to no offer. */
async function refusedForGood({ stage, check, alwaysHeld, step }: Scene, firmId: string, profile: object, code: string): Promise<void> {
  const firm = await stage.firm(firmId, { ...S01_FIRM, ...profile });
  const applicationId = await stage.apply(firm);

  step('refused');
  const refused = await stage.reaches(applicationId, 'REJECTED');
  check.equal('the decision', [refused.decision?.outcome, refused.decision?.amountMinor], ['declined', null]);
  const { decision } = await stage.ask('demo-risk-officer', SHOW_APPLICATION, { applicationId });
  check.holds(
    'the reasons that staff see',
    (decision?.reasons ?? []).map((reason) => reason.code),
    [code],
  );

  step('nobody can approve it');
  check.equal('the open task of the application', await stage.openTask(applicationId), undefined);
  const approval = { decision: 'approve', reasonCode: 'OWNER_KNOWN', comment: 'the committee is for it' } as const;
  for (const officer of ['demo-risk-officer', 'demo-approver']) {
    const answer = await stage.refusal(officer, DECIDE_REVIEW, { reviewTaskId: applicationId, decisionId: newId() }, approval);
    check.equal(`the answer to an approval by ${officer}`, answer.status, 404);
  }
  check.equal('the answer to a look at its offer', (await stage.refusal('demo-partner', SHOW_OFFER, { applicationId })).status, 404);
  check.equal('the status after all that', (await stage.ask('demo-partner', SHOW_APPLICATION, { applicationId })).status, 'REJECTED');
  alwaysHeld.of(applicationId, firm);
}

/** The legal representative is on the list of dishonest debtors (失信被执行人). */
export const S10_A: Scenario = {
  id: 'S10.a',
  title: 'Hard lists: the legal representative is a dishonest debtor',
  scorecard: 'product',
  play: (scene) => refusedForGood(scene, 's10a', { seed: 110, legalRepresentativeDishonest: true }, 'DISHONEST_DEBTOR'),
};

/** The tax authority has put the firm into class D. */
export const S10_C: Scenario = {
  id: 'S10.c',
  title: 'Hard lists: tax class D',
  scorecard: 'product',
  play: (scene) => refusedForGood(scene, 's10c', { seed: 111, taxClass: 'D' }, 'TAX_CLASS_D'),
};
