import { newId } from '@millrace/contracts';
import { LIST_CONSENTS, SHOW_PERSON, SHOW_VERIFICATION, WITHDRAW_CONSENT } from '@millrace/contracts/api';
import { S01_FIRM } from '../stage/scenario-firms.js';
import { eventually } from '../stage/stage.js';
import type { Scenario } from './scenario.js';

const HOUR_MS = 3_600_000;

/** C2 is withdrawn while the bureau is away: cancelled at once, the bureau is not asked when it is back, and what was asked before stays as evidence. */
export const S11_REVOKE: Scenario = {
  id: 'S11.revoke',
  title: 'A consent is revoked while the checks run',
  scorecard: 'product',
  async play({ stage, check, alwaysHeld, step }) {
    const firm = await stage.firm('s11revoke', { ...S01_FIRM, seed: 113 });
    await stage.sandbox('PUT', '/sandbox/faults/bureau', { kind: 'outage' });
    const applicationId = await stage.apply(firm);
    const verification = () => stage.ask('demo-risk-officer', SHOW_VERIFICATION, { applicationId });

    step('the bureau is away');
    const before = await eventually('the answers of the other sources', async () => {
      const found = await stage.find('demo-risk-officer', SHOW_VERIFICATION, { applicationId });
      return found !== undefined && found.provenance.some(({ source }) => source === 'tax') && found;
    });
    check.equal('the outcome of the checks', before.outcome, null);
    const { items } = await stage.ask('demo-partner', LIST_CONSENTS, { applicationId });
    const { consentId } = items.find(({ type }) => type === 'C2')!;

    step('C2 is withdrawn');
    const told = await stage.ask('demo-partner', WITHDRAW_CONSENT, { applicationId, withdrawalId: newId() }, { consentId });
    check.equal('what follows', told.effect, 'cancelled');
    const cancelled = await stage.reaches(applicationId, 'CANCELLED');
    check.equal('whom it waits for', cancelled.waitingFor, null);
    await eventually(
      'data that are stored only',
      async () => (await stage.refusal('demo-risk-officer', SHOW_PERSON, { applicationId })).code === 'STORED_ONLY',
    );

    step('the bureau is back');
    const asked = await personalQueries(stage);
    await stage.sandbox('DELETE', '/sandbox/faults/bureau');
    await stage.pass(HOUR_MS);
    const after = await eventually('the refused query', async () => {
      const found = await verification();
      return found.refusedQueries.length > 0 && found;
    });
    check.holds(
      'the queries that were refused',
      after.refusedQueries.map((query) => `${query.source} ${query.consentId}`),
      [`personal_bureau ${consentId}`],
    );
    check.equal('queries about persons that the bureau has answered', await personalQueries(stage), asked);
    check.equal('the answers of before', after.provenance, before.provenance);
    check.equal('the status after all that', (await stage.reaches(applicationId, 'CANCELLED')).status, 'CANCELLED');

    step('applies again with every consent');
    const again = await stage.apply(firm);
    const offered = await stage.reaches(again, 'OFFERED');
    check.equal('the decision on the second application', offered.decision?.outcome, 'approved');
    alwaysHeld.of(applicationId, firm);
    alwaysHeld.of(again, firm);
  },
};

async function personalQueries(stage: Parameters<Scenario['play']>[0]['stage']): Promise<number> {
  const { queries } = (await stage.sandbox('GET', '/sandbox/counters')) as { queries: { personal_bureau?: number } };
  return queries.personal_bureau ?? 0;
}
