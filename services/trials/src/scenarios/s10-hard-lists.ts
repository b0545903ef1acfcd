import { newId } from '@millrace/contracts';
import { DECIDE_REVIEW, SHOW_APPLICATION, SHOW_OFFER, SUBMIT_APPLICATION } from '@millrace/contracts/api';
import { applicationOf, type SandboxFirm } from '@millrace/client';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario, Scene } from './scenario.js';

const DAY_MS = 86_400_000;

/** Refused by a rule that nobody may set aside: no task exists, no decision of a person reaches it, and it comes to no offer. */
async function refusedForGood({ stage, check, alwaysHeld, step }: Scene, firmId: string, profile: object, code: string): Promise<SandboxFirm> {
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
  return firm;
}

/** The legal representative is on the list of dishonest debtors (失信被执行人). */
export const S10_A: Scenario = {
  id: 'S10.a',
  title: 'Hard lists: the legal representative is a dishonest debtor',
  scorecard: 'product',
  async play(scene) {
    const firm = await refusedForGood(scene, 's10a', { seed: 110, legalRepresentativeDishonest: true }, 'DISHONEST_DEBTOR');
    await waits(scene, firm);
  },
};

/** The registry lists the firm for abnormal operation (经营异常名录); it is off the list after a week, and applies again at once: its cause has ended. */
export const S10_B: Scenario = {
  id: 'S10.b',
  title: 'Hard lists: listed for abnormal operation, and removed again',
  scorecard: 'product',
  startsOn: '2028-05-02',
  async play(scene) {
    const { stage, check, alwaysHeld, step } = scene;
    const profile = { ...S01_FIRM, seed: 114, bureauFound: true, establishedOn: '2024-11-02', legalRepresentativeSince: '2024-11-02' };
    await refusedForGood(scene, 's10b', { ...profile, abnormalListed: true }, 'ABNORMAL_LIST');

    step('removed from the list, and applies again');
    await stage.pass(7 * DAY_MS);
    const removed = await stage.firm('s10b', { ...profile, abnormalListed: false });
    const again = await stage.apply(removed);
    const offered = await stage.reaches(again, 'OFFERED');
    check.equal('the decision once the firm is off the list', offered.decision?.outcome, 'approved');
    alwaysHeld.of(again, removed);
  },
};

/** What is no cause that ends by itself makes the firm wait, and nobody is told for how long (R-LG-02). */
async function waits({ stage, check, step }: Scene, firm: SandboxFirm): Promise<void> {
  step('applies again at once');
  const body = applicationOf(firm, stage.system.now());
  const again = await stage.refusal('demo-partner', SUBMIT_APPLICATION, { applicationId: newId() }, body);
  check.equal('the answer to another application', [again.status, again.code], [409, 'APPLICATION_NOT_POSSIBLE']);
}

/** The tax authority has put the firm into class D. */
export const S10_C: Scenario = {
  id: 'S10.c',
  title: 'Hard lists: tax class D',
  scorecard: 'product',
  async play(scene) {
    const firm = await refusedForGood(scene, 's10c', { seed: 111, taxClass: 'D' }, 'TAX_CLASS_D');
    await waits(scene, firm);
  },
};
