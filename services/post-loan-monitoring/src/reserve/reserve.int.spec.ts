import { newId } from '@millrace/contracts';
import { sayAbout, staff, taskAbout, until, type Answer } from '@millrace/testing';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { bookIdOf } from '../accrual/book-id.js';
import { RESERVE_MOVEMENT } from './reserve.task.js';

// Goal (R-TC-10): the reserve for operational risk has accounts of its own, grows by its plan at the end of a month, and is used and topped up by three persons;
// nothing of it touches what is set aside for losses, and nothing of one lender the other. Method: the real service on real PostgreSQL, under the first release
// with a plan; two lenders, of which one has twice as much.
let monitoring: RunningMonitoring;
let [first, second] = ['', ''];
beforeAll(async () => {
  monitoring = await RunningMonitoring.start({}, new Date('2028-04-28T01:00:00Z'));
  [first, second] = [newTenant(), newTenant()];
  await monitoring.book({ tenantId: first });
  await monitoring.book({ tenantId: second, principalMinor: '60000000' });
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const officerOf = (tenantId: string) => ({ ...staff('rita', 'risk_officer'), tenantId });
const report = async (tenantId: string, query = ''): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/reports/reserve${query}`, officerOf(tenantId))).body;
const use = (amountMinor: string, id = newId(), change = {}, tenantId = first): Promise<Answer> =>
  monitoring.test.call('PUT', `/reserve/uses/${id}`, officerOf(tenantId), {
    ...{ amountMinor, currency: 'CNY', reason: 'process_error', eventReference: 'OL-2028-0007' },
    ...change,
  });
const topUp = (amountMinor: string, id = newId(), tenantId = first): Promise<Answer> =>
  monitoring.test.call('PUT', `/reserve/top-ups/${id}`, officerOf(tenantId), { amountMinor, currency: 'CNY', reason: 'plan_short' });

/** Two persons say the same of a request; answers once the service has done it, or has found that it cannot. */
async function decide(requestId: string, decision: 'apply' | 'refuse', ...says: [string, string]): Promise<void> {
  const { taskId } = (await taskAbout(monitoring.test, RESERVE_MOVEMENT, { requestId }))!;
  const reason = decision === 'apply' ? 'EVIDENCE_SEEN' : 'EVIDENCE_LACKING';
  await sayAbout(monitoring.test, RESERVE_MOVEMENT, taskId, { decision, reason }, ...says);
  const sql = 'select applied_at is not null or failure is not null as ended from task where task_id = $1';
  await until(async () => (await monitoring.test.pool.query<{ ended: boolean }>(sql, [taskId])).rows[0]!.ended, 'the decision to be taken up');
}

async function balances(tenantId: string): Promise<Record<string, string>> {
  const { rows } = await monitoring.test.pool.query<{ account: string; minor: string }>(
    `select account, sum(credit_minor - debit_minor)::text as minor from journal_line join journal_entry using (entry_id)
     where tenant_id = $1 and account in ('2801', '6703', '6711') group by account`,
    [tenantId],
  );
  return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]));
}

test('M-OR-01: the close of a month’s last day, and of no other, puts a twelfth of the rate of the principal into the reserve, once', async () => {
  for (const tenantId of [first, second]) await bookOf(monitoring).closeTenant(tenantId, '2028-04-29');
  expect([await balances(first), (await report(first)).items]).toEqual([{}, []]);
  for (const tenantId of [first, second]) await bookOf(monitoring).closeTenant(tenantId, '2028-05-02');
  expect(await balances(first)).toEqual({ '2801': '15000', '6703': '-15000' });
  expect(await balances(second)).toEqual({ '2801': '30000', '6703': '-30000' });
  const { body } = await monitoring.test.call('GET', '/reports/reserve?date=2028-04-30&months=1', officerOf(first));
  expect(body).toMatchObject({ day: '2028-04-30', from: '2028-04-01', balances: [{ currency: 'CNY', balanceMinor: '15000' }] });
  expect(body.items).toEqual([
    expect.objectContaining({ on: '2028-04-30', kind: 'accrual', amountMinor: '15000', base: 'outstanding_principal', baseMinor: '30000000', rateBps: 60 }),
  ]);
  expect(body.items[0]).toMatchObject({ policyVersion: expect.stringMatching(/^online_microloan\.v/), requestId: null, eventReference: null });
  expect((await report(first, '?date=2028-04-29')).balances).toEqual([]);
  const told = (await monitoring.test.event(bookIdOf(first), 'reserve-adjusted')).payload;
  expect(told).toMatchObject({ tenantId: first, kind: 'accrual', on: '2028-04-30', amountMinor: '15000', balanceMinor: '15000' });
});

test('R-TC-10: a loss is taken from the reserve when two other persons have agreed, and what is more than the reserve has is refused', async () => {
  monitoring.goTo('2028-05-03');
  expect(await use('15001')).toMatchObject({ status: 409, body: { code: 'RESERVE_TOO_SMALL' } });
  const requestId = newId();
  expect(await use('10000', requestId)).toMatchObject({ status: 202, body: { state: 'requested', kind: 'use', eventReference: 'OL-2028-0007' } });
  expect(await use('10000', requestId)).toMatchObject({ status: 200, body: { state: 'requested' } });
  expect(await use('10001', requestId)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  expect(await use('10000', requestId, {}, second)).toMatchObject({ status: 409, body: { code: 'ID_REUSED' } });
  const late = newId();
  expect(await use('10000', late)).toMatchObject({ status: 409, body: { code: 'RESERVE_EVENT_KNOWN' } });
  const another = { eventReference: 'OL-2028-0008' };
  expect(await use('10000', late, another)).toMatchObject({ status: 202 });
  expect((await balances(first))['2801']).toBe('15000');
  await decide(requestId, 'apply', 'Li Na', 'Wang Wei');
  expect(await balances(first)).toEqual({ '2801': '5000', '6703': '-15000', '6711': '10000' });
  expect(await use('10000', requestId)).toMatchObject({ status: 200, body: { state: 'applied' } });
  expect((await report(first)).items.at(-1)).toMatchObject({ kind: 'use', amountMinor: '-10000', balanceMinor: '5000', requestId, reason: 'process_error' });
  // The second loss was asked for while there was enough: by now there is not, and the question is open again.
  await decide(late, 'apply', 'Li Na', 'Wang Wei');
  expect((await balances(first))['2801']).toBe('5000');
  expect(await use('10000', late, another)).toMatchObject({ status: 200, body: { state: 'requested' } });
  expect(await balances(second)).toEqual({ '2801': '30000', '6703': '-30000' });
});

test('R-TC-10: a top-up goes in as an expense; the movements are what the account has, and cannot be changed', async () => {
  const requestId = newId();
  expect(await topUp('7000', requestId)).toMatchObject({ status: 202, body: { kind: 'top_up', eventReference: null } });
  await decide(requestId, 'apply', 'Li Na', 'Wang Wei');
  expect(await balances(first)).toEqual({ '2801': '12000', '6703': '-22000', '6711': '10000' });
  const { items, balances: told } = await report(first);
  expect(told).toEqual([{ currency: 'CNY', balanceMinor: '12000' }]);
  expect(items.map((row: { amountMinor: string }) => row.amountMinor)).toEqual(['15000', '-10000', '7000']);
  await expect(monitoring.test.pool.query('update reserve_movement set amount_minor = 1 where tenant_id = $1', [first])).rejects.toThrow();
});

test.each([
  ['amountMinor', { amountMinor: '0' }],
  ['amountMinor', { amountMinor: '-1' }],
  ['amountMinor', { amountMinor: '99999999999999999999' }],
  ['currency', { currency: 'yuan' }],
  ['reason', { reason: 'plan_short' }],
  ['eventReference', { eventReference: '' }],
  ['eventReference', { eventReference: undefined }],
])('a bad %s is told by name: %j', async (field, change) => {
  expect(await use('1', newId(), change)).toMatchObject({
    status: 400,
    body: { code: 'VALIDATION_FAILED', errors: expect.arrayContaining([expect.objectContaining({ field })]) },
  });
});

test('R-OP-06: partners and staff without the role neither move the reserve nor see it', async () => {
  const auditor = { ...staff('aida', 'auditor'), tenantId: first };
  expect(await monitoring.test.call('PUT', `/reserve/top-ups/${newId()}`, auditor, { amountMinor: '1', currency: 'CNY', reason: 'plan_short' })).toMatchObject({
    status: 403,
  });
  expect(await monitoring.test.call('GET', '/reports/reserve', { ...staff('cora', 'collector'), tenantId: first })).toMatchObject({ status: 403 });
  expect((await report(newTenant())).items).toEqual([]);
});
