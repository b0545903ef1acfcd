import { ACCEPT_OFFER, SHOW_OFFER } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import type { Scenario } from './scenario.js';

const DAY_MS = 86_400_000;

/** An offer that nobody answers for 31 days expires, and the firm may apply again at once. */
export const S11_EXPIRY: Scenario = {
  id: 'S11.expiry',
  title: 'An offer expires, and the firm applies again',
  scorecard: 'product',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s11', { ...S01_FIRM, seed: 112 });
    const applicationId = await stage.apply(firm);

    step('offered, and not answered');
    await stage.reaches(applicationId, 'OFFERED');
    const { offerId } = await stage.ask('demo-partner', SHOW_OFFER, { applicationId });
    await stage.pass(31 * DAY_MS);
    const expired = await stage.reaches(applicationId, 'EXPIRED');
    check.equal('the loan', expired.loanId, null);
    const acceptance = { offerId, costSheetAcknowledged: true } as const;
    const late = await stage.refusal('demo-partner', ACCEPT_OFFER, { applicationId, acceptanceId: offerId }, acceptance);
    check.equal('the answer to an acceptance that comes too late', late.status, 409);

    step('applies again at once');
    const again = await stage.apply(firm);
    const offered = await stage.reaches(again, 'OFFERED');
    check.equal('the decision on the second application', offered.decision?.outcome, 'approved');
    check.that('it is another application', again !== applicationId);
    alwaysHeld.of(applicationId, firm);
    alwaysHeld.of(again, firm);
  },
};
