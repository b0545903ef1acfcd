import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import type { Principal } from '@millrace/service';
import { bookDifferences } from '../accrual/verify-accrual.js';
import { decideChange } from '../../test/change-loans.js';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { CLAUSES } from '../../test/loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { GUARANTEE } from '../guarantee/guarantee.tasks.js';
import { SUSPENSE_MONEY } from '../bank-line/suspense-money.task.js';

// Goal (R-PL-06): a claim that is sold leaves the books to the fen, its guarantees go with it, and nothing of the loan goes on. Method: the real service; every event is delivered three times.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const BUYER = '91990100MA0LENDER2';
const BORROWER = '91990100MA0TE00010';
const PRICE = 12_000_000n;
const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });

/** A loan of 4 March 2026 that pays nothing, looked at on the morning after so many days, with its days closed. */
async function lateFor(days: number): Promise<OwnedLoan> {
  const disbursedOn = monitoring.today;
  const { loanId, tenantId } = await monitoring.book({ tenantId: newTenant(), uscc: BORROWER, clauses: CLAUSES });
  monitoring.goTo(addDays(disbursedOn, days));
  await bookOf(monitoring).closeTenant(tenantId, addDays(disbursedOn, days - 1));
  return { loanId, tenantId };
}

const bodyOf = (change: object = {}) => ({
  ...{ buyerName: '样例资产管理有限公司', buyerUscc: BUYER, priceMinor: String(PRICE), contractReference: 'ZR-2026-1', contractSha256: 'a'.repeat(64) },
  ...{ transfersOn: monitoring.today, ...change },
});
const ask = ({ tenantId, loanId }: OwnedLoan, change: object = {}, transferId = newId(), by = of(tenantId, 'olga', 'risk_officer')): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/transfers/${transferId}`, by, bodyOf(change));

/** Three members say yes, the head of risk among them, and one of them concludes. */
async function approve({ tenantId, loanId }: OwnedLoan, taskId: string): Promise<void> {
  const say = (by: string, role: string, what: string, body: object = {}): Promise<Answer> =>
    monitoring.test.call('PUT', `/loans/${loanId}/committees/${taskId}/${what}`, of(tenantId, by, role), body);
  const yes = { decision: 'apply', reasonCode: 'PRICE_IS_FAIR' };
  for (const [by, role] of [
    ['carla', 'credit_approver'],
    ['dora', 'credit_approver'],
    ['rita', 'risk_officer'],
  ] as const)
    expect((await say(by, role, `votes/${newId()}`, yes)).status).toBe(200);
  expect((await say('rita', 'risk_officer', `conclusions/${newId()}`)).body).toMatchObject({ outcome: 'apply' });
}

const shown = async ({ tenantId, loanId }: OwnedLoan, what = ''): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}${what}`, of(tenantId, 'aida', 'auditor'))).body;

async function sell(loan: OwnedLoan, change: object = {}): Promise<string> {
  const asked = await ask(loan, change);
  expect(asked).toMatchObject({ status: 202, body: { kind: 'transfer', state: 'requested' } });
  await approve(loan, asked.body.taskId);
  await until(async () => (await shown(loan)).status === 'TRANSFERRED', 'the sale to be booked');
  return asked.body.changeId;
}

/** Debits less credits by account, of a loan or of a whole tenant. */
async function balancesOf(where: 'loan_id' | 'tenant_id', id: string): Promise<Record<string, string>> {
  const { rows } = await monitoring.test.pool.query<{ account: string; net: string }>(
    `select account, sum(debit_minor - credit_minor)::text as net from journal_line join journal_entry using (entry_id) where ${where} = $1
     group by account having sum(debit_minor - credit_minor) <> 0 order by account`,
    [id],
  );
  return Object.fromEntries(rows.map(({ account, net }) => [account, net]));
}

const close = ({ tenantId }: OwnedLoan, day: string): Promise<unknown> => bookOf(monitoring).closeTenant(tenantId, day);
const row = async (sql: string, ...values: unknown[]) => (await monitoring.test.pool.query(sql, values)).rows[0];

test('R-PL-06, M-PV-01: the books are without the claim from its day on, its case is closed, its guarantor is told, and nothing of it goes on', async () => {
  const loan = await lateFor(40);
  const { tenantId, loanId } = loan;
  const guaranteeId = newId();
  const guarantee = { guarantorRef: 'GUARANTOR-0001', kind: 'joint', limitMinor: '40000000', contractSha256: 'a'.repeat(64) };
  await monitoring.test.call('PUT', `/loans/${loanId}/guarantees/${guaranteeId}`, of(tenantId, 'amy', 'account_manager'), guarantee);
  await decideChange(monitoring, GUARANTEE, guaranteeId, 'apply');
  const before = await shown(loan);
  expect(before).toMatchObject({ status: 'OVERDUE', transferredOn: null, transferredTo: null });
  const soldOn = monitoring.today;
  const transferId = await sell(loan);

  const transfer = await shown(loan, '/transfer');
  const { principalMinor, interestMinor, penaltyMinor, allowanceMinor, gainMinor } = transfer;
  const owed = BigInt(principalMinor) + BigInt(interestMinor) + BigInt(penaltyMinor);
  expect(transfer).toMatchObject({
    transferId,
    transferredOn: soldOn,
    wasWrittenOff: false,
    priceReceivedMinor: '0',
    noticeServedOn: null,
    principalMinor: '30000000',
  });
  expect(owed).toBe(BigInt(before.payoff.totalMinor) - BigInt(before.payoff.feesMinor));
  expect(BigInt(gainMinor)).toBe(PRICE + BigInt(allowanceMinor) - owed);
  expect(BigInt(allowanceMinor)).toBeGreaterThan(0n);
  expect(await balancesOf('loan_id', loanId)).toMatchObject({
    '1221': String(PRICE),
    '1304': allowanceMinor,
    '1132': String(BigInt(principalMinor) - owed),
    '6111': String(-BigInt(gainMinor)),
  });

  expect(await shown(loan)).toMatchObject({
    status: 'TRANSFERRED',
    transferredOn: soldOn,
    transferredTo: '样例资产管理有限公司',
    settledOn: null,
    payoff: null,
  });
  expect(await shown(loan)).toMatchObject({ outstandingPrincipalMinor: '0', dueMinor: '0', dpd: 0, nextDue: null, guaranteeStatus: 'transferred' });
  const { items } = await shown(loan, '/schedule');
  expect(new Set(items.map(({ status, paidPrincipalMinor }: Record<string, string>) => `${status} ${paidPrincipalMinor}`))).toEqual(new Set(['transferred 0']));
  const { items: letters } = await shown(loan, '/letters');
  const notices = letters.filter(({ kind }: { kind: string }) => kind.endsWith('transfer_notice'));
  expect(notices).toMatchObject([
    { kind: 'transfer_notice', party: 'debtor', delivery: 'planned' },
    { kind: 'guarantor_transfer_notice', party: 'guarantor', guaranteeId, delivery: 'planned' },
  ]);
  expect(await monitoring.test.event(loanId, 'transferred')).toMatchObject({
    payload: { transferId, on: soldOn, buyerUscc: BUYER, principalMinor, interestMinor, penaltyMinor },
  });
  const types = await monitoring.test.eventTypes(loanId);
  expect(types).toEqual(expect.arrayContaining(['status-changed', 'collection-case-closed', 'guarantee-status-changed']));
  expect(types).not.toContain('cured');
  const history = await row('select status_from, status_to, trigger, evidence from loan_history where loan_id = $1 order by seq desc limit 1', loanId);
  expect(history).toMatchObject({ status_from: 'OVERDUE', status_to: 'TRANSFERRED', evidence: { requestedBy: 'olga', buyerUscc: BUYER } });

  monitoring.goTo(addDays(soldOn, 3));
  await close(loan, addDays(soldOn, 2));
  const closed = await balancesOf('tenant_id', tenantId);
  // What is left of the loan in all books: the cash that went out, the price that is owed, and income and losses.
  expect(Object.keys(closed).filter((account) => !account.startsWith('6'))).toEqual(['1002', '1221']);
  expect((await bookDifferences(monitoring.test.pool)).filter((one) => one.tenantId === tenantId)).toEqual([]);
  const report = `select coalesce(sum(balance_minor), 0)::text as minor from portfolio_cell where tenant_id = $1 and day = $2`;
  expect([await row(report, tenantId, addDays(soldOn, -1)), await row(report, tenantId, soldOn)]).toEqual([{ minor: principalMinor }, { minor: '0' }]);
  expect(await row('select count(*)::int as count from loan_standing where loan_id = $1 and collection_stage is null', loanId)).toEqual({ count: 1 });
}, 60_000);

test('R-DB-08: money of the borrower waits in suspense as its buyer’s and is paid on; the buyer’s money pays the price, and no more than the price', async () => {
  const loan = await lateFor(35);
  const { tenantId, loanId } = loan;
  await sell(loan);
  expect((await monitoring.report(loanId, 100n, {}, newId(), of(tenantId, 'pan', 'payment_officer'))).body.code).toBe('CLAIM_TRANSFERRED');
  const late = await monitoring.line(loanId, 700n);
  await monitoring.test.deliver(late);
  expect(await row('select outcome, reason from bank_line where line_id = $1', late.lineId)).toEqual({ outcome: 'SUSPENSE', reason: 'CLAIM_TRANSFERRED' });
  const state = async (lineId: string) => (await row('select state from suspense where line_id = $1', lineId)).state;
  const decide = async (lineId: string, decision: string, parameters: Record<string, string>): Promise<void> => {
    const { taskId } = (await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }))!;
    await sayAbout(monitoring.test, SUSPENSE_MONEY, taskId, { decision, reason: 'BANK_STATEMENT_SEEN', parameters }, 'Li Na', 'Wang Wei');
  };
  await decide(late.lineId, 'pass-on', { loanId, passReference: 'OUT-1' });
  await until(async () => (await state(late.lineId)) === 'passed_on', 'the money to be passed on');

  const [part, tooMuch] = [await monitoring.line(loanId, PRICE - 1n), await monitoring.line(loanId, 2n)];
  for (const line of [part, tooMuch]) await monitoring.test.deliver(line);
  await decide(part.lineId, 'price', { loanId });
  await until(async () => (await state(part.lineId)) === 'price', 'the price to be booked');
  expect(await balancesOf('loan_id', loanId)).toMatchObject({ '1221': '1' });
  expect(await shown(loan, '/transfer')).toMatchObject({ priceReceivedMinor: String(PRICE - 1n) });
  await decide(tooMuch.lineId, 'price', { loanId });
  const failed = async () => (await row('select failure from task where task_id = (select task_id from suspense where line_id = $1)', tooMuch.lineId)).failure;
  await until(async () => (await failed()) !== null, 'the task to be sent back');
  expect([await state(tooMuch.lineId), await failed()]).toEqual(['open', expect.stringContaining('1 fen are left')]);
  const suspense = await row(
    `select sum(credit_minor - debit_minor)::text as net from journal_line join journal_entry using (entry_id) where tenant_id = $1 and account = '2242'`,
    tenantId,
  );
  expect(suspense).toEqual({ net: '2' });
}, 60_000);

test('R-OP-06: who may not, what is under way, another buyer and another day: nothing is asked, and the claim of a loan that has ended is none', async () => {
  const loan = await lateFor(45);
  const { tenantId, loanId } = loan;
  expect((await ask(loan, {}, newId(), of('another', 'olga', 'risk_officer'))).status).toBe(404);
  expect((await ask(loan, {}, newId(), of(tenantId, 'carla', 'credit_approver'))).status).toBe(403);
  for (const wrong of [
    { priceMinor: '0' },
    { buyerUscc: '91990100MA0LENDER3' },
    { buyerName: ' ' },
    { transfersOn: '2026-02-30' },
    { contractReference: 'a b' },
  ])
    expect(await ask(loan, wrong)).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  expect(await ask(loan, { buyerUscc: BORROWER })).toMatchObject({ status: 422, body: { code: 'TRANSFER_TO_BORROWER' } });
  expect(await ask(loan, { transfersOn: addDays(monitoring.today, -1) })).toMatchObject({ status: 422, body: { code: 'TRANSFER_DAY_PAST' } });
  expect((await monitoring.test.call('GET', `/loans/${loanId}/transfer`, of(tenantId, 'aida', 'auditor'))).status).toBe(404);
  const repaymentId = newId();
  await monitoring.report(loanId, 100n, {}, repaymentId, of(tenantId, 'pan', 'payment_officer'));
  expect(await ask(loan)).toMatchObject({ status: 409, body: { code: 'TRANSFER_MONEY_UNDER_WAY' } });
  await monitoring.pay(loanId, 100n, { bankReference: `B-${repaymentId}` }, repaymentId);
  // The committee concludes before the day from which the contract has the claim pass: the question is open again.
  const early = await ask(loan, { transfersOn: addDays(monitoring.today, 1) });
  await approve(loan, early.body.taskId);
  const failure = async () => (await row('select failure from task where task_id = $1', early.body.taskId)).failure;
  await until(async () => (await failure()) !== null, 'the task to be sent back');
  expect([await failure(), (await shown(loan)).status]).toEqual([expect.stringContaining('not before'), 'OVERDUE']);
  expect(await ask(loan)).toMatchObject({ status: 409, body: { code: 'CHANGE_WAITS_ALREADY' } });
  monitoring.goTo(addDays(monitoring.today, 1));
  await approve(loan, early.body.taskId);
  await until(async () => (await shown(loan)).status === 'TRANSFERRED', 'the sale to be booked');
  expect(await ask(loan)).toMatchObject({ status: 409, body: { code: 'LOAN_NOT_LIVE' } });
  const reversal = { repaymentId, reason: 'bounced' };
  const officer = of(tenantId, 'pan', 'payment_officer');
  expect((await monitoring.test.call('PUT', `/loans/${loanId}/reversals/${newId()}`, officer, reversal)).body.code).toBe('CLAIM_TRANSFERRED');
}, 60_000);
