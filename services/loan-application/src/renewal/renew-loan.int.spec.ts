import { KycPassed, LoanRenewed, newId, RenewalAssessed, RenewalRefused, ScoreComputed } from '@millrace/contracts';
import { OTHER_PARTNER, PARTNER, until, type Answer, type TestService } from '@millrace/testing';
import { EsignDouble } from '../../test/esign-double.js';
import { accepted, disbursing, paid, startHub, statusOf, submit } from '../../test/hub.js';
import { clean, consentsOf, nextUscc, score, submission } from '../../test/submission.js';

// Goal (S18, G-CL-15): a renewal is an application like any other, and its money stays where it is: the hub asks the books before it asks anybody else, and orders
// one settlement and no payment. Method: the real hub on real PostgreSQL; what the other services say is delivered three times.
const esign = new EsignDouble();
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

const MATURES = '2026-03-20';
const show = async (applicationId: string): Promise<Answer['body']> => (await hub.call('GET', `/loan-applications/${applicationId}`)).body;

/** A loan that is paid out, and an application to renew it. */
async function renewing(): Promise<{ first: string; applicationId: string; renewsLoanId: string; company: object }> {
  const { applicationId: first, loanId: renewsLoanId } = await disbursing(hub);
  await hub.deliver(await paid(hub, first, renewsLoanId));
  const { company } = await show(first);
  return { first, applicationId: await submit(hub, { company, renewsLoanId, payeeAccount: '6200****0001' }), renewsLoanId, company };
}

/** The renewal with its contract signed before the loan matures. */
async function signed(): Promise<{ applicationId: string; renewsLoanId: string; loanId: string; order: Record<string, unknown>; company: object }> {
  const { first, applicationId, renewsLoanId, company } = await renewing();
  await hub.deliver(new RenewalAssessed({ applicationId, loanId: renewsLoanId, isEligible: true, maturesOn: MATURES }));
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  const { contractSha256 } = await accepted(hub, applicationId);
  await hub.call('PUT', `/loan-applications/${applicationId}/signatures/${newId()}`, PARTNER, { contractSha256 });
  await until(async () => (await statusOf(hub, applicationId)) === 'REQUESTED');
  const { payload: order } = await hub.event(first, 'renewal-settlement-requested');
  return { applicationId, renewsLoanId, loanId: (await show(applicationId)).loanId, order, company };
}

test('R-PL-07, S18, G-CL-15: the books are asked first, then the sources once; offer and contract end before the maturity; the order pays nobody', async () => {
  const { applicationId, renewsLoanId } = await renewing();
  expect(await hub.eventTypes(applicationId)).toEqual(['submitted', 'renewal-requested']);
  await hub.deliver(new RenewalAssessed({ applicationId, loanId: renewsLoanId, isEligible: true, maturesOn: '2026-03-04' }));
  expect(await hub.eventTypes(applicationId)).toEqual(['submitted', 'renewal-requested', 'kyc-requested']);
  expect((await hub.event(applicationId, 'kyc-requested')).payload['consents']).toHaveLength(9);
  await hub.deliver(new KycPassed(clean(applicationId)));
  await hub.deliver(new ScoreComputed(score(applicationId)));
  const maturity = '2026-03-03T16:00:00.000Z';
  expect(await show(applicationId)).toMatchObject({ status: 'OFFERED', renewsLoanId, deadlineAt: maturity, offer: { expiresAt: maturity } });
  await accepted(hub, applicationId);
  expect(await show(applicationId)).toMatchObject({ status: 'CONTRACTING', deadlineAt: maturity, contract: { templateVersion: 'loan-contract.v3' } });
  const { body } = await hub.call('GET', `/loan-applications/${applicationId}/contract`);
  expect(body.text).toContain(`1. 借款人在编号 ${renewsLoanId} 的借款(下称原借款)到期前`);
  expect(body.text).toContain('应当在 2026-03-04(原借款到期日)之前完成签署');
});

test('S18, G-CL-15: what is booked makes the loan live, and disbursement hears of the limit; no payment is ordered', async () => {
  const { applicationId, renewsLoanId, loanId, order } = await signed();
  const { settlementId } = order;
  expect(order).toMatchObject({ loanId, renewsLoanId, principalMinor: '30000000', signedOn: '2026-03-02', rateBps: 635, clauses: { graceDays: 3 } });
  expect((order['clauses'] as object | undefined) ?? {}).not.toHaveProperty('directDebit');
  const renewed = { applicationId, loanId, renewedLoanId: renewsLoanId, settlementId: String(settlementId), principalMinor: '30000000', on: '2026-03-02' };
  await hub.deliver(new LoanRenewed({ ...renewed, settlementId: newId() }));
  expect(await statusOf(hub, applicationId)).toBe('REQUESTED');
  await hub.deliver(new LoanRenewed(renewed));
  expect(await show(applicationId)).toMatchObject({ drawdown: { status: 'PAID' }, loan: { loanId, status: 'ACTIVE' } });
  const types = await hub.eventTypes(applicationId);
  expect(types.filter((type) => ['disbursement-requested', 'loan-activated'].includes(type))).toEqual([]);
  expect(types.filter((type) => type === 'renewal-settled')).toHaveLength(1);
});

test('S18, G-CL-15: a settlement that the books refuse ends the application with its reason, and the firm may apply again at once', async () => {
  const { applicationId, loanId, order, renewsLoanId, company } = await signed();
  const settlementId = String(order['settlementId']);
  await hub.deliver(new RenewalRefused({ applicationId, loanId, settlementId, reasonCode: 'RENEWAL_INTEREST_UNPAID' }));
  expect(await show(applicationId)).toMatchObject({
    ...{ loan: null, drawdown: { status: 'REJECTED', reasons: [{ code: 'RENEWAL_INTEREST_UNPAID' }] } },
  });
  // The answer that comes too late changes nothing.
  await hub.deliver(new RenewalRefused({ applicationId, loanId, settlementId, reasonCode: 'RENEWAL_IN_ARREARS' }));
  const again = await submit(hub, { company: company as ReturnType<typeof submission>['company'], renewsLoanId });
  await hub.deliver(
    new RenewalAssessed({ applicationId: again, loanId: renewsLoanId, isEligible: false, reasonCode: 'RENEWAL_IN_ARREARS', maturesOn: MATURES }),
  );
  expect(await show(again)).toMatchObject({ status: 'REJECTED', decision: { outcome: 'declined', reasons: [{ code: 'RENEWAL_IN_ARREARS' }] } });
  expect(await hub.eventTypes(again)).toEqual(['submitted', 'renewal-requested', 'rejected']);
});

test('R-OP-06: the loan of another firm, of another partner, or of nobody is answered alike', async () => {
  const { renewsLoanId, company } = await renewing();
  const consents = consentsOf(hub.clock.now());
  const bodies = [
    [PARTNER, { company: { ...company, uscc: nextUscc() }, renewsLoanId }],
    [OTHER_PARTNER, { company, renewsLoanId }],
    [PARTNER, { company, renewsLoanId: newId() }],
  ] as const;
  for (const [by, change] of bodies) {
    const body = submission({ ...(change as Partial<ReturnType<typeof submission>>), consents });
    const { status, body: told } = await hub.call('PUT', `/loan-applications/${newId()}`, by, body);
    expect([status, told.code]).toEqual([422, 'RENEWAL_LOAN_UNKNOWN']);
  }
});
