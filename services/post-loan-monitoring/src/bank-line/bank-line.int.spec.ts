import { MoneyReceived, newId, type PayloadOf } from '@millrace/contracts';
import { PARTNER, sayAbout, taskAbout, until } from '@millrace/testing';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { SUSPENSE_MONEY } from './suspense-money.task.js';

// Goal: what the bank shows is booked once, on the loan that it names, or stands in suspense (S16, R-DB-08, M-EV-09). Method: the real service; every line is delivered three times.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.trialBalance()).total).toBe('0');
  await monitoring.stop();
});

type Loan = { readonly loanId: string; readonly applicationId: string };

/** A line of the statement that pays a loan, or names none. */
async function comes(loan: Loan | undefined, amountMinor: bigint, change: Partial<PayloadOf<MoneyReceived>> = {}): Promise<string> {
  const lineId = newId();
  const about = loan ? { storyId: loan.applicationId, applicationId: loan.applicationId, loanId: loan.loanId, payerIsBorrower: true } : { storyId: lineId };
  const told = { lineId, tenantId: 't1', amountMinor: String(amountMinor), currency: 'CNY', valueOn: monitoring.today, bankReference: `BT-${lineId}` };
  await monitoring.test.deliver(new MoneyReceived({ ...about, ...told, bookedAt: monitoring.test.clock.now().toISOString(), ...change }));
  return lineId;
}

const line = async (lineId: string) =>
  (await monitoring.test.pool.query('select outcome, reason, repayment_id, payer_is_borrower from bank_line where line_id = $1', [lineId])).rows[0];
const suspense = async (lineId: string) => (await monitoring.test.pool.query('select state, loan_id from suspense where line_id = $1', [lineId])).rows[0];
/** What is owed to whoever the money in suspense belongs to, in fen. */
const kept = async () => -BigInt((await monitoring.trialBalance()).byAccount['2242'] ?? '0');
const repayments = async (loanId: string) => (await monitoring.test.call('GET', `/loans/${loanId}/repayments`)).body.items;

async function decide(lineId: string, decision: string, parameters: Record<string, string>): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }))!;
  await sayAbout(monitoring.test, SUSPENSE_MONEY, taskId, { decision, parameters, reason: 'BANK_STATEMENT_SEEN' }, 'Li Na', 'Wang Wei');
}

test('S16: money of a loan is booked once as a repayment under the id of its line; the books balance', async () => {
  const loan = await monitoring.book();
  const before = await kept();
  const lineId = await comes(loan, 2_586_822n);
  expect(await line(lineId)).toEqual({ outcome: 'BOOKED', reason: null, repayment_id: lineId, payer_is_borrower: true });
  expect(await repayments(loan.loanId)).toMatchObject([{ repaymentId: lineId, amountMinor: '2586822', bankReference: `BT-${lineId}` }]);
  expect((await monitoring.test.eventTypes(loan.loanId)).filter((type) => type === 'repayment-received')).toHaveLength(1);
  expect(await kept()).toBe(before);
});

test('S16: a line that names no loan is that of its announcement; with another amount, two persons give it, under the announced id', async () => {
  const loan = await monitoring.book();
  const [told, other] = [newId(), newId()];
  await monitoring.report(loan.loanId, 700_000n, { bankReference: 'TOLD-1' }, told);
  await monitoring.report(loan.loanId, 60_000n, { bankReference: 'TOLD-2' }, other);
  expect(await line(await comes(undefined, 700_000n, { bankReference: 'TOLD-1' }))).toMatchObject({ outcome: 'BOOKED', repayment_id: told });
  const less = await comes(undefined, 50_000n, { bankReference: 'TOLD-2' });
  expect(await line(less)).toMatchObject({ outcome: 'SUSPENSE', reason: 'ANNOUNCED_OTHERWISE' });
  const facts = { announcedLoanId: loan.loanId, announcedAmountMinor: '60000' };
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId: less })).toMatchObject({ facts });
  await decide(less, 'assign', { loanId: loan.loanId });
  await until(async () => (await suspense(less)).state === 'assigned', 'the assignment');
  expect(await repayments(loan.loanId)).toMatchObject([
    { repaymentId: told, amountMinor: '700000', state: 'booked' },
    { repaymentId: other, amountMinor: '50000', announcedAmountMinor: '60000', state: 'booked' },
  ]);
  // Another line under a reference that is booked is another matter: the bank's money is kept, and a person looks.
  expect(await line(await comes(loan, 70_000n, { bankReference: 'TOLD-1' }))).toMatchObject({ outcome: 'SUSPENSE', reason: 'REFERENCE_TAKEN' });
});

test('S16: the payer says which loan is paid, and no announcement for another loan, or of another lender, turns it', async () => {
  const [paid, claimed, foreign] = [await monitoring.book(), await monitoring.book(), await monitoring.book({ tenantId: 't2' })];
  const claim = () => monitoring.report(claimed.loanId, 700_000n, { bankReference: 'CLAIMED' }, claimed.contractId);
  expect((await claim()).status).toBe(202);
  await monitoring.report(foreign.loanId, 700_000n, { bankReference: 'CLAIMED-2' }, newId(), { ...PARTNER, tenantId: 't2' });
  expect(await line(await comes(paid, 700_000n, { bankReference: 'CLAIMED' }))).toMatchObject({ outcome: 'BOOKED' });
  expect(await claim()).toMatchObject({ status: 202, body: { state: 'shown_otherwise' } });
  expect([await repayments(claimed.loanId), (await repayments(paid.loanId)).length]).toEqual([[], 1]);
  expect(await line(await comes(undefined, 700_000n, { bankReference: 'CLAIMED-2' }))).toMatchObject({ outcome: 'SUSPENSE', reason: 'NO_LOAN_NAMED' });
});

test('what a version before has booked on somebody’s word is unconfirmed until its line comes, and is not booked again', async () => {
  const loan = await monitoring.book();
  const { repaymentId } = await monitoring.pay(loan.loanId, 30_000n, { bankReference: 'OLD-WORD' });
  // As the version before has left it.
  await monitoring.test.pool.query('update repayment set line_id = null where repayment_id = $1', [repaymentId]);
  expect(await repayments(loan.loanId)).toMatchObject([{ state: 'unconfirmed' }]);
  const lineId = await comes(loan, 30_000n, { bankReference: 'OLD-WORD' });
  expect(await line(lineId)).toMatchObject({ outcome: 'CONFIRMED', repayment_id: repaymentId });
  expect(await repayments(loan.loanId)).toMatchObject([{ repaymentId, state: 'booked' }]);
  expect(await monitoring.loan(loan.loanId)).toMatchObject({ heldMinor: '30000' });
  expect(await line(await comes(loan, 30_000n, { bankReference: 'OLD-WORD' }))).toMatchObject({ outcome: 'SUSPENSE', reason: 'REFERENCE_TAKEN' });
});

test.each([
  ['names no loan', 'NO_LOAN_NAMED', () => comes(undefined, 1_000n)],
  ['names a loan that there is not', 'LOAN_UNKNOWN', () => comes(undefined, 1_000n, { loanId: newId() })],
  ['names the loan of another lender', 'LOAN_UNKNOWN', async () => comes(undefined, 1_000n, { loanId: (await monitoring.book({ tenantId: 't2' })).loanId })],
  ['is on another lender’s account', 'LOAN_UNKNOWN', async () => comes(await monitoring.book(), 1_000n, { tenantId: 't2' })],
  ['is more than the loan can owe', 'MORE_THAN_OWED', async () => comes(await monitoring.book(), 100_000_000n)],
  ['counts from a day to come', 'RECEIVED_IN_FUTURE', async () => comes(await monitoring.book(), 1_000n, { valueOn: '2027-01-01' })],
])('S16: money that %s is kept in suspense, once, and asked about', async (_what, reason, arrive) => {
  const before = await kept();
  const lineId = await arrive();
  expect(await line(lineId)).toMatchObject({ outcome: 'SUSPENSE', reason });
  expect(await suspense(lineId)).toEqual({ state: 'open', loan_id: null });
  expect((await kept()) - before).toBe(reason === 'MORE_THAN_OWED' ? 100_000_000n : 1_000n);
  expect(await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId })).toMatchObject({ status: 'open', facts: { why: reason } });
});

test('R-UW-05: assigned by two persons it pays the loan as of the day on which it came, and leaves suspense', async () => {
  const loan = await monitoring.book();
  const lineId = await comes(undefined, 300_000n);
  const came = monitoring.today;
  const before = await kept();
  await decide(lineId, 'assign', { loanId: loan.loanId });
  await until(async () => (await suspense(lineId)).state === 'assigned', 'the assignment');
  expect(await repayments(loan.loanId)).toMatchObject([{ repaymentId: lineId, amountMinor: '300000', receivedOn: came }]);
  expect(before - (await kept())).toBe(300_000n);
});

test('a loan that is none of the lender’s cannot be named, and the money stays; sent back, it leaves the books', async () => {
  const foreign = await monitoring.book({ tenantId: 't2' });
  const lineId = await comes(undefined, 40_000n);
  const before = await kept();
  for (const loanId of [foreign.loanId, 'no loan']) {
    await decide(lineId, 'assign', { loanId });
    await until(async () => (await taskAbout(monitoring.test, SUSPENSE_MONEY, { lineId }))?.status === 'open', 'the task to be open again');
  }
  expect(await kept()).toBe(before);
  await decide(lineId, 'return', { returnReference: 'BACK-1' });
  await until(async () => (await suspense(lineId)).state === 'returned', 'the return');
  expect(before - (await kept())).toBe(40_000n);
});

test('lines, and what became of them, cannot be changed', async () => {
  await expect(monitoring.test.pool.query('update bank_line set amount_minor = 1')).rejects.toThrow(/permission denied/);
});

test('S16: money in suspense, or sent back, is not booked beside by a report of it', async () => {
  const loan = await monitoring.book();
  const lineId = await comes(undefined, 300_000n);
  const report = () => monitoring.report(loan.loanId, 300_000n, { bankReference: `BT-${lineId}` });
  expect(await report()).toMatchObject({ status: 409, body: { code: 'MONEY_KEPT_ALREADY' } });
  await decide(lineId, 'return', { returnReference: 'BACK-2' });
  await until(async () => (await suspense(lineId)).state === 'returned', 'the return');
  expect(await report()).toMatchObject({ status: 409, body: { code: 'MONEY_KEPT_ALREADY' } });
  expect(await repayments(loan.loanId)).toEqual([]);
});

test('S16: a second line of one reference is money of its own: it is kept, and two persons may give it to the loan', async () => {
  const loan = await monitoring.book();
  const first = await comes(loan, 5_000n, { bankReference: 'TWICE' });
  const second = await comes(loan, 5_000n, { bankReference: 'TWICE' });
  expect([await line(first), await line(second)]).toMatchObject([{ outcome: 'BOOKED' }, { outcome: 'SUSPENSE', reason: 'REFERENCE_TAKEN' }]);
  await decide(second, 'assign', { loanId: loan.loanId });
  await until(async () => (await suspense(second)).state === 'assigned', 'the assignment');
  expect(await monitoring.loan(loan.loanId)).toMatchObject({ heldMinor: '10000' });
});

test('M-LN-02: charges for lateness are a part of what a loan can owe', async () => {
  const clauses = { penaltyUpliftBps: 4_000, graceDays: 0, compound: true, misuseUpliftBps: 8_000, prepaymentFeeBps: 0 } as const;
  const terms = { prepaymentInterest: 'to_the_day', prepaymentEffect: 'shorter_term', holidayCalendar: null } as const;
  const loan = await monitoring.book({ tenorMonths: 1, clauses: { ...clauses, ...terms } });
  const { items } = await monitoring.schedule(loan.loanId);
  monitoring.goTo('2026-08-20');
  await comes(loan, BigInt(items[0].totalMinor));
  const { status, dueMinor } = await monitoring.loan(loan.loanId);
  expect([status, BigInt(dueMinor) > 0n]).toEqual(['OVERDUE', true]);
  expect(await line(await comes(loan, BigInt(dueMinor)))).toMatchObject({ outcome: 'BOOKED' });
  expect(await monitoring.loan(loan.loanId)).toMatchObject({ status: 'SETTLED', heldMinor: '0' });
});
