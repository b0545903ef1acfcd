import { KycPassed, LoanDisbursed, newId, ScoreComputed } from '@millrace/contracts';
import { PARTNER, until, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { accepted, startHub, statusOf, submit } from '../../test/hub.js';
import { clean, score } from '../../test/submission.js';

// Method: the real service on real PostgreSQL and the real log, up to the event that monitoring books the loan by.
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

const CLAUSES = {
  penaltyUpliftBps: 4_000,
  graceDays: 3,
  compound: true,
  misuseUpliftBps: 8_000,
  prepaymentInterest: 'to_the_day',
  prepaymentEffect: 'shorter_term',
  prepaymentFeeBps: 0,
  holidayCalendar: 'CN',
};

/** Brings an application with an account to its contract. */
async function drafted(): Promise<{ applicationId: string; contractSha256: string }> {
  const applicationId = await submit(hub, { payeeAccount: '6222********1234' });
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  return accepted(hub, applicationId);
}

/** Signs the contract, has the money paid, and returns what the loan is booked by. */
async function activated({ applicationId, contractSha256 }: { applicationId: string; contractSha256: string }): Promise<Record<string, unknown>> {
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED', 'the order');
  const { loanId, payoutId, amountMinor, currency } = (await hub.event(applicationId, 'disbursement-requested')).payload as Record<string, string>;
  await hub.deliver(
    new LoanDisbursed({
      applicationId,
      loanId: loanId!,
      payoutId: payoutId!,
      amountMinor: amountMinor!,
      currency: currency!,
      bankReference: 'B',
      paidAt: hub.clock.now().toISOString(),
    }),
  );
  return (await hub.event(applicationId, 'loan-activated')).payload;
}

test('R-LG-04, G-PR-07: what the contract says of lateness is shown before it is signed, and the loan is booked by it', async () => {
  const contract = await drafted();
  const { body } = await hub.call('GET', `/loan-applications/${contract.applicationId}/contract`);
  expect(body.clauses).toEqual(CLAUSES);
  expect(body.text).toContain('提前还款的费用为提前偿还本金的 0.00%');
  expect((await activated(contract))['clauses']).toEqual(CLAUSES);
});

test('a contract that was drafted before contracts had clauses gives its loan none, whatever the parameters say on the day of the payout', async () => {
  const contract = await drafted();
  await hub.pool.query(`update contract set clauses = null, template_version = 'loan-contract.v2' where application_id = $1`, [contract.applicationId]);
  expect((await hub.call('GET', `/loan-applications/${contract.applicationId}/contract`)).body.clauses).toBeNull();
  expect(await activated(contract)).not.toHaveProperty('clauses');
});
