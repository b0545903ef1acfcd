import { newId } from '@millrace/contracts';
import { addDays, addMonths } from '@millrace/finance';
import type { TaskKind } from '@millrace/tasks';
import { staff, type Answer } from '@millrace/testing';
import { decideChange } from '../../test/change-loans.js';
import { bookLate, bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CLASS_FACT, CLASS_FACT_END } from './class-fact.tasks.js';

// Goal (G-CL-02 to G-CL-13): what is known of a loan besides its money classes it, at once and at the end of the days on which it begins or ends. Method: the
// real service on real PostgreSQL; each loan has a twin of another tenant of which nothing is known.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const BOOKED = '2026-03-02';
const officerOf = (tenantId: string) => ({ ...staff('rita', 'risk_officer'), tenantId });

interface Loan {
  readonly tenantId: string;
  readonly loanId: string;
  readonly otherTenantId: string;
  readonly otherId: string;
}

async function twoLoans(): Promise<Loan> {
  const [tenantId, otherTenantId] = [newTenant(), newTenant()];
  const [loanId, otherId] = [await bookLate(monitoring, tenantId), await bookLate(monitoring, otherTenantId)];
  return { tenantId, loanId, otherTenantId, otherId };
}

const record = ({ tenantId, loanId }: Loan, body: Record<string, unknown>, factId = newId(), by = officerOf(tenantId)): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/class-facts/${factId}`, by, { from: BOOKED, reason: 'monitoring_report', ...body });
const end = ({ tenantId, loanId }: Loan, classFactId: string, to: string, endId = newId()): Promise<Answer> =>
  monitoring.test.call('PUT', `/loans/${loanId}/class-fact-ends/${endId}`, officerOf(tenantId), { classFactId, to, reason: 'resolved' });

const decide = (kind: TaskKind, changeId: string, decision: 'apply' | 'refuse'): Promise<void> => decideChange(monitoring, kind, changeId, decision);

async function classOf(loanId: string): Promise<string> {
  const { rows } = await monitoring.test.pool.query<{ loan_class: string }>('select loan_class from loan_standing where loan_id = $1', [loanId]);
  return rows[0]?.loan_class ?? 'NORMAL';
}
const close = async ({ tenantId, otherTenantId }: Loan, day: string): Promise<void> => {
  for (const one of [tenantId, otherTenantId]) await bookOf(monitoring).closeTenant(one, day);
};

test.each([
  ['misuse', {}, 'SPECIAL_MENTION'],
  ['renewal_not_qualifying', {}, 'SPECIAL_MENTION'],
  ['cross_default', {}, 'SPECIAL_MENTION'],
  ['cross_default', { shareBps: 2_001 }, 'SUBSTANDARD'],
  ['rating_collapse', {}, 'SUBSTANDARD'],
  ['impairment', {}, 'SUBSTANDARD'],
  ['impairment', { shareBps: 5_500 }, 'DOUBTFUL'],
  ['impairment', { shareBps: 9_000 }, 'LOSS'],
  ['evasion', {}, 'DOUBTFUL'],
  ['bankruptcy', {}, 'LOSS'],
  ['override', { atLeast: 'SUBSTANDARD' }, 'SUBSTANDARD'],
])('G-CL-03 to G-CL-09: %s %j makes the loan %s at once, by the word of one person', async (kind, change, loanClass) => {
  const loans = await twoLoans();
  expect(await record(loans, { kind, ...change })).toMatchObject({ status: 201, body: { kind: 'class_fact', state: 'applied', content: { kind } } });
  expect([await classOf(loans.loanId), await classOf(loans.otherId)]).toEqual([loanClass, 'NORMAL']);
  expect((await monitoring.test.event(loans.loanId, 'class-fact-recorded')).payload).toMatchObject({ kind, from: BOOKED });
  expect((await monitoring.test.event(loans.loanId, 'classified')).payload).toMatchObject({ loanClass, loanClassBefore: 'NORMAL', on: BOOKED, dpd: 0 });
});

test('a fact that begins or ends later is taken in by the close of its day', async () => {
  const loans = await twoLoans();
  await close(loans, BOOKED);
  await record(loans, { kind: 'misuse', from: '2026-03-10', to: '2026-03-12' });
  const seen: string[] = [];
  for (const day of ['2026-03-09', '2026-03-10', '2026-03-12', '2026-03-13']) {
    await close(loans, day);
    seen.push(await classOf(loans.loanId));
  }
  expect(seen).toEqual(['NORMAL', 'SPECIAL_MENTION', 'SPECIAL_MENTION', 'NORMAL']);
  const { rows } = await monitoring.test.pool.query(
    'select valid_on::text as on, loan_class as class, cause from loan_standing_history where loan_id = $1 order by seq',
    [loans.loanId],
  );
  expect(rows).toEqual([
    { on: '2026-03-10', class: 'SPECIAL_MENTION', cause: 'close' },
    { on: '2026-03-13', class: 'NORMAL', cause: 'close' },
  ]);
});

test('G-CL-02: a technical delay waits for two persons; then seven days do not count, and the eighth does', async () => {
  const loans = await twoLoans();
  const due = addMonths(BOOKED, 1);
  await close(loans, BOOKED);
  const factId = newId();
  expect(await record(loans, { kind: 'technical_delay', from: due }, factId)).toMatchObject({ status: 202, body: { state: 'requested' } });
  expect(await record(loans, { kind: 'technical_delay', from: addDays(due, 1) })).toMatchObject({ status: 409, body: { code: 'CHANGE_WAITS_ALREADY' } });
  await decide(CLASS_FACT, factId, 'apply');
  expect(await record(loans, { kind: 'technical_delay', from: due }, factId)).toMatchObject({ status: 200, body: { state: 'applied' } });
  const seen: (readonly string[])[] = [];
  for (const days of [1, 7, 8]) {
    await close(loans, addDays(due, days));
    seen.push([await classOf(loans.loanId), await classOf(loans.otherId)]);
  }
  expect(seen).toEqual([
    ['NORMAL', 'SPECIAL_MENTION'],
    ['NORMAL', 'SPECIAL_MENTION'],
    ['SPECIAL_MENTION', 'SPECIAL_MENTION'],
  ]);
});

test('a technical delay that two persons refuse counts for nothing', async () => {
  const loans = await twoLoans();
  const factId = newId();
  await record(loans, { kind: 'technical_delay' }, factId);
  await decide(CLASS_FACT, factId, 'refuse');
  const { body } = await monitoring.test.call('GET', `/loans/${loans.loanId}/changes`, officerOf(loans.tenantId));
  expect(body.items).toMatchObject([{ changeId: factId, state: 'refused', content: { kind: 'technical_delay' } }]);
  expect((await monitoring.test.pool.query('select 1 from class_fact where loan_id = $1', [loans.loanId])).rows).toEqual([]);
});

test('an override is lifted by two persons alone; a loan that was non-performing leaves its class by good conduct (G-CL-12)', async () => {
  const loans = await twoLoans();
  const [watch, bad] = [newId(), newId()];
  await record(loans, { kind: 'override', atLeast: 'SPECIAL_MENTION' }, watch);
  await record(loans, { kind: 'override', atLeast: 'DOUBTFUL' }, bad);
  expect(await classOf(loans.loanId)).toBe('DOUBTFUL');
  const endId = newId();
  expect(await end(loans, bad, addDays(BOOKED, -1), endId)).toMatchObject({ status: 202, body: { kind: 'class_fact_end', state: 'requested' } });
  expect(await classOf(loans.loanId)).toBe('DOUBTFUL');
  await decide(CLASS_FACT_END, endId, 'apply');
  expect((await monitoring.test.event(loans.loanId, 'class-fact-ended')).payload).toMatchObject({ factId: bad, kind: 'override' });
  await close(loans, BOOKED);
  expect(await classOf(loans.loanId)).toBe('SUBSTANDARD');
  expect(await end(loans, bad, BOOKED)).toMatchObject({ status: 422, body: { code: 'FACT_NOT_POSSIBLE' } });
});

test('G-CL-13: restructured, the loan is observed for twelve months; restructured again meanwhile it is substandard, and the watch begins anew', async () => {
  const loans = await twoLoans();
  const reviewOf = async (): Promise<unknown> =>
    (await monitoring.test.pool.query('select review_on::text as on from loan_standing where loan_id = $1', [loans.loanId])).rows[0];
  await close(loans, BOOKED);
  await record(loans, { kind: 'restructured', from: BOOKED });
  expect([await classOf(loans.loanId), await reviewOf()]).toEqual(['SPECIAL_MENTION', { on: '2027-03-02' }]);
  await record(loans, { kind: 'restructured', from: '2026-03-09' });
  expect(await reviewOf()).toEqual({ on: '2026-03-09' });
  await close(loans, '2026-03-08');
  expect(await classOf(loans.loanId)).toBe('SPECIAL_MENTION');
  await close(loans, '2026-03-09');
  // The end of the first watch is looked at too, and leaves the second as it is.
  expect([await classOf(loans.loanId), await reviewOf()]).toEqual(['SUBSTANDARD', { on: '2027-03-02' }]);
  expect(await classOf(loans.otherId)).toBe('NORMAL');
});

test('a change names itself; what is not possible is refused in a sentence; only risk officers of the tenant record', async () => {
  const loans = await twoLoans();
  const factId = newId();
  await record(loans, { kind: 'misuse' }, factId);
  expect(await record(loans, { kind: 'misuse' }, factId)).toMatchObject({ status: 200, body: { state: 'applied' } });
  expect(await record(loans, { kind: 'evasion' }, factId)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  for (const body of [
    { kind: 'misuse', from: '2026-03-01' },
    { kind: 'misuse', to: '2026-03-01' },
    { kind: 'misuse', shareBps: 1 },
    { kind: 'misuse', atLeast: 'LOSS' },
    { kind: 'override' },
  ])
    expect(await record(loans, body)).toMatchObject({ status: 422, body: { code: 'FACT_NOT_POSSIBLE' } });
  for (const body of [{ kind: 'weather' }, { kind: 'misuse', from: '2026-02-30' }, { kind: 'misuse', reason: 'x' }, { kind: 'override', atLeast: 'NORMAL' }])
    expect((await record(loans, body)).status).toBe(400);
  expect((await end(loans, newId(), BOOKED)).status).toBe(404);
  expect((await record(loans, { kind: 'misuse' }, newId(), { ...staff('pan', 'payment_officer'), tenantId: loans.tenantId })).status).toBe(403);
  expect((await record(loans, { kind: 'misuse' }, newId(), officerOf(loans.otherTenantId))).status).toBe(404);
  await monitoring.pay(loans.loanId, 30_000_000n, { tenantId: loans.tenantId });
  expect(await record(loans, { kind: 'evasion' })).toMatchObject({ status: 409, body: { code: 'LOAN_NOT_LIVE' } });
});
