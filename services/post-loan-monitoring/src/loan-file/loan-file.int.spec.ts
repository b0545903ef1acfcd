import { createHash } from 'node:crypto';
import { newId } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import type { Principal } from '@millrace/service';
import { PARTNER, sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { DOCUMENT } from '../../test/change-loans.js';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { REPAYMENT_REVERSAL } from '../reversal/repayment-reversal.task.js';

// Goal (R-PL-06, M-RC-02, M-RC-03): a loan that is repaid gets its certificate, and some days later its file is closed and kept; only the bank opens it again.
// Method: the real service, its days closed by the test; a neighbour of another tenant goes its own way.
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

const of = (tenantId: string, id: string, ...roles: string[]): Principal => ({ ...staff(id, ...roles), tenantId });
const get = async ({ tenantId, loanId }: OwnedLoan, path = '', by: Principal = of(tenantId, 'aida', 'auditor')): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}${path}`, { ...by, tenantId })).body;
const put = ({ tenantId, loanId }: OwnedLoan, path: string, role: string, body: object): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/${path}`, of(tenantId, 'olga', role), body);

/** A loan that is paid off today, by so many fen more than it owes; answers the repayment. */
async function paidOff(extraMinor = 0n, before?: (loan: OwnedLoan) => Promise<unknown>): Promise<OwnedLoan & { readonly repaymentId: string }> {
  const tenantId = newTenant();
  const loan = { tenantId, loanId: await bookLate(monitoring, tenantId, 0, { disbursedOn: addDays(monitoring.today, -3) }) };
  await before?.(loan);
  return { ...loan, repaymentId: await payOff(loan, extraMinor) };
}
async function payOff(loan: OwnedLoan, extraMinor = 0n): Promise<string> {
  const { payoff } = await get(loan);
  return (await monitoring.pay(loan.loanId, BigInt(payoff.toPayMinor) + extraMinor, { tenantId: loan.tenantId })).repaymentId;
}
const closeThrough = async (day: string, ...loans: OwnedLoan[]): Promise<void> => {
  monitoring.goTo(addDays(day, 1));
  for (const { tenantId } of loans) await bookOf(monitoring).closeTenant(tenantId, day);
};
const settlements = async (loan: OwnedLoan): Promise<Record<string, string>[]> =>
  (await get(loan, '/letters', PARTNER)).items.filter(({ kind }: { kind: string }) => kind === 'settlement');

test('R-PL-06, M-RC-02, M-RC-03: the close of the day writes the certificate, and seven days later closes the file; what is left over or waits keeps it open', async () => {
  const guarantee = { guarantorRef: 'GUARANTOR-0009', kind: 'joint', limitMinor: '40000000', contractSha256: DOCUMENT };
  const ask = async (one: OwnedLoan) => expect((await put(one, `guarantees/${newId()}`, 'account_manager', guarantee)).status).toBe(202);
  const [loan, held, asked] = [await paidOff(), await paidOff(100n), await paidOff(0n, ask)];
  const settledOn = monitoring.today;
  await closeThrough(settledOn, loan, held, asked);
  const [letter, more] = await settlements(loan);
  expect([letter, more]).toEqual([expect.objectContaining({ templateVersion: 'settlement.v1', writtenOn: settledOn, party: 'debtor' }), undefined]);
  const { text, textSha256, translation } = await get(loan, `/letters/${letter!['letterId']}`, PARTNER);
  expect(text).toContain(`截至 ${settledOn}`);
  expect(text).toContain('300,000.00');
  expect(createHash('sha256').update(text, 'utf8').digest('hex')).toBe(textSha256);
  expect(translation).toMatchObject({ language: 'en', originalSha256: textSha256, text: expect.stringContaining('Certificate of settlement') });

  const demand = { servedOn: settledOn, channel: 'in_person', documentSha256: DOCUMENT };
  await closeThrough(addDays(settledOn, 6), loan, held, asked);
  expect(await get(loan)).toMatchObject({ status: 'SETTLED', closedOn: null, retainUntil: null });
  const closedOn = addDays(settledOn, 7);
  await closeThrough(closedOn, loan, held, asked);
  expect(await get(loan)).toMatchObject({ status: 'CLOSED', settledOn, closedOn, retainUntil: `${Number(closedOn.slice(0, 4)) + 10}${closedOn.slice(4)}` });
  expect([await get(held), await get(asked)]).toMatchObject([{ status: 'SETTLED', heldMinor: '100' }, { status: 'SETTLED' }]);
  expect((await monitoring.test.event(loan.loanId, 'loan-file-closed')).payload).toMatchObject({ closedOn, settledOn });
  expect((await monitoring.test.eventTypes(loan.loanId)).slice(-2)).toEqual(['status-changed', 'loan-file-closed']);
  // Nothing is left to be done, and one letter was written.
  await closeThrough(addDays(closedOn, 1), loan);
  expect((await settlements(loan)).length).toBe(1);

  expect(await put(loan, `demands/${newId()}`, 'risk_officer', demand)).toMatchObject({ status: 409, body: { code: 'LOAN_CLOSED' } });
  const lineId = newId();
  await monitoring.pay(loan.loanId, 100n, { tenantId: loan.tenantId }, lineId);
  const { rows } = await monitoring.test.pool.query('select outcome, reason from bank_line where line_id = $1', [lineId]);
  expect(rows).toEqual([{ outcome: 'SUSPENSE', reason: 'LOAN_CLOSED' }]);
  const partner = { ...PARTNER, tenantId: loan.tenantId };
  expect(await monitoring.report(loan.loanId, 100n, {}, newId(), partner)).toMatchObject({ status: 422, body: { code: 'LOAN_CLOSED' } });
}, 240_000);

test('S16, R-PL-06: a closed loan whose money the bank takes back is owed again; paid anew it gets another certificate, and the years of keeping begin anew', async () => {
  const loan = await paidOff();
  const other = await paidOff();
  await closeThrough(addDays(monitoring.today, 7), loan, other);
  expect([await get(loan), await get(other)]).toMatchObject([{ status: 'CLOSED' }, { status: 'CLOSED' }]);
  const { repaymentId } = loan;
  expect((await put(loan, `reversals/${newId()}`, 'payment_officer', { repaymentId, reason: 'recalled' })).status).toBe(202);
  const { taskId } = (await taskAbout(monitoring.test, REPAYMENT_REVERSAL, { repaymentId }))!;
  await sayAbout(monitoring.test, REPAYMENT_REVERSAL, taskId, { decision: 'reverse', reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
  await until(async () => (await get(loan)).status === 'ACTIVE', 'the loan to be owed again');
  expect(await get(loan)).toMatchObject({ settledOn: null, closedOn: null, retainUntil: null, outstandingPrincipalMinor: '30000000' });
  await payOff(loan);
  const closedOn = addDays(monitoring.today, 7);
  await closeThrough(closedOn, loan);
  expect(await get(loan)).toMatchObject({ status: 'CLOSED', closedOn });
  expect((await settlements(loan)).length).toBe(2);
  expect((await settlements(other)).length).toBe(1);
}, 240_000);
