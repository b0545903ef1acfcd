import { addDays, type IsoDate } from '@millrace/finance';
import type { TransactionRunner } from '@millrace/messaging';
import type { CreditReportAnswer } from '@millrace/contracts/api';
import { staff, until } from '@millrace/testing';
import { bookLate, bookOf, endPools, newTenant, runnerOf } from '../../test/close-loans.js';
import type { OwnedLoan } from '../../test/lost-loans.js';
import { PartyDouble } from '../../test/party-double.js';
import { RunningMonitoring } from '../../test/running-monitoring.js';
import { CloseBook } from '../close/close-book.js';

// Goal (R-LG-03, G-CB-03, G-CB-04, G-CB-06, M-CB-02): the bureau is told of each loan once a month and on the day of a change, and of arrears after their notice. Method: the real service, the party
// is an HTTP server that keeps what it was told, and the days are closed by the test: the service would do it a day later. Every test has two tenants.
const party = new PartyDouble();
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start({ MILLRACE_PROVIDERS_URL: await party.start(), MILLRACE_CLOSE_CUT_OFF: '23:59' });
}, 240_000);
afterAll(async () => {
  await endPools();
  await monitoring.stop();
  await party.stop();
});

const at = (day: IsoDate, time: string): void => monitoring.test.clock.set(new Date(`${day}T${time}:00+08:00`));
async function close({ tenantId }: { tenantId: string }, day: IsoDate): Promise<void> {
  at(addDays(day, 1), '00:30');
  await bookOf(monitoring).closeTenant(tenantId, day);
}
const reports = async ({ tenantId, loanId }: OwnedLoan): Promise<CreditReportAnswer[]> =>
  (await monitoring.test.call('GET', `/loans/${loanId}/credit-reports`, { ...staff('olga', 'risk_officer'), tenantId })).body.items;
/** By their days: what is planned at the same time comes in any order. */
const filed = ({ loanId }: OwnedLoan): unknown[][] => {
  const reports = party.about(loanId).filter(({ path }) => path === '/v1/bureau/filings');
  return reports.map(({ body }) => [body['asOf'], body['daysPastDue']]).sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
};
const withheld = async ({ loanId }: OwnedLoan): Promise<unknown[]> =>
  (await monitoring.test.events(loanId))
    .filter(({ type }) => type === 'credit-report-withheld')
    .map(({ payload }) => (payload as { reasonCode: string }).reasonCode);

test('G-CB-03, G-CB-06: a loan in time is reported at the month end, its arrears only after their notice was served, and each once', async () => {
  const loans: OwnedLoan[] = [];
  for (let tenants = 0; tenants < 2; tenants += 1) {
    const tenantId = newTenant();
    loans.push({ tenantId, loanId: await bookLate(monitoring, tenantId, 0, { disbursedOn: '2026-03-02' }) });
  }
  const [told, untold] = loans as [OwnedLoan, OwnedLoan];
  for (const one of loans) await close(one, '2026-03-31');
  await until(() => Promise.resolve(loans.every((one) => filed(one).length === 1)), 'the first reports');
  // The day on which the notice is planned goes by; the other lender's notice does not get through.
  for (const one of loans) await close(one, '2026-04-09');
  await monitoring.test.pool.query(`update dispatch set next_action_at = '2030-01-01' where loan_id = $1 and state = 'PLANNED'`, [untold.loanId]);
  at('2026-04-10', '09:00');
  // Its day of service is that of the answer, so the clock stands until that is written down.
  const served = "select 1 from dispatch where loan_id = $1 and content ->> 'kind' = 'bureau_pre_notice' and state = 'DONE'";
  await until(async () => (await monitoring.test.pool.query(served, [told.loanId])).rowCount === 1, 'the notice');
  for (const one of loans) await close(one, '2026-04-30');
  await until(() => Promise.resolve(filed(told).length === 3), 'the reports of the arrears');
  // Ten days after the notice, and at the month end.
  expect(filed(told)).toEqual([
    ['2026-03-31', 0],
    ['2026-04-20', 18],
    ['2026-04-30', 28],
  ]);
  expect(filed(untold)).toEqual([['2026-03-31', 0]]);
  expect([await withheld(told), await withheld(untold)]).toEqual([[], ['REPORT_WITHOUT_NOTICE']]);
  await until(async () => (await reports(told)).every(({ state }) => state === 'done'), 'the word of the bureau');
  expect(await reports(told)).toMatchObject([
    { asOf: '2026-04-30', occasion: 'month_end', negative: true, daysPastDue: 28, keepUntil: '2031-04-30' },
    { asOf: '2026-04-20', occasion: 'arrears_began', negative: true, daysPastDue: 18, keepUntil: '2031-04-20' },
    { asOf: '2026-03-31', occasion: 'month_end', negative: false, keepUntil: null },
  ]);
  expect(
    (await monitoring.test.call('GET', `/loans/${told.loanId}/credit-reports`, { ...staff('olga', 'risk_officer'), tenantId: untold.tenantId })).status,
  ).toBe(404);

  // What is paid is told on its day, where the bureau knew of arrears; a lender that never told of them has nothing to take back.
  for (const { loanId, tenantId } of loans) await monitoring.pay(loanId, '5173644', { tenantId });
  for (const one of loans) await close(one, '2026-05-01');
  await until(() => Promise.resolve(filed(told).length === 4), 'the report that the arrears have ended');
  for (const one of loans) await close(one, '2026-05-02');
  expect([filed(told).at(-1), filed(untold).length]).toEqual([['2026-05-01', 0], 1]);
  expect((await reports(told))[0]).toMatchObject({ asOf: '2026-05-01', occasion: 'arrears_ended', negative: false, keepUntil: null });
  // Paid in full, and its file closed: two changes, each on its day.
  const { payoff } = (await monitoring.test.call('GET', `/loans/${untold.loanId}`, { ...staff('aida', 'auditor'), tenantId: untold.tenantId })).body;
  await monitoring.pay(untold.loanId, payoff.toPayMinor, { tenantId: untold.tenantId });
  // Day by day: what has its day behind it the service closes too, and whoever is first reports.
  for (let day: IsoDate = '2026-05-03'; day <= '2026-05-11'; day = addDays(day, 1)) await close(untold, day);
  expect((await reports(untold)).map(({ asOf, occasion }) => `${asOf} ${occasion}`)).toEqual([
    '2026-05-10 closed',
    '2026-05-03 settled',
    '2026-03-31 month_end',
  ]);
}, 240_000);

test('G-CB-04: a close that is killed at any point of a month end reports each loan once, as one without trouble does', async () => {
  monitoring.goTo('2026-06-23');
  const loans = await Promise.all(
    [newTenant(), newTenant()].map(async (tenantId) => ({ tenantId, loanId: await bookLate(monitoring, tenantId, 0, { disbursedOn: '2026-06-23' }) })),
  );
  const [killed, sound] = loans as [OwnedLoan, OwnedLoan];
  for (const one of loans) await close(one, '2026-06-29');
  at('2026-07-01', '00:30');
  let deaths = 0;
  for (let point = 1; point < 60; point += 1) {
    const real = runnerOf(monitoring);
    let left = point;
    const run: TransactionRunner['run'] = (context, work) =>
      real.run(context, async (tx) => {
        const result = await work(tx);
        if ((left -= 1) === 0) throw new Error('killed');
        return result;
      });
    const book = new CloseBook({ pool: real.pool, run } as TransactionRunner, monitoring.test.clock);
    await book.closeTenant(killed.tenantId, '2026-06-30').catch(() => (deaths += 1));
    if (left > 0) break;
  }
  await bookOf(monitoring).closeTenant(sound.tenantId, '2026-06-30');
  expect(deaths).toBeGreaterThan(3);
  await until(() => Promise.resolve(loans.every((one) => filed(one).length > 0)), 'the reports');
  expect(loans.map(filed)).toEqual([[['2026-06-30', 0]], [['2026-06-30', 0]]]);
}, 240_000);
