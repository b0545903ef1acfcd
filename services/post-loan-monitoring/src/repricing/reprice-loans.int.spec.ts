import type { LoanClauses } from '@millrace/contracts';
import { policyInForce } from '@millrace/policy';
import { bookOf, endPools, newTenant } from '../../test/close-loans.js';
import { scheduleBefore } from '../../test/change-loans.js';
import { CLAUSES } from '../../test/loans.js';
import { AUDITOR, RunningMonitoring } from '../../test/running-monitoring.js';
import { bookDifferences } from '../accrual/verify-accrual.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { readAccount } from '../loan/read-account.js';
import { readCase } from '../projection/case-file.js';
import { standingMovements } from '../projection/loan-case.js';
import { PaperLoan } from '../projection/paper-loan.js';

// Method: the real service on real PostgreSQL; loans that were paid out while the LPR was 3.10% (it is 3.00% since 20 May 2025) go over a New Year, and the
// test closes the days. Two tenants.
let monitoring: RunningMonitoring;
beforeAll(async () => {
  monitoring = await RunningMonitoring.start({}, new Date('2025-12-20T01:00:00Z'));
}, 240_000);
afterAll(async () => {
  expect((await monitoring.trialBalance()).total).toBe('0');
  expect(await monitoring.test.parked()).toEqual([]);
  await endPools();
  await monitoring.stop();
});

const floats = (change: Partial<NonNullable<LoanClauses['floatingRate']>> = {}): LoanClauses => ({
  ...CLAUSES,
  floatingRate: { tenor: '1Y', spreadBps: 410, repricesOn: 'january_first', ceilingBps: 2_170, ...change },
});

const NEXT = 'select loan_id as "loanId", next_on::text as "nextOn" from floating_rate';
const DUES = ['2025-05-02', '2025-06-02', '2025-07-02', '2025-08-02', '2025-09-02', '2025-10-02', '2025-11-02', '2025-12-02'];

const TERMS = { rateBps: 720, tenorMonths: 24, disbursedOn: '2025-04-02' };
const [tenantId, other] = [newTenant(), newTenant()];
const book = async (of: string, clauses: LoanClauses): Promise<string> => (await monitoring.book({ ...TERMS, tenantId: of, clauses })).loanId;
const shown = async (of: string, loanId: string) => (await monitoring.test.call('GET', `/loans/${loanId}`, { ...AUDITOR, tenantId: of })).body;
const accountOf = async (loanId: string): Promise<LoanAccount> => (await readAccount(monitoring.test.pool, loanId))!;
const closeThrough = async (day: string): Promise<void> => {
  for (const tenant of [tenantId, other]) await bookOf(monitoring).closeTenant(tenant, day);
};

/** The same loan on paper, whose rate changes on New Year's Day. */
function onPaper(paid: readonly bigint[]): PaperLoan {
  const terms = { principalMinor: '30000000', annualRatePercent: '7.20', method: 'equal_instalment', instalments: 24, dayCount: 'periodic' };
  const { given } = readCase(
    {
      terms: { ...terms, disbursedOn: TERMS.disbursedOn },
      contract: { penaltyUpliftBps: 4000, graceDays: 3, compound: true, holidayCalendar: 'CN' },
      movements: [
        ...DUES.map((valueOn, at) => ({ id: `r${at}`, kind: 'repayment', valueOn, amountMinor: String(paid[at]) })),
        { id: 'lpr', kind: 'rate_change', valueOn: '2026-01-01', ratePercent: '7.10' },
      ],
    },
    policyInForce('online_microloan', '2026-03-02'),
  );
  const paper = new PaperLoan(given);
  for (const movement of standingMovements(given.movements)) paper.take(movement);
  return paper;
}

const termsOf = (rows: readonly { readonly dueOn: string; readonly principalMinor: bigint; readonly interestMinor: bigint }[]) =>
  rows.map(({ dueOn, principalMinor, interestMinor }) => [dueOn, principalMinor, interestMinor]);

test('G-PR-05, M-LN-09: on its day the rate is LPR and the spread; the rest is laid out as on paper, told and kept; a fixed rate stays', async () => {
  const loanId = await book(tenantId, floats());
  const anniversary = await book(tenantId, floats({ repricesOn: 'anniversary' }));
  const capped = await book(other, floats({ spreadBps: 2_000, ceilingBps: 715 }));
  const fixed = await book(other, CLAUSES);
  const rows = (await accountOf(loanId)).instalments;
  const dues = rows.map(({ principalMinor, interestMinor }) => principalMinor + interestMinor);
  for (const [at, valueOn] of DUES.entries()) for (const id of [loanId, anniversary, capped, fixed]) await monitoring.pay(id, dues[at]!, { valueOn });
  monitoring.goTo('2026-01-01');
  await closeThrough('2025-12-31');
  expect((await shown(tenantId, loanId)).rateBps).toBe(720);
  monitoring.goTo('2026-01-02');
  for (let times = 0; times < 2; times += 1) await closeThrough('2026-01-01');

  const rates = [await shown(tenantId, loanId), await shown(tenantId, anniversary), await shown(other, capped), await shown(other, fixed)];
  expect(rates.map(({ rateBps }) => rateBps)).toEqual([710, 720, 715, 720]);
  expect((await monitoring.test.eventTypes(loanId)).filter((type) => type === 'loan-repriced')).toHaveLength(1);
  expect(await monitoring.test.event(loanId, 'loan-repriced')).toMatchObject({
    payload: { validOn: '2026-01-01', rateBps: 710, rateBpsBefore: 720, primeRateBps: 300, publishedOn: '2025-05-20' },
  });
  expect((await scheduleBefore(monitoring, loanId, 1)).length).toBe(24);
  expect(await scheduleBefore(monitoring, fixed, 1)).toEqual([]);
  const account = await accountOf(loanId);
  expect(termsOf(account.instalments)).toEqual(termsOf(onPaper(dues).dues));
  // 7.2% up to the day, 7.1% from it on, and an instalment that is levelled anew.
  expect(account.instalments[8]!.interestMinor).toBeLessThan(rows[8]!.interestMinor);
  expect(account.instalmentMinor).toBeLessThan(dues[0]!);

  expect((await bookDifferences(monitoring.test.pool)).filter((one) => [tenantId, other].includes(one.tenantId))).toEqual([]);
  const { body } = await monitoring.test.call('GET', `/loans/${loanId}/changes`, { ...AUDITOR, tenantId });
  expect(body.items).toMatchObject([{ kind: 'rate_change', state: 'applied', taskId: null, content: { rateBps: 710 } }]);
  const { rows: next } = await monitoring.test.pool.query<{ loanId: string; nextOn: string }>(NEXT);
  expect(Object.fromEntries(next.map((row) => [row.loanId, row.nextOn]))).toEqual({
    [loanId]: '2027-01-01',
    [anniversary]: '2026-04-02',
    [capped]: '2027-01-01',
  });
}, 240_000);
