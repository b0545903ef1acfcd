import { newId, type LoanClauses } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { staff, until, type Answer } from '@millrace/testing';
import { bookDifferences } from '../accrual/verify-accrual.js';
import { decideChange } from '../../test/change-loans.js';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { CLAUSES } from '../../test/loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CLASS_FACT_END } from './class-fact.tasks.js';

// Goal (G-PR-07, G-PR-08, S15, F17): misused money bears the raise of its contract in the books, day by day, whenever it becomes known. Method: the real service
// on real PostgreSQL, days closed by the test; what the close has posted is held against each loan played by itself.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  expect(await monitoring.test.parked()).toEqual([]);
  expect((await monitoring.trialBalance()).total).toBe('0');
  await endPools();
  await monitoring.stop();
});

interface Lent {
  readonly tenantId: string;
  readonly loanId: string;
}

const BOOKED: IsoDate = '2026-03-02';
const MISUSED = '12000000';

async function lend(clauses: LoanClauses | null = CLAUSES, change: Parameters<RunningMonitoring['book']>[0] = {}): Promise<Lent> {
  const tenantId = newTenant();
  const { loanId } = await monitoring.book({ tenantId, ...(clauses ? { clauses } : {}), ...change });
  return { tenantId, loanId };
}

const record = ({ tenantId, loanId }: Lent, body: Record<string, unknown>, factId = newId()): Promise<Answer> =>
  monitoring.test.call(
    'PUT',
    `/loans/${loanId}/class-facts/${factId}`,
    { ...staff('rita', 'risk_officer'), tenantId },
    { kind: 'misuse', reason: 'audit', ...body },
  );
const close = ({ tenantId }: Lent, day: IsoDate): Promise<boolean> => bookOf(monitoring).closeTenant(tenantId, day);
const seen = async ({ tenantId, loanId }: Lent): Promise<Answer['body']> =>
  (await monitoring.test.call('GET', `/loans/${loanId}`, { ...staff('rita', 'risk_officer'), tenantId })).body;

/** Debits less credits of an account of a tenant, by value dates through a day. */
async function balance({ tenantId }: Lent, account: string, through: IsoDate = '9999-12-31'): Promise<bigint> {
  const { rows } = await monitoring.test.pool.query<{ net: string }>(
    `select coalesce(sum(l.debit_minor - l.credit_minor), 0)::text as net from journal_line l join journal_entry e using (entry_id)
     where e.tenant_id = $1 and l.account = $2 and e.value_on <= $3`,
    [tenantId, account, through],
  );
  return BigInt(rows[0]!.net);
}
const differences = async (...lent: Lent[]): Promise<unknown[]> =>
  (await bookDifferences(monitoring.test.pool)).filter(({ tenantId }) => lent.some((one) => one.tenantId === tenantId));

test('S15: 120,000 of 300,000 at 6.35% is misused from the third day on: special mention at once, and 762.00 after 20 days, whenever it is told', async () => {
  const [prompt, late, free] = [await lend(), await lend(), await lend()];
  for (const one of [prompt, late, free]) await close(one, '2026-03-04');
  monitoring.goTo('2026-03-05');
  expect(await record(prompt, { from: '2026-03-05', amountMinor: MISUSED })).toMatchObject({ status: 201, body: { content: { amountMinor: MISUSED } } });
  expect(await seen(prompt)).toMatchObject({ loanClass: 'SPECIAL_MENTION', dpd: 0, penaltyMinor: '0' });
  expect((await monitoring.test.event(prompt.loanId, 'class-fact-recorded')).payload).toMatchObject({ kind: 'misuse', amountMinor: MISUSED });
  for (const one of [prompt, late, free]) await close(one, '2026-03-24');
  monitoring.goTo('2026-03-25');
  await record(late, { from: '2026-03-05', amountMinor: MISUSED });
  for (const one of [prompt, late, free]) await close(one, '2026-03-25');
  expect([(await seen(prompt)).penaltyMinor, (await seen(late)).penaltyMinor, (await seen(free)).penaltyMinor]).toEqual(['76200', '76200', '0']);
  // The misused part bears the raised rate in place of its contract interest: of 23 days of 30, twenty are of 180,000 alone.
  const byDay = async (one: Lent, account: string): Promise<bigint[]> =>
    Promise.all([3, 4, 10, 20, 23].map((days) => balance(one, account, addDays(BOOKED, days))));
  expect(await byDay(prompt, '6012')).toEqual([0n, -3_810n, -26_670n, -64_770n, -76_200n]);
  for (const account of ['6012', '6011', '1132']) expect(await byDay(late, account)).toEqual(await byDay(prompt, account));
  expect((await balance(prompt, '6011')) - (await balance(free, '6011'))).toBeGreaterThan(0n);
  expect(await balance(free, '6012')).toBe(0n);
  expect(await differences(prompt, late, free)).toEqual([]);

  // On the due date both ask for less contract interest, and for the raise; what is paid in full leaves both in time.
  monitoring.goTo('2026-04-02');
  for (const one of [prompt, late, free]) {
    await close(one, '2026-04-01');
    await until(async () => {
      const { rows } = await monitoring.test.pool.query<{ minor: string }>(
        `select waived_interest_minor as minor from instalment where loan_id = $1 and number = 1`,
        [one.loanId],
      );
      return one === free || BigInt(rows[0]!.minor) > 0n;
    }, 'the row of the first due date');
    const { dueMinor } = await seen(one);
    await monitoring.pay(one.loanId, dueMinor, { tenantId: one.tenantId, valueOn: '2026-04-02' });
    await close(one, '2026-04-10');
    expect(await seen(one)).toMatchObject({ dpd: 0, status: 'ACTIVE', heldMinor: '0' });
  }
  for (const account of ['1002', '1303', '6012', '6011', '1132']) expect(await balance(late, account)).toBe(await balance(prompt, account));
  expect(await differences(prompt, late, free)).toEqual([]);
});

test('a fact that is ended by two persons costs nothing from the day after its last one, and what was accrued beyond is taken back', async () => {
  monitoring.goTo('2026-05-04');
  const lent = await lend();
  await close(lent, monitoring.today);
  const factId = newId();
  await record(lent, { from: '2026-05-07', amountMinor: MISUSED }, factId);
  await close(lent, '2026-05-27');
  expect(await balance(lent, '6012')).toBe(-76_200n);
  monitoring.goTo('2026-05-28');
  const endId = newId();
  const end = { classFactId: factId, to: '2026-05-16', reason: 'resolved' };
  const by = { ...staff('rita', 'risk_officer'), tenantId: lent.tenantId };
  expect((await monitoring.test.call('PUT', `/loans/${lent.loanId}/class-fact-ends/${endId}`, by, end)).status).toBe(202);
  await decideChange(monitoring, CLASS_FACT_END, endId, 'apply');
  expect([await balance(lent, '6012'), await balance(lent, '6012', '2026-05-17'), await differences(lent)]).toEqual([-38_100n, -38_100n, []]);
});

test('G-PR-08: overdue and misused at once bear the heavier raise alone', async () => {
  monitoring.goTo('2026-06-02');
  const clauses: LoanClauses = { ...CLAUSES, graceDays: 0, compound: false, holidayCalendar: null };
  const lent = await lend(clauses, { rateBps: 720, tenorMonths: 1, repaymentMethod: 'bullet' });
  await record(lent, { from: '2026-07-02', amountMinor: '10000000' });
  await close(lent, '2026-07-22');
  monitoring.goTo('2026-07-22');
  // Twenty days of 100,000 at 12.96% and of 200,000 at 10.08%; both raises on the misused part would be 2,240.00.
  expect(await seen(lent)).toMatchObject({ penaltyMinor: '184000', dpd: 20 });
  expect([await balance(lent, '6012'), await differences(lent)]).toEqual([-184_000n, []]);
});

test('a fact without an amount, and a contract without the clause, class the loan and cost nothing', async () => {
  monitoring.goTo('2026-08-03');
  const [unsaid, bare] = [await lend(), await lend(null)];
  await record(unsaid, { from: '2026-08-03' });
  await record(bare, { from: '2026-08-03', amountMinor: MISUSED });
  for (const one of [unsaid, bare]) {
    await close(one, '2026-08-23');
    expect(await seen(one)).toMatchObject({ loanClass: 'SPECIAL_MENTION', penaltyMinor: '0' });
    expect(await balance(one, '6012')).toBe(0n);
  }
  expect(await differences(unsaid, bare)).toEqual([]);
});

test('an amount goes with misuse alone, and is no more than was lent', async () => {
  const lent = await lend();
  for (const body of [{ kind: 'evasion', amountMinor: '1' }, { amountMinor: '0' }, { amountMinor: '30000001' }])
    expect(await record(lent, { from: monitoring.today, ...body })).toMatchObject({ status: 422, body: { code: 'FACT_NOT_POSSIBLE' } });
  expect((await record(lent, { from: monitoring.today, amountMinor: 'much' })).status).toBe(400);
});
