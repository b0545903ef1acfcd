import { addDays, addMonths, type IsoDate } from '@millrace/finance';
import { PARTNER, staff, type Answer } from '@millrace/testing';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';

// Method: the real service on real PostgreSQL, for each test anew, as clocks go forward alone and each book begins on the same day; the days are closed by the
// test. Every book has a neighbour of another tenant.
let monitoring: RunningMonitoring;
beforeEach(async () => {
  monitoring = await RunningMonitoring.start();
}, 240_000);
afterEach(async () => {
  await endPools();
  await monitoring.stop();
});

const BOOKED = '2026-03-02';
const DUE = '2026-04-02';
const HALF = '15000000';

const read = (tenantId: string, path: string): Promise<Answer> =>
  monitoring.test.call('GET', `/reports/${path}`, { ...staff('olga', 'risk_officer'), tenantId });
const itemsOf = async (tenantId: string, path: string): Promise<Answer['body'][]> => (await read(tenantId, path)).body.items;
const rowOf = async (tenantId: string, day: IsoDate, dimension: string, value: string): Promise<Answer['body']> =>
  (await itemsOf(tenantId, `portfolio?date=${day}`)).find((row) => row.dimension === dimension && row.value === value);

/** Two loans of a tenant that are told apart, and one of another. */
async function twoTenants(): Promise<{ tenant: string; other: string; first: string; second: string }> {
  const [tenant, other] = [newTenant(), newTenant()];
  const { loanId: first } = await monitoring.book({ tenantId: tenant, productCode: 'invoice-loan', industryCode: 'F5173' });
  const { loanId: second } = await monitoring.book({ tenantId: tenant, principalMinor: HALF });
  await monitoring.book({ tenantId: other, productCode: 'invoice-loan', industryCode: '1390' });
  for (const tenantId of [tenant, other]) await bookOf(monitoring).closeTenant(tenantId, BOOKED);
  return { tenant, other, first, second };
}

const payDue = async (loanId: string, amountMinor: string): Promise<void> => {
  expect(await monitoring.pay(loanId, amountMinor)).toMatchObject({ amountMinor });
};

/** Does something while nobody, and so not the service by itself either, can open a day of the tenant. */
async function beforeClose(tenantId: string, day: IsoDate, work: () => Promise<void>): Promise<void> {
  const held = await monitoring.test.pool.connect();
  await held.query('begin');
  await held.query(`insert into close_day (tenant_id, day, scope, loans, opened_at) values ($1, $2, 'changes', 0, now())`, [tenantId, day]);
  await work();
  await held.query('rollback');
  held.release();
}

test('R-CR-07: the book of a closed day by class, bucket, product and industry, of one lender alone', async () => {
  const { tenant, other } = await twoTenants();
  await bookOf(monitoring).closeTenant(tenant, addDays(DUE, 91));
  const { body } = await read(tenant, `portfolio?date=${DUE}`);
  expect(body).toMatchObject({ day: DUE, policyVersion: expect.stringMatching(/^online_microloan\./) });
  expect(await rowOf(tenant, DUE, 'all', 'all')).toMatchObject({ loans: 2, balanceMinor: '45000000', nonPerformingMinor: '0', provisionMinor: '452382' });
  expect(await rowOf(tenant, DUE, 'product', 'invoice-loan')).toMatchObject({ loans: 1, balanceMinor: '30000000' });
  expect(await rowOf(tenant, DUE, 'product', 'unknown')).toMatchObject({ loans: 1, balanceMinor: HALF });
  expect(await rowOf(tenant, DUE, 'industry', 'F')).toMatchObject({ loans: 1, balanceMinor: '30000000' });
  expect(await rowOf(tenant, addDays(DUE, 1), 'bucket', 'M1')).toMatchObject({ loans: 2, balanceMinor: '45000000' });
  // G-PV-02: what is booked, for the whole book and its one class; what the schedule asks for (a quarter) by product.
  const { rows } = await monitoring.test.pool.query<{ minor: string }>(
    'select sum(provision_minor)::text as minor from book_day where tenant_id = $1 and day = $2',
    [tenant, addDays(DUE, 91)],
  );
  const booked = { nonPerformingBps: 10_000, provisionMinor: rows[0]!.minor };
  expect((await read(tenant, 'portfolio')).body.items[0]).toMatchObject({ ...booked, breaches: ['coverage'] });
  expect(await rowOf(tenant, addDays(DUE, 91), 'class', 'SUBSTANDARD')).toMatchObject(booked);
  expect(await rowOf(tenant, addDays(DUE, 91), 'product', 'invoice-loan')).toMatchObject({ provisionMinor: '7500000', coverageBps: 2_500 });
  expect(await rowOf(other, BOOKED, 'industry', 'C')).toMatchObject({ loans: 1, balanceMinor: '30000000' });
  expect((await read(other, `portfolio?date=${DUE}`)).body).toMatchObject({ code: 'REPORT_NOT_THERE' });
}, 180_000);

test('a day that is closed late is told as it ended: money and standing of later days are not in it', async () => {
  const { tenant, first, second } = await twoTenants();
  const book = bookOf(monitoring);
  await book.closeTenant(tenant, addDays(DUE, 3));
  // Both are paid on the fifth day: one its arrears, one all of it. The close of the fourth day comes after.
  await beforeClose(tenant, addDays(DUE, 4), async () => {
    monitoring.goTo(addDays(DUE, 5));
    const { payoff } = (await monitoring.test.call('GET', `/loans/${second}`, { ...PARTNER, tenantId: tenant })).body;
    await payDue(first, '2600000');
    await payDue(second, payoff.totalMinor);
  });
  await book.closeTenant(tenant, addDays(DUE, 5));
  for (const days of [3, 4]) {
    expect(await rowOf(tenant, addDays(DUE, days), 'all', 'all')).toMatchObject({ loans: 2, balanceMinor: '45000000' });
    expect(await rowOf(tenant, addDays(DUE, days), 'bucket', 'M1')).toMatchObject({ loans: 2 });
  }
  const { outstandingPrincipalMinor } = (await monitoring.test.call('GET', `/loans/${first}`, { ...PARTNER, tenantId: tenant })).body;
  expect(await rowOf(tenant, addDays(DUE, 5), 'all', 'all')).toMatchObject({ loans: 1, balanceMinor: outstandingPrincipalMinor });
  expect(await rowOf(tenant, addDays(DUE, 5), 'bucket', 'M1')).toBeUndefined();
}, 180_000);

test('FPD1, FPD7 and FPD30: a first payment that is late by so many days at the end of the day, also where the day is closed late', async () => {
  const { tenant, first } = await twoTenants();
  const third = (await monitoring.book({ tenantId: tenant, productCode: 'invoice-loan' })).loanId;
  const book = bookOf(monitoring);
  // The third is paid on its day, the first after five days, the second not at all. All days are closed after that.
  await beforeClose(tenant, addDays(BOOKED, 1), async () => {
    monitoring.goTo(DUE);
    await payDue(third, '2600000');
    monitoring.goTo(addDays(DUE, 5));
    await payDue(first, '2600000');
  });
  await book.closeTenant(tenant, addDays(DUE, 30));
  const items = await itemsOf(tenant, 'first-payment-default');
  const row = { bookingMonth: '2026-03', loans: 3, bookedMinor: '75000000' };
  expect(items).toEqual([
    { ...row, daysLate: 1, lateLoans: 2, lateLoansBps: 6_667, lateBookedMinor: '45000000', lateBookedBps: 6_000 },
    { ...row, daysLate: 7, lateLoans: 1, lateLoansBps: 3_333, lateBookedMinor: HALF, lateBookedBps: 2_000 },
    { ...row, daysLate: 30, lateLoans: 1, lateLoansBps: 3_333, lateBookedMinor: HALF, lateBookedBps: 2_000 },
  ]);
  expect(await itemsOf(tenant, `first-payment-default?date=${addDays(DUE, 6)}`)).toEqual([items[0]]);
}, 180_000);

test('R-CR-07: vintages and roll rates follow the months; the two of another tenant are apart', async () => {
  const { tenant, other, first } = await twoTenants();
  const book = bookOf(monitoring);
  monitoring.goTo(DUE);
  await payDue(first, '2600000');
  const left = (await monitoring.test.call('GET', `/loans/${first}`, { ...PARTNER, tenantId: tenant })).body.outstandingPrincipalMinor as string;
  await book.closeTenant(tenant, '2026-07-31');
  const vintage = await itemsOf(tenant, 'vintage');
  expect(vintage.map(({ monthsOnBook, day, m1PlusMinor, m4PlusMinor }) => [monthsOnBook, day, m1PlusMinor, m4PlusMinor])).toEqual([
    [0, '2026-03-31', '0', '0'],
    [1, '2026-04-30', HALF, '0'],
    [2, '2026-05-31', String(BigInt(HALF) + BigInt(left)), '0'],
    [3, '2026-06-30', String(BigInt(HALF) + BigInt(left)), '0'],
    [4, '2026-07-31', String(BigInt(HALF) + BigInt(left)), HALF],
  ]);
  expect(vintage[1]).toMatchObject({ bookingMonth: '2026-03', loans: 2, bookedMinor: '45000000', m1PlusBps: 3_333 });
  const rates = await itemsOf(tenant, 'roll-rates?months=4');
  const of = (day: string, from: string) => rates.find((row) => row.day === day && row.from === from);
  expect(of('2026-04-30', 'M0')).toMatchObject({ to: 'M1', dayBefore: '2026-03-31', fromMinor: '45000000', toMinor: HALF, rollBps: 3333.33 });
  expect(of('2026-05-31', 'M1')).toMatchObject({ to: 'M2', fromMinor: HALF, toMinor: HALF, rollBps: 10_000 });
  expect(await itemsOf(tenant, 'roll-rates?months=1')).toHaveLength(7);
  expect(await itemsOf(other, `roll-rates?date=${BOOKED}`)).toEqual([]);
  expect(await itemsOf(other, `vintage?date=${BOOKED}`)).toMatchObject([{ bookingMonth: '2026-03', monthsOnBook: 0, day: BOOKED, bookedMinor: '30000000' }]);
}, 240_000);

test('the report of a day is written once, and is not changed by the day closed again', async () => {
  const { tenant } = await twoTenants();
  await bookOf(monitoring).closeTenant(tenant, DUE);
  const before = await itemsOf(tenant, 'portfolio');
  await monitoring.book({ tenantId: tenant });
  await monitoring.test.pool.query('update close_day set closed_at = null where tenant_id = $1 and day = $2', [tenant, DUE]);
  await bookOf(monitoring).closeTenant(tenant, DUE);
  expect(await itemsOf(tenant, 'portfolio')).toEqual(before);
  await expect(monitoring.test.pool.query('update portfolio_cell set loans = 9 where tenant_id = $1', [tenant])).rejects.toThrow('permission denied');
});

test('an empty book is reported without ratios', async () => {
  const { tenant } = await twoTenants();
  const empty = newTenant();
  const loan = await monitoring.book({ tenantId: empty, disbursedOn: addDays(BOOKED, 5) });
  await bookOf(monitoring).closeTenant(empty, BOOKED);
  expect((await read(empty, 'portfolio')).body).toEqual({ day: BOOKED, policyVersion: null, items: [] });
  expect(await itemsOf(empty, 'vintage')).toEqual([]);
  expect(loan.tenantId).not.toBe(tenant);
});

test('R-OP-06: a report is for those who have the right, and its query is checked', async () => {
  const { tenant } = await twoTenants();
  for (const report of ['portfolio', 'vintage', 'roll-rates', 'first-payment-default']) {
    for (const principal of [
      { ...PARTNER, tenantId: tenant },
      { ...staff('anna', 'account_manager'), tenantId: tenant },
    ])
      expect((await monitoring.test.call('GET', `/reports/${report}`, principal)).status).toBe(403);
    expect((await read(tenant, report)).status).toBe(200);
    expect((await read(tenant, `${report}?date=${addMonths(BOOKED, 1)}`)).status).toBe(404);
    expect((await read(tenant, `${report}?date=2026-02-30`)).status).toBe(400);
  }
  for (const months of ['0', '61', 'x']) expect((await read(tenant, `vintage?months=${months}`)).status).toBe(400);
});
