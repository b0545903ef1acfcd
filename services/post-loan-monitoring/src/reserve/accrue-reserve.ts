import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { releaseOfBook } from '../portfolio-report/write-report.js';
import { lockReserve, moveReserve } from './move-reserve.js';
import { accrualOf } from './reserve-policy.js';

/** Principal of each currency at the end of the day, as the close has posted its sums. */
const OUTSTANDING = `
select currency, sum(principal_minor)::text as "outstandingMinor" from book_day where tenant_id = $1 and day = $2 group by currency order by currency`;

/** Income of the year: contract interest, charges for lateness, fees. */
const INCOME = `
select coalesce(sum(j.credit_minor - j.debit_minor), 0)::text as minor
from journal_entry e join journal_line j using (entry_id) left join loan l on l.loan_id = e.loan_id
where e.tenant_id = $1 and e.value_on between $2 and $3 and coalesce(e.currency, l.currency) = $4 and j.account in ('6011', '6012', '6013', '6051')`;

const ACCRUED = `
select coalesce(sum(amount_minor) filter (where month >= $3), 0)::text as "ofYearMinor", coalesce(bool_or(month = $4), false) as "isDone"
from reserve_movement where tenant_id = $1 and currency = $2 and kind = 'accrual'`;

/** Puts into the reserve what the plan asks for at the end of a month, by one entry for each currency; taken again it changes nothing (R-TC-10, M-OR-01). */
export async function accrueReserve(tx: EventTransaction, tenantId: string, day: IsoDate, now: Date): Promise<void> {
  const release = await releaseOfBook(tx, tenantId, day);
  if (!release || release.reserve.rateBps === 0) return;
  const { version: policyVersion, reserve: plan } = release;
  const [yearBegins, month] = [`${day.slice(0, 4)}-01-01`, `${day.slice(0, 7)}-01`];
  const { rows } = await tx.query<{ currency: string; outstandingMinor: string }>(OUTSTANDING, [tenantId, day]);
  for (const { currency, outstandingMinor } of rows) {
    const balanceMinor = await lockReserve(tx, { tenantId, currency });
    const accrued = (await tx.query<{ ofYearMinor: string; isDone: boolean }>(ACCRUED, [tenantId, currency, yearBegins, month])).rows[0]!;
    if (accrued.isDone) continue;
    const isOfIncome = plan.base === 'income_of_year';
    const income = isOfIncome ? (await tx.query<{ minor: string }>(INCOME, [tenantId, yearBegins, day, currency])).rows[0]!.minor : '0';
    const facts = {
      outstandingMinor: BigInt(outstandingMinor),
      incomeOfYearMinor: BigInt(income),
      accruedOfYearMinor: BigInt(accrued.ofYearMinor),
      balanceMinor,
    };
    const { baseMinor, amountMinor } = accrualOf(facts, plan);
    if (amountMinor === 0n) continue;
    const accruedBy = { month, base: plan.base, baseMinor, rateBps: plan.rateBps, policyVersion };
    await moveReserve(tx, { tenantId, currency, kind: 'accrual', amountMinor, on: day, accruedBy }, balanceMinor, now);
  }
}
