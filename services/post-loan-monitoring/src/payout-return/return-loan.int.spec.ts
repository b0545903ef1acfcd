import { LoanReturned, newId, type LoanActivated, type PayloadOf } from '@millrace/contracts';
import { taskAbout } from '@millrace/testing';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { CLAUSES } from '../../test/loans.js';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';
import { SUSPENSE_MONEY } from '../bank-line/suspense-money.task.js';
import { bookDifferences } from '../accrual/verify-accrual.js';

// Goal: a payout that comes back leaves no loan, no interest and no fen that is not where it belongs (R-DB-08, S13, F17). Method: the real service; every event is delivered three times.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterEach(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.trialBalance()).total).toBe('0');
});
afterAll(async () => {
  await endPools();
  await monitoring.stop();
});

async function comesBack(loan: LoanActivated, change: Partial<PayloadOf<LoanReturned>> = {}): Promise<string> {
  const lineId = newId();
  const { applicationId, loanId, payoutId, tenantId, principalMinor: amountMinor, currency } = loan;
  const told = { lineId, amountMinor, currency, valueOn: monitoring.today, bookedAt: monitoring.test.clock.now().toISOString(), bankReference: `RT-${lineId}` };
  await monitoring.test.deliver(new LoanReturned({ applicationId, loanId, payoutId, tenantId, ...told, ...change }));
  return lineId;
}

const netOfLoan = async (loanId: string, through = '9999-12-31') => {
  const { rows } = await monitoring.test.pool.query<{ account: string; net: string }>(
    `select l.account, sum(l.debit_minor - l.credit_minor)::text as net from journal_entry e join journal_line l using (entry_id)
     where e.loan_id = $1 and e.value_on <= $2 group by l.account having sum(l.debit_minor - l.credit_minor) <> 0 order by l.account`,
    [loanId, through],
  );
  return Object.fromEntries(rows.map(({ account, net }) => [account, net]));
};
const line = async (lineId: string) => (await monitoring.test.pool.query('select outcome, reason from bank_line where line_id = $1', [lineId])).rows[0];
const statusEvents = async (loanId: string) =>
  (await monitoring.test.events(loanId)).filter(({ type }) => type === 'status-changed').map(({ payload }) => [payload.status, payload.reasonCode]);

test('on the day after: the loan is void, nothing is owed, and its cash nets to nothing by the day of the bank', async () => {
  const loan = await monitoring.book({ tenantId: newTenant(), clauses: CLAUSES });
  const paidOn = monitoring.today;
  const nextDay = new Date(Date.parse(paidOn) + 86_400_000).toISOString().slice(0, 10);
  monitoring.goTo(nextDay);
  const lineId = await comesBack(loan);
  expect(await line(lineId)).toEqual({ outcome: 'RETURNED', reason: null });
  const { rows } = await monitoring.test.pool.query('select * from loan where loan_id = $1', [loan.loanId]);
  expect(rows[0]).toMatchObject({
    status: 'RETURNED',
    live: false,
    outstanding_principal_minor: '0',
    held_minor: '0',
    oldest_due_on: null,
    return_line_id: lineId,
  });
  expect([await netOfLoan(loan.loanId), (await netOfLoan(loan.loanId, paidOn))['1002']]).toEqual([{}, '-30000000']);
  expect(await statusEvents(loan.loanId)).toEqual([['RETURNED', 'PAYOUT_RETURNED']]);
  const view = (await monitoring.test.call('GET', `/loans/${loan.loanId}`, { ...AUDITOR, tenantId: loan.tenantId })).body;
  expect(view).toMatchObject({
    status: 'RETURNED',
    returnedOn: nextDay,
    settledOn: null,
    dueMinor: '0',
    outstandingPrincipalMinor: '0',
    payoff: null,
    nextDue: null,
  });
  // The same line under another event, and another line for the same payout.
  await comesBack(loan, { lineId });
  expect(await statusEvents(loan.loanId)).toHaveLength(1);
});

test('F17: interest of the days that are closed is taken back with the value dates of those days, and no day accrues after', async () => {
  const loan = await monitoring.book({ tenantId: newTenant(), clauses: CLAUSES });
  const from = monitoring.today;
  const day = (days: number) => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
  monitoring.goTo(day(3));
  await bookOf(monitoring).closeTenant(loan.tenantId, day(2));
  const accrued = (through: string) => netOfTenant(loan.tenantId, through);
  expect(Object.keys(await accrued(day(2)))).toContain('6011');
  await comesBack(loan);
  for (const at of [day(1), day(2)]) expect(await accrued(at)).not.toHaveProperty('6011');
  monitoring.goTo(day(6));
  await bookOf(monitoring).closeTenant(loan.tenantId, day(5));
  // What was set aside for the loan is given back by the close.
  expect(await accrued(day(5))).toEqual({});
  expect((await bookDifferences(monitoring.test.pool)).filter(({ tenantId }) => tenantId === loan.tenantId)).toEqual([]);
});

const netOfTenant = async (tenantId: string, through: string) => {
  const { rows } = await monitoring.test.pool.query<{ account: string; net: string }>(
    `select l.account, sum(l.debit_minor - l.credit_minor)::text as net from journal_entry e join journal_line l using (entry_id)
     where e.tenant_id = $1 and e.value_on <= $2 group by l.account having sum(l.debit_minor - l.credit_minor) <> 0`,
    [tenantId, through],
  );
  return Object.fromEntries(rows.map(({ account, net }) => [account, net]));
};

test('what the borrower has paid already is his: it leaves the loan and waits in suspense for two persons; later money follows it', async () => {
  const loan = await monitoring.book();
  await monitoring.pay(loan.loanId, 500_000n, { lineId: loan.contractId }, loan.contractId);
  await monitoring.pay(loan.loanId, 40_000_000n);
  expect((await monitoring.loan(loan.loanId)).status).toBe('SETTLED');
  await comesBack(loan);
  expect(await netOfLoan(loan.loanId)).toEqual({});
  expect((await monitoring.loan(loan.loanId)).status).toBe('RETURNED');
  const { rows } = await monitoring.test.pool.query('select s.state, s.again_for from suspense s join repayment r using (line_id) where r.loan_id = $1', [
    loan.loanId,
  ]);
  expect(rows).toEqual(Array(2).fill({ state: 'open', again_for: 'LOAN_RETURNED' }));
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId: loan.contractId })).toMatchObject({
    facts: { why: 'LOAN_RETURNED', wrongLoanId: loan.loanId },
  });
  const late = await monitoring.line(loan.loanId, 700n);
  await monitoring.test.deliver(late);
  expect(await line(late.lineId)).toEqual({ outcome: 'SUSPENSE', reason: 'LOAN_RETURNED' });
  expect((await monitoring.report(loan.loanId, 100n)).body.code).toBe('LOAN_RETURNED');
});

test('a loan that was called in meanwhile is for people: the money is kept, and nothing is undone', async () => {
  const loan = await monitoring.book();
  await monitoring.test.pool.query(`update loan set status = 'ACCELERATED', accelerated_on = $2 where loan_id = $1`, [loan.loanId, monitoring.today]);
  const lineId = await comesBack(loan);
  expect(await line(lineId)).toEqual({ outcome: 'SUSPENSE', reason: 'RETURN_TOO_LATE' });
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId })).toMatchObject({ facts: { why: 'RETURN_TOO_LATE', payoutId: loan.payoutId } });
});

test.each([
  ['a fen less than the loan', { amountMinor: '29999999' }],
  ['another payout', { payoutId: newId() }],
  ['another lender', { tenantId: 't2' }],
])('what says %s came back is nobody’s word, and is refused', async (_what, change) => {
  const loan = await monitoring.book();
  const lineId = await comesBack(loan, change);
  expect(await line(lineId)).toBeUndefined();
  expect((await monitoring.loan(loan.loanId)).status).toBe('ACTIVE');
});

test('money that the bank says is a transfer of ours coming back, and that is no payout, is kept, whatever loan its text names', async () => {
  const loan = await monitoring.book();
  const told = await monitoring.line(loan.loanId, 29_999_999n, { returnOf: 'BK1' });
  await monitoring.test.deliver(told);
  expect(await line(told.lineId)).toEqual({ outcome: 'SUSPENSE', reason: 'RETURN_UNMATCHED' });
});
