import { DAY_COUNTS, REPAYMENT_METHODS } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { PARTNER } from '@millrace/testing';
import { CLAUSES } from '../../test/loans.js';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { bookDifferences } from './verify-accrual.js';

// Method: the real service on real PostgreSQL, its clock at the day of the booking; days are closed by the test. Whatever is done, the sums that the close has
// posted are held against each loan played by itself. Every test has two tenants.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
});

type Balances = Record<string, string>;

async function balances(tenantId: string, through: IsoDate = '9999-12-31'): Promise<Balances> {
  const { rows } = await monitoring.test.pool.query<{ account: string; balance: string }>(
    `select l.account, sum(l.debit_minor - l.credit_minor)::text as balance from journal_line l join journal_entry e using (entry_id)
     where e.tenant_id = $1 and e.value_on <= $2 group by 1 order by 1`,
    [tenantId, through],
  );
  return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
}

async function pay(loanId: string, amountMinor: bigint, valueOn = monitoring.today): Promise<void> {
  expect(await monitoring.pay(loanId, amountMinor, { valueOn })).toBeDefined();
}

const close = (tenantId: string, through: IsoDate): Promise<boolean> => bookOf(monitoring).closeTenant(tenantId, through);
const differences = async (...tenants: string[]): Promise<unknown[]> =>
  (await bookDifferences(monitoring.test.pool)).filter(({ tenantId }) => tenants.includes(tenantId));

/** Both tenants lend the same on a day; the clock only goes forward, so that each test has later days than the one before. */
async function twoTenants(
  bookedOn: IsoDate,
  ...changes: Parameters<RunningMonitoring['book']>[0][]
): Promise<{ tenants: [string, string]; loans: [string[], string[]] }> {
  monitoring.goTo(bookedOn);
  const tenants: [string, string] = [newTenant(), newTenant()];
  const loans: [string[], string[]] = [[], []];
  for (const [at, tenantId] of tenants.entries()) for (const change of changes) loans[at]!.push((await monitoring.book({ tenantId, ...change })).loanId);
  for (const tenantId of tenants) await close(tenantId, bookedOn);
  return { tenants, loans };
}

test('R-PL-06: interest is income day by day; what is paid pays the claim, and the day of the payment is no income', async () => {
  const { tenants, loans } = await twoTenants('2026-03-02', {}, { rateBps: 720, repaymentMethod: 'bullet', clauses: CLAUSES });
  const [tenant, other] = tenants;
  await close(tenant, '2026-03-17');
  // Of a contract of before, 15 of 30 days at 6.35% (79,375); of one of now, 15 days' share of twelve months.
  expect(await balances(tenant)).toMatchObject({ '1132': '168142', '6011': '-168142', '1303': '60000000' });
  await close(tenant, '2026-04-01');
  monitoring.goTo('2026-04-02');
  await pay(loans[0][0]!, 2_586_822n);
  await close(tenant, '2026-04-02');
  const { '1132': claim, '6011': income } = await balances(tenant);
  expect(BigInt(claim!) + BigInt(income!)).toBe(-158_750n);
  expect(await differences(...tenants)).toEqual([]);
  // Nobody has paid there: all that is income is a claim.
  await close(other, '2026-04-02');
  const { '1132': claimed, '6011': earned } = await balances(other);
  expect(claimed).toBe(earned!.slice(1));
});

test('a day that is posted is posted once, and a tenant of many shares sums up as one of few', async () => {
  const { tenants, loans } = await twoTenants('2026-04-06', {}, {}, {});
  await close(tenants[0], '2026-04-24');
  const entries = () =>
    monitoring.test.pool.query(`select count(*)::int as count from journal_entry where tenant_id = $1 and source_kind = 'ACCRUAL'`, [tenants[0]]);
  const before = (await entries()).rows;
  await monitoring.test.pool.query(`update close_day set closed_at = null where tenant_id = $1 and day = '2026-04-24'`, [tenants[0]]);
  await close(tenants[0], '2026-04-24');
  expect((await entries()).rows).toEqual(before);
  expect(before).toEqual([{ count: 18 }]);
  expect(loans[0]).toHaveLength(3);
  expect(await differences(...tenants)).toEqual([]);
});
test('loans of before accrue from the first close after the update on: what they have earned and is unpaid is opened, what was paid stays income of then', async () => {
  const { tenants, loans } = await twoTenants('2026-05-06', {}, {});
  const [tenant] = tenants;
  const old = loans[0][0]!;
  await monitoring.test.pool.query('update loan set accrues_from = null where loan_id = any($1)', [loans[0]]);
  monitoring.goTo('2026-06-06');
  await pay(old, 2_586_822n);
  expect((await balances(tenant))['6011']).toBe('-158750');
  await close(tenant, '2026-06-16');
  const { rows } = await monitoring.test.pool.query(
    `select value_on::text as on, l.account, (l.debit_minor - l.credit_minor)::text as net from journal_entry e join journal_line l using (entry_id)
     where e.tenant_id = $1 and e.source_kind = 'ACCRUAL_OPENED' order by 1, 2`,
    [tenant],
  );
  // The one that is not paid is opened by the first close, with one day of interest; the other on the day of its payment, when nothing is unpaid.
  expect(rows).toEqual([
    { on: '2026-05-07', account: '1132', net: '5292' },
    { on: '2026-05-07', account: '6011', net: '-5292' },
  ]);
  expect(await balances(tenant)).toMatchObject({ '6011': String(2n * (-158_750n - 48_634n)), '1132': String(158_750n + 2n * 48_634n) });
  expect(await differences(...tenants)).toEqual([]);
});

test('F17: money that is told late, or taken back, corrects what was accrued on the days that are closed, with their value dates', async () => {
  const { tenants, loans } = await twoTenants('2026-07-06', { clauses: CLAUSES, rateBps: 720 });
  const [late, inTime] = tenants;
  const due: IsoDate = '2026-08-06';
  monitoring.goTo(due);
  await pay(loans[1][0]!, 2_598_569n);
  for (const tenantId of tenants) await close(tenantId, addDays(due, 20));
  expect(BigInt((await balances(late))['6012'] ?? '0')).toBeLessThan(0n);
  monitoring.goTo(addDays(due, 21));
  await pay(loans[0][0]!, 2_598_569n, due);
  for (const day of [addDays(due, 10), addDays(due, 20)]) {
    const { '6012': penalty = '0', '6013': compound = '0', ...rest } = await balances(late, day);
    expect([penalty, compound]).toEqual(['0', '0']);
    const { '1304': _, '6702': __, ...sound } = await balances(inTime, day);
    const { '1304': ___, '6702': ____, ...found } = rest;
    expect(found).toEqual(sound);
  }
  expect(await differences(...tenants)).toEqual([]);
  await close(late, addDays(due, 25));
  expect(await differences(...tenants)).toEqual([]);
});

test('the one statement over schedules and the play of each loan are the same to the fen, whatever the way to repay, the count of days and the end of the month', async () => {
  const changes = REPAYMENT_METHODS.flatMap((repaymentMethod, at) =>
    DAY_COUNTS.flatMap((dayCount, also) =>
      [CLAUSES, undefined].map((clauses) => ({
        ...{ repaymentMethod, dayCount, ...(clauses ? { clauses } : {}) },
        principalMinor: String(30_000_017 + 1_234_567 * at),
        rateBps: 635 + 7 * also,
        tenorMonths: 3,
      })),
    ),
  );
  const { tenants, loans } = await twoTenants('2026-08-31', ...changes);
  expect(loans[0]).toHaveLength(32);
  for (let days = 1; days <= 120; days += 7) {
    await close(tenants[0], addDays('2026-08-31', days));
    expect(await differences(tenants[0])).toEqual([]);
  }
  // None of them is played before it is late: the first due date is 30 September, and the day after is a holiday.
  expect((await balances(tenants[0], '2026-09-29'))['6012']).toBeUndefined();
}, 240_000);

test('S17, G-CL-06: over 90 days past due what is unpaid is taken out of income and kept beside the books; paid, it is income, and the loan accrues again', async () => {
  const { tenants, loans } = await twoTenants('2026-10-12', { clauses: CLAUSES, rateBps: 720 });
  const [tenant] = tenants;
  const due: IsoDate = '2026-11-12';
  await close(tenant, addDays(due, 90));
  const before = await balances(tenant);
  expect(BigInt(before['1132']!)).toBeGreaterThan(0n);
  expect(before['9001']).toBeUndefined();
  await close(tenant, addDays(due, 91));
  const stopped = await balances(tenant);
  expect(stopped).toMatchObject({ '1132': '0', '6011': '0', '6012': '0', '6013': '0' });
  expect(BigInt(stopped['9001']!)).toBeGreaterThan(BigInt(before['1132']!));
  expect(stopped['9999']).toBe(`-${stopped['9001']}`);
  await close(tenant, addDays(due, 100));
  expect(await differences(...tenants)).toEqual([]);
  monitoring.goTo(addDays(due, 101));
  await pay(loans[0][0]!, await arrearsOf(tenant, loans[0][0]!));
  await close(tenant, addDays(due, 101));
  const paid = await balances(tenant);
  // Non-performing until its conduct was good for long enough (G-CL-12): what it earns meanwhile is beside the books, and nothing is claimed twice.
  expect(BigInt(paid['6011']!)).toBeLessThan(0n);
  expect(paid['1132']).toBe('0');
  expect(await differences(...tenants)).toEqual([]);
}, 180_000);

async function arrearsOf(tenantId: string, loanId: string): Promise<bigint> {
  const { body } = await monitoring.test.call('GET', `/loans/${loanId}`, { ...PARTNER, tenantId });
  return BigInt(body.dueMinor as string);
}

test('a loan that was paid off before the first close of its tenant has earned what it was paid: nothing of it stays a claim', async () => {
  const tenant = newTenant();
  const booked = monitoring.today;
  const { loanId } = await monitoring.book({ tenantId: tenant });
  monitoring.goTo(addDays(booked, 3));
  const { body } = await monitoring.test.call('GET', `/loans/${loanId}`, { ...PARTNER, tenantId: tenant });
  await monitoring.pay(loanId, BigInt(body.payoff.toPayMinor as string), { tenantId: tenant });
  await close(tenant, addDays(booked, 4));
  const { '1132': claim = '0', '6011': income = '0' } = await balances(tenant);
  expect([claim, BigInt(income) < 0n]).toEqual(['0', true]);
  expect(await differences(tenant)).toEqual([]);
});
