import { newId } from '@millrace/contracts';
import { addDays, addMonths } from '@millrace/finance';
import { staff, taskAbout, until, type Answer } from '@millrace/testing';
import { DOCUMENT, scheduleBefore } from '../../test/change-loans.js';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { RESTRUCTURING } from './restructuring.task.js';

// Goal (S18, G-CL-13): other terms for a borrower who cannot pay: nothing is late any more, no fen is lost, and the loan is observed. Method: the real service on
// real PostgreSQL, whose clock goes on from test to test; a neighbour of another tenant is as late and keeps its terms.
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

const RATE_BPS = 435;
interface Late {
  readonly tenantId: string;
  readonly loanId: string;
  readonly otherId: string;
  readonly dueOn: string;
}

/** A loan whose first instalment is late by some days, beside one of another tenant; the close of the last days may lag. */
async function lateBy(days: number, isClosed = true): Promise<Late> {
  const [tenantId, other] = [newTenant(), newTenant()];
  const { loanId, disbursedOn } = await monitoring.book({ tenantId });
  const { loanId: otherId } = await monitoring.book({ tenantId: other });
  const dueOn = addMonths(disbursedOn, 1);
  for (const one of [tenantId, other])
    for (const day of [disbursedOn, ...(isClosed ? [addDays(dueOn, days)] : [])]) await bookOf(monitoring).closeTenant(one, day);
  monitoring.goTo(addDays(dueOn, days + 1));
  return { tenantId, loanId, otherId, dueOn };
}

const managerOf = (tenantId: string) => ({ ...staff('mia', 'account_manager'), tenantId });
const restructure = ({ tenantId, loanId }: Late, change: Record<string, unknown>, id = newId()): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/restructurings/${id}`, managerOf(tenantId), {
    hardship: 'loss_of_customers',
    evidenceSha256: DOCUMENT,
    consents: [],
    ...change,
  });
const see = async (tenantId: string, path: string): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', path, { ...staff('aida', 'auditor'), tenantId })).body;
/** Three members say yes, the head of risk among them, who concludes; answers once the loan is changed. */
async function decide({ body: { changeId, taskId, loanId } }: Answer, tenantId: string): Promise<void> {
  const say = (name: string, role: string, what: string, body: object): Promise<Answer> =>
    monitoring.test.call('PUT', `/loans/${loanId}/committees/${taskId}/${what}`, { ...staff(name, role), tenantId }, body);
  const vote = { decision: 'apply', reasonCode: 'CONDITIONS_MET' };
  for (const name of ['carla', 'dora']) await say(name, 'credit_approver', `votes/${newId()}`, vote);
  await say('rita', 'risk_officer', `votes/${newId()}`, vote);
  expect(await say('rita', 'risk_officer', `conclusions/${newId()}`, {})).toMatchObject({ body: { outcome: 'apply' } });
  await until(async () => !(await taskAbout(monitoring.test, RESTRUCTURING, { changeId })), 'the decision to be applied');
}

test('S18, G-CL-13: a loan that is 40 days late is laid out anew: not late, special mention and observed; its old schedule is kept', async () => {
  const late = await lateBy(40);
  const { tenantId, loanId, dueOn } = late;
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'OVERDUE', dpd: 41, loanClass: 'SPECIAL_MENTION' });
  const { items: before } = await see(tenantId, `/loans/${loanId}/schedule`);
  const firstDueOn = addMonths(dueOn, 3);
  const asked = await restructure(late, { rateBps: RATE_BPS, firstDueOn, instalments: 18 });
  expect(asked).toMatchObject({ status: 202, body: { kind: 'restructuring', state: 'requested' } });
  await decide(asked, tenantId);
  const loan = await see(tenantId, `/loans/${loanId}`);
  const maturesOn = addMonths(firstDueOn, 17);
  expect(loan).toMatchObject({ status: 'ACTIVE', dpd: 0, loanClass: 'SPECIAL_MENTION', outstandingPrincipalMinor: '30000000', maturesOn });
  expect(loan).toMatchObject({ restructuredOn: addDays(dueOn, 41), extendedOn: null });
  const { items: rows, totals } = await see(tenantId, `/loans/${loanId}/schedule`);
  expect(rows).toHaveLength(20);
  // What was late asks for nothing where it was, and its interest comes with the first new due.
  expect(rows[0]).toMatchObject({ principalMinor: '0', interestMinor: '0', status: 'paid' });
  expect(totals.principalMinor).toBe('30000000');
  expect(BigInt(rows[2].interestMinor)).toBeGreaterThan(BigInt(rows[3].interestMinor) + BigInt(before[0].interestMinor));
  expect(await scheduleBefore(monitoring, loanId, 1)).toHaveLength(12);
  expect((await monitoring.test.event(loanId, 'loan-restructured')).payload).toMatchObject({ rateBps: RATE_BPS, maturesOn });
  const history = 'select loan_class as class from loan_standing_history where loan_id = $1 order by seq';
  const { rows: stood } = await monitoring.test.pool.query<{ class: string }>(history, [loanId]);
  expect([...new Set(stood.map((row) => row.class))]).toEqual(['SPECIAL_MENTION']);
  const { rows: other } = await monitoring.test.pool.query('select status from loan where loan_id = $1', [late.otherId]);
  expect(other).toEqual([{ status: 'OVERDUE' }]);
});

test('S18, G-CL-13: restructured again in the watch it is substandard, and what was non-performing stays so', async () => {
  const late = await lateBy(95);
  const { tenantId, loanId, dueOn } = late;
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ loanClass: 'SUBSTANDARD' });
  await decide(await restructure(late, { firstDueOn: addMonths(dueOn, 5), instalments: 24 }), late.tenantId);
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'ACTIVE', dpd: 0, loanClass: 'SUBSTANDARD' });
  const other = await lateBy(10);
  await decide(await restructure(other, { firstDueOn: addMonths(other.dueOn, 2), instalments: 24 }), other.tenantId);
  expect(await see(other.tenantId, `/loans/${other.loanId}`)).toMatchObject({ loanClass: 'SPECIAL_MENTION' });
  monitoring.goTo(addDays(monitoring.today, 20));
  await decide(await restructure(other, { rateBps: 300 }), other.tenantId);
  expect(await see(other.tenantId, `/loans/${other.loanId}`)).toMatchObject({ loanClass: 'SUBSTANDARD' });
});

test('a restructured loan is repaid by its new schedule to the last fen; money that is told late changes what was moved', async () => {
  const late = await lateBy(40);
  const { tenantId, loanId, dueOn } = late;
  await decide(await restructure(late, { rateBps: RATE_BPS, firstDueOn: addMonths(dueOn, 3), instalments: 11 }), late.tenantId);
  const { items: moved } = await see(tenantId, `/loans/${loanId}/schedule`);
  await monitoring.pay(loanId, 2_586_822n, { valueOn: dueOn, tenantId });
  const { items: rows } = await see(tenantId, `/loans/${loanId}/schedule`);
  expect(rows[0]).toMatchObject({ paidPrincipalMinor: '2428072', paidInterestMinor: '158750' });
  expect(BigInt(rows[2].totalMinor)).toBeLessThan(BigInt(moved[2].totalMinor));
  expect(await scheduleBefore(monitoring, loanId, 2)).toHaveLength(rows.length);
  for (const row of rows.filter(({ status }: { status: string }) => status !== 'paid')) {
    if (row.dueOn > monitoring.today) monitoring.goTo(row.dueOn);
    await monitoring.pay(loanId, row.totalMinor, { tenantId });
  }
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'SETTLED', outstandingPrincipalMinor: '0', heldMinor: '0' });
});

test('terms that are none, or that the loan cannot be laid out by, are refused in a sentence', async () => {
  const late = await lateBy(10);
  for (const change of [
    {},
    { firstDueOn: addMonths(late.dueOn, 2) },
    { instalments: 18 },
    { firstDueOn: monitoring.today, instalments: 18 },
    { firstDueOn: addMonths(late.dueOn, 2), instalments: 10 },
    { firstDueOn: addDays(monitoring.today, 1), instalments: 11 },
  ])
    expect(await restructure(late, change)).toMatchObject({ status: 422, body: { code: 'TERMS_NOT_POSSIBLE' } });
  for (const change of [{ rateBps: -1 }, { rateBps: 400, hardship: 'x' }, { rateBps: 400, evidenceSha256: 'x' }, { firstDueOn: '2026-02-30', instalments: 18 }])
    expect((await restructure(late, change)).status).toBe(400);
  const path = `/loans/${late.loanId}/restructurings/${newId()}`;
  const body = { rateBps: 400, hardship: 'other', evidenceSha256: DOCUMENT, consents: [] };
  expect((await monitoring.test.call('PUT', path, { ...staff('rita', 'risk_officer'), tenantId: late.tenantId }, body)).status).toBe(403);
});

test('R-OP-06: where no close has told yet that the loan is late, the restructuring tells it first, and the sealed history goes on from there', async () => {
  const late = await lateBy(2, false);
  const { tenantId, loanId, dueOn } = late;
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'ACTIVE' });
  await decide(await restructure(late, { firstDueOn: addMonths(dueOn, 2), instalments: 12 }), tenantId);
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'ACTIVE', dpd: 0 });
  await monitoring.pay(loanId, (await see(tenantId, `/loans/${loanId}`)).payoff.toPayMinor, { tenantId });
  expect(await see(tenantId, `/loans/${loanId}`)).toMatchObject({ status: 'SETTLED' });
  const { rows } = await monitoring.test.pool.query('select trigger from loan_history where loan_id = $1 order by seq', [loanId]);
  expect(rows.map(({ trigger }) => trigger)).toEqual(['LoanActivated', 'DueDateMissed', 'ArrearsCleared', 'PaidOff']);
});

test('a loan that was called in gets no other terms', async () => {
  const late = await lateBy(10);
  await monitoring.test.pool.query('update loan set accelerated_on = $2 where loan_id = $1', [late.loanId, monitoring.today]);
  const refused = { status: 422, body: { code: 'TERMS_NOT_POSSIBLE', detail: expect.stringContaining('called in') } };
  expect(await restructure(late, { firstDueOn: addMonths(late.dueOn, 2), instalments: 12 })).toMatchObject(refused);
});
