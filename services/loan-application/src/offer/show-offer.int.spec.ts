import { KycPassed, newId, ScoreComputed } from '@millrace/contracts';
import { ACCOUNT_MANAGER, RISK_OFFICER, type TestService } from '@millrace/testing';
import { startHub, submit } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';

// Goal: the cost sheet counts as shown where the applicant's side has read it, and nowhere else (G-PR-02).
let hub: TestService;

beforeAll(async () => {
  hub = await startHub('http://127.0.0.1:1');
}, 120_000);
afterAll(() => hub.stop());

test('an account manager shows the sheet of an application of its own making; a look by other staff shows nobody anything', async () => {
  const applicationId = await submit(hub, {}, ACCOUNT_MANAGER);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  const path = `/loan-applications/${applicationId}`;
  const { body: offer } = await hub.call('GET', `${path}/offer`, RISK_OFFICER);
  const acceptance = { offerId: offer.offerId, costSheetAcknowledged: true };
  const early = await hub.call('PUT', `${path}/offer-acceptances/${newId()}`, ACCOUNT_MANAGER, acceptance);
  expect(early).toMatchObject({ status: 409, body: { code: 'COST_SHEET_NOT_SHOWN' } });
  await hub.call('GET', `${path}/offer`, ACCOUNT_MANAGER);
  const accepted = await hub.call('PUT', `${path}/offer-acceptances/${newId()}`, ACCOUNT_MANAGER, acceptance);
  expect(accepted).toMatchObject({ status: 200, body: { status: 'CONTRACTING' } });
});
