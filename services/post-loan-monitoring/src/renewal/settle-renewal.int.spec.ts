import { newId, RenewalRequested, RenewalSettlementRequested, type LoanActivated, type PayloadOf } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { PARTNER, sayAbout, staff, taskAbout, until } from '@millrace/testing';
import { bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import { CLAUSES } from '../../test/loans.js';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';
import { OnRenewalSettlementRequested } from './on-renewal-settlement-requested.js';

// Goal (S18, G-CL-15): a loan is repaid with a new one in one transaction, or nothing happens. Method: the real service on real PostgreSQL; every event is delivered
// three times, once under another event id; in one test the process dies at each of its statements.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  const { byAccount, total } = await monitoring.trialBalance();
  expect([total, byAccount['3001']]).toEqual(['0', '0']);
  await endPools();
  await monitoring.stop();
});

/** A transaction whose process dies at its nth statement. */
function dyingAt(tx: EventTransaction, point: number): EventTransaction {
  let left = point;
  return new Proxy(tx, {
    get: (target, name) => {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...given: unknown[]): unknown => {
        if (name === 'query' && (left -= 1) === 0) throw new Error('killed');
        return (found as (...args: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}

const PRINCIPAL = '30000000';
const MONTH_MINOR = 158_750n;

/** A loan of one month with its interest still to pay, ten days before it matures; its tenant's days are closed. */
async function matureSoon(): Promise<LoanActivated> {
  const loan = await monitoring.book({ tenantId: newTenant(), tenorMonths: 3, repaymentMethod: 'interest_monthly', clauses: CLAUSES });
  const { items } = await see(loan, `/loans/${loan.loanId}/schedule`);
  for (const { dueOn } of items.slice(0, 2)) {
    monitoring.goTo(dueOn);
    await monitoring.pay(loan.loanId, MONTH_MINOR, { tenantId: loan.tenantId });
  }
  monitoring.goTo(addDays(items[2].dueOn, -10));
  await bookOf(monitoring).closeTenant(loan.tenantId, addDays(monitoring.today, -1));
  return loan;
}

const see = async ({ tenantId, partnerId }: LoanActivated, path: string) =>
  (await monitoring.test.call('GET', path, { ...PARTNER, id: partnerId, partnerId, tenantId })).body;
const payInterest = async (loan: LoanActivated): Promise<{ readonly repaymentId: string; readonly amountMinor: string }> => {
  const { payoff } = await see(loan, `/loans/${loan.loanId}`);
  return monitoring.pay(loan.loanId, BigInt(payoff.toPayMinor) - BigInt(PRINCIPAL), { tenantId: loan.tenantId });
};

/** The bank took money back, as two persons have seen. */
async function takeBack({ tenantId, loanId }: LoanActivated, repaymentId: string): Promise<void> {
  const body = { repaymentId, reason: 'bounced' };
  await monitoring.test.call('PUT', `/loans/${loanId}/reversals/${newId()}`, { ...staff('pan', 'payment_officer'), tenantId }, body);
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId }))!;
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => !(await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId })), 'the decision to be applied');
}

/** The order that the hub gives for a signed renewal. */
function order(old: LoanActivated, change: Partial<PayloadOf<RenewalSettlementRequested>> = {}): RenewalSettlementRequested {
  const { tenantId, partnerId, uscc, currency, rateBps, tenorMonths, repaymentMethod, dayCount, policyVersion } = old;
  return new RenewalSettlementRequested({
    ...{ storyId: old.applicationId, applicationId: newId(), loanId: newId(), renewsLoanId: old.loanId, contractId: newId(), settlementId: newId() },
    ...{ tenantId, partnerId, uscc, currency, rateBps, tenorMonths, repaymentMethod, dayCount, policyVersion },
    ...{ principalMinor: PRINCIPAL, signedOn: monitoring.today, clauses: CLAUSES, productCode: 'invoice-loan', industryCode: 'F51' },
    ...change,
  });
}
const renewals = async (renewed: LoanActivated): Promise<unknown[]> =>
  (await monitoring.test.pool.query('select state, reason_code as "reasonCode" from renewal where renewed_loan_id = $1 order by recorded_at', [renewed.loanId]))
    .rows;
const answer = async (loanId: string, type: string) =>
  (await monitoring.test.events(loanId)).filter((event) => event.type === type).map(({ payload }) => payload);

test('R-PL-07, S18, G-CL-15: the new loan is booked for the principal of the old one, which is settled; no cash moves, however often it is ordered', async () => {
  const old = await matureSoon();
  await payInterest(old);
  const agreed = {
    guaranteeId: newId(),
    guarantorRef: 'G-RENEWAL',
    kind: 'joint',
    limitMinor: PRINCIPAL,
    periodMonths: 6,
    contractSha256: 'ab'.repeat(32),
  } as const;
  const signed = order(old, { guarantees: [agreed] });
  await monitoring.test.deliver(signed);
  await monitoring.test.deliver(signed);
  const { loanId, applicationId, settlementId } = signed;
  const { body: standing } = await monitoring.test.call('GET', `/loans/${loanId}/guarantees`, { ...AUDITOR, tenantId: old.tenantId });
  expect(standing).toMatchObject({ items: [{ guaranteeId: agreed.guaranteeId, state: 'live' }] });
  expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({
    ...{ status: 'SETTLED', settledOn: monitoring.today, renewedByLoanId: loanId, renewsLoanId: null, heldMinor: '0', outstandingPrincipalMinor: '0' },
  });
  expect(await see(old, `/loans/${loanId}`)).toMatchObject({
    ...{ status: 'ACTIVE', disbursedOn: monitoring.today, renewsLoanId: old.loanId, renewedByLoanId: null, outstandingPrincipalMinor: PRINCIPAL },
  });
  expect(await renewals(old)).toEqual([{ state: 'settled', reasonCode: null }]);
  expect(await answer(loanId, 'loan-renewed')).toEqual([
    { applicationId, loanId, renewedLoanId: old.loanId, settlementId, principalMinor: PRINCIPAL, on: monitoring.today },
  ]);
  expect(await answer(old.loanId, 'loan-settled')).toMatchObject([{ renewedByLoanId: loanId }]);
  const entries = `select e.loan_id as "loanId", e.source_kind as kind, l.account, (l.debit_minor - l.credit_minor)::text as minor from journal_entry e
    join journal_line l using (entry_id) where e.source_id = $1 order by e.seq, l.line_no`;
  expect((await monitoring.test.pool.query(entries, [settlementId])).rows).toEqual([
    { loanId, kind: 'LOAN_BOOKED', account: '1303', minor: PRINCIPAL },
    { loanId, kind: 'LOAN_BOOKED', account: '3001', minor: `-${PRINCIPAL}` },
    { loanId: old.loanId, kind: 'RENEWED', account: '3001', minor: PRINCIPAL },
    { loanId: old.loanId, kind: 'RENEWED', account: '1303', minor: `-${PRINCIPAL}` },
  ]);
  const history = 'select trigger, status_to as "to" from loan_history where loan_id = any($1) order by loan_id, seq';
  expect((await monitoring.test.pool.query(history, [[old.loanId, loanId]])).rows).toEqual([
    { trigger: 'LoanActivated', to: 'ACTIVE' },
    { trigger: 'Renewed', to: 'SETTLED' },
    { trigger: 'RenewalSigned', to: 'ACTIVE' },
  ]);
  await bookOf(monitoring).closeTenant(old.tenantId, monitoring.today);
  const { body: classed } = await monitoring.test.call('GET', `/loans/${loanId}`, { ...AUDITOR, tenantId: old.tenantId });
  expect(classed).toMatchObject({ loanClass: 'NORMAL', dpd: 0 });
  // A second contract finds the loan renewed already.
  const again = order(old);
  await monitoring.test.deliver(again);
  expect(await answer(again.loanId, 'renewal-refused')).toMatchObject([{ reasonCode: 'RENEWAL_LOAN_NOT_ACTIVE' }]);
});

test('S18, S16: the bank takes back the interest of a loan that was renewed: that alone is owed again, whatever bore the principal since, and it is not renewed twice', async () => {
  const old = await matureSoon();
  const interest = await payInterest(old);
  const signed = order(old);
  await monitoring.test.deliver(signed);
  await takeBack(old, interest.repaymentId);
  const reopened = await see(old, `/loans/${old.loanId}`);
  expect(reopened).toMatchObject({ status: 'ACTIVE', renewedByLoanId: signed.loanId, outstandingPrincipalMinor: '0', heldMinor: '0' });
  expect(reopened.payoff.toPayMinor).toBe(interest.amountMinor);
  expect(await answer(old.loanId, 'loan-reopened')).toMatchObject([{ outstandingPrincipalMinor: '0' }]);
  const again = order(old, { principalMinor: '1' });
  await monitoring.test.deliver(again);
  expect(await answer(again.loanId, 'renewal-refused')).toMatchObject([{ reasonCode: 'RENEWAL_LOAN_NOT_ACTIVE' }]);
  // Nothing accrues on what the new loan has paid.
  monitoring.goTo(addDays(monitoring.today, 5));
  expect((await see(old, `/loans/${old.loanId}`)).payoff.toPayMinor).toBe(interest.amountMinor);
  await monitoring.pay(old.loanId, interest.amountMinor, { tenantId: old.tenantId });
  expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({ status: 'SETTLED', heldMinor: '0' });
  expect((await answer(old.loanId, 'loan-settled')).map(({ renewedByLoanId }) => renewedByLoanId)).toEqual([signed.loanId, undefined]);
});

test('S18, G-CL-15: a contract that was signed in time is booked though the order comes after the maturity, when the close has called the loan late', async () => {
  const old = await matureSoon();
  await payInterest(old);
  const signed = order(old);
  const { maturesOn } = await see(old, `/loans/${old.loanId}`);
  monitoring.goTo(addDays(maturesOn, 40));
  await bookOf(monitoring).closeTenant(old.tenantId, addDays(monitoring.today, -1));
  const { body: late } = await monitoring.test.call('GET', `/loans/${old.loanId}`, { ...AUDITOR, tenantId: old.tenantId });
  expect(late).toMatchObject({ status: 'OVERDUE' });
  expect(late.loanClass).not.toBe('NORMAL');
  await monitoring.test.deliver(signed);
  expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({ status: 'SETTLED', settledOn: signed.signedOn, renewedByLoanId: signed.loanId });
  // Another order for the same application is answered by nothing, and stops nobody.
  await monitoring.test.deliver(order(old, { applicationId: signed.applicationId }));
  expect(await monitoring.test.parked()).toEqual([]);
});

test('S18, G-CL-15: what does not qualify when it is signed books nothing, and is not booked later either', async () => {
  const old = await matureSoon();
  const unpaid = order(old);
  await monitoring.test.deliver(unpaid);
  expect(await answer(unpaid.loanId, 'renewal-refused')).toEqual([
    { applicationId: unpaid.applicationId, loanId: unpaid.loanId, settlementId: unpaid.settlementId, reasonCode: 'RENEWAL_INTEREST_UNPAID' },
  ]);
  await payInterest(old);
  await monitoring.test.deliver(unpaid);
  const { maturesOn } = await see(old, `/loans/${old.loanId}`);
  const late = order(old, { signedOn: maturesOn });
  await monitoring.test.deliver(late);
  expect(await answer(late.loanId, 'renewal-refused')).toMatchObject([{ reasonCode: 'RENEWAL_AFTER_MATURITY' }]);
  expect(await renewals(old)).toEqual([
    { state: 'refused', reasonCode: 'RENEWAL_INTEREST_UNPAID' },
    { state: 'refused', reasonCode: 'RENEWAL_AFTER_MATURITY' },
  ]);
  expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({ status: 'ACTIVE', outstandingPrincipalMinor: PRINCIPAL, renewedByLoanId: null });
  expect((await monitoring.test.pool.query('select 1 from loan where loan_id = any($1)', [[unpaid.loanId, late.loanId]])).rowCount).toBe(0);
});

test('S18, M-EV-02: a settlement that is cut off leaves neither side, and is whole when it is tried again', async () => {
  const old = await matureSoon();
  await payInterest(old);
  const signed = order(old);
  const handler = new OnRenewalSettlementRequested(monitoring.test.clock);
  const settle = (dieAt: number): Promise<void> =>
    runnerOf(monitoring).run({ actor: { kind: 'system', id: 'test' }, causationId: newId() }, (tx) =>
      handler.handle({ payload: signed } as ReceivedEvent<RenewalSettlementRequested>, dyingAt(tx, dieAt)),
    );
  let deaths = 0;
  for (let point = 1; point < 60; point += 1) {
    const isDead = await settle(point).then(
      () => false,
      (error: Error) => error.message === 'killed',
    );
    if (!isDead) break;
    deaths += 1;
    expect(await renewals(old)).toEqual([]);
    expect((await monitoring.test.pool.query('select 1 from loan where loan_id = $1', [signed.loanId])).rowCount).toBe(0);
    expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({ status: 'ACTIVE', outstandingPrincipalMinor: PRINCIPAL });
  }
  expect(deaths).toBeGreaterThan(5);
  expect(await renewals(old)).toEqual([{ state: 'settled', reasonCode: null }]);
  expect(await see(old, `/loans/${old.loanId}`)).toMatchObject({ status: 'SETTLED', renewedByLoanId: signed.loanId });
  await monitoring.test.deliver(signed);
  expect(await answer(signed.loanId, 'loan-renewed')).toHaveLength(1);
});

test('R-OP-06: no loan of another firm or lender is renewed, nor is anybody told whether it could be', async () => {
  const old = await matureSoon();
  const strange = order(old, { uscc: '91990100MA0TE00029' });
  await monitoring.test.deliver(strange);
  const { tenantId, partnerId, uscc } = old;
  const request = { applicationId: newId(), renewsLoanId: old.loanId, tenantId, partnerId, uscc, requestedAmountMinor: PRINCIPAL };
  await monitoring.test.deliver(new RenewalRequested({ ...request, tenantId: newTenant() }));
  expect(await renewals(old)).toEqual([]);
  expect(await answer(old.loanId, 'renewal-assessed')).toEqual([]);
  await monitoring.test.deliver(new RenewalRequested(request));
  const { maturesOn } = await see(old, `/loans/${old.loanId}`);
  const [told] = await answer(old.loanId, 'renewal-assessed');
  expect(told).toEqual({ applicationId: request.applicationId, loanId: old.loanId, isEligible: true, maturesOn });
});
