import { DisbursementFailed, newId } from '@millrace/contracts';
import { PARTNER, PAYMENT_OFFICER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { disbursing, orderedPayout, startHub, statusOf, taskOf } from '../../test/hub.js';
import { consentsOf, submission } from '../../test/submission.js';

// Goal: probe 10: a failure of the means makes no firm wait. Method: the real service on real PostgreSQL; a payout is refused, and a payment officer gives it up.
const esign = new EsignDouble();
let hub: TestService;
beforeAll(async () => {
  hub = await startHub(await esign.start());
  esign.now = () => hub.clock.now();
}, 120_000);
afterAll(async () => {
  await hub.stop();
  await esign.stop();
});

/** Gives a payout up for a reason, under the cooling-off of a release, and has the firm apply again at once. */
async function appliesAgain(reasonCode: string, policyVersion: string): Promise<number> {
  const { applicationId, loanId } = await disbursing(hub);
  const payoutId = await orderedPayout(hub, applicationId);
  await hub.deliver(new DisbursementFailed({ applicationId, loanId, payoutId, reasonCode: 'PAYEE_ACCOUNT_NOT_FOUND' }));
  await until(async () => (await statusOf(hub, applicationId)) === 'HELD');
  await hub.pool.query('update application set policy_version = $2 where application_id = $1', [applicationId, policyVersion]);
  const { reviewTaskId } = await taskOf(hub, applicationId);
  const said = await hub.call('PUT', `/review-tasks/${reviewTaskId}/decisions/${newId()}`, PAYMENT_OFFICER, { decision: 'reject', reasonCode });
  if (said.status !== 200) throw new Error(JSON.stringify(said.body));
  const { company } = (await hub.call('GET', `/loan-applications/${applicationId}`)).body;
  const again = submission({ company, consents: consentsOf(hub.clock.now()) });
  return (await hub.call('PUT', `/loan-applications/${newId()}`, PARTNER, again)).status;
}

test.each([
  ['PAYOUT_REFUSED', 'online_microloan.v14', 201],
  ['DECLINED', 'online_microloan.v14', 409],
  ['PAYOUT_REFUSED', 'online_microloan.v13', 409],
])('M-AP-08: a payout that is given up as %s under %s, and another application at once: %i', async (reasonCode, policyVersion, status) => {
  expect(await appliesAgain(reasonCode, policyVersion)).toBe(status);
});
