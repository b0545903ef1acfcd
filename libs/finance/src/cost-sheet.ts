import type { Decimal } from 'decimal.js';
import { annualRates, type AnnualRates } from './effective-rate.js';
import { InvalidTermsError } from './invalid-terms.js';
import { Exact } from './rounding.js';
import type { Schedule } from './schedule.js';

/** A charge beside interest: guarantee, insurance, valuation, service, whoever takes it. */
export interface Charge {
  /** Stable code of the item, `guarantee_fee`. */
  readonly item: string;
  readonly payee: string;
  /** The charging standard in words, `2.5% of the principal, once`. */
  readonly standard: string;
  readonly amountMinor: bigint;
  /** `upfront`: once, out of the money paid out; `each_instalment`: with every row of the schedule. */
  readonly when: 'upfront' | 'each_instalment';
}

export interface CostSheetItem {
  readonly item: string;
  readonly payee: string;
  readonly standard: string;
  readonly totalMinor: bigint;
  /** Its simple annual cost: the total over principal outstanding × years, in basis points with two decimals. */
  readonly annualBps: number;
}

/** 综合融资成本, shown before signing (G-PR-02): every item, the total, and the true annual rates with all items in. */
export interface CostSheet extends AnnualRates {
  readonly receivedMinor: bigint;
  readonly items: readonly CostSheetItem[];
  readonly totalCostMinor: bigint;
  readonly totalRepaidMinor: bigint;
}

export interface CostSheetInput {
  readonly schedule: Schedule;
  /** Who takes the interest. */
  readonly lender: string;
  /** The interest standard in words, `6.35% a year`. */
  readonly interestStandard: string;
  readonly charges: readonly Charge[];
}

/** The all-in cost of a loan (G-PR-01, G-PR-02); throws InvalidTermsError for a negative charge or one that eats the loan. */
export function costSheet({ schedule, lender, interestStandard, charges }: CostSheetInput): CostSheet {
  const negative = charges.find((charge) => charge.amountMinor < 0n);
  if (negative) throw new InvalidTermsError(`charge ${negative.item} is negative`);
  const sum = (when: Charge['when']): bigint => charges.reduce((total, charge) => (charge.when === when ? total + charge.amountMinor : total), 0n);
  const eachInstalmentMinor = sum('each_instalment');
  const receivedMinor = schedule.principalMinor - sum('upfront');
  const flows = schedule.rows.map((row) => ({ amountMinor: row.totalMinor + eachInstalmentMinor, monthDays: row.monthDays }));

  const moneyYears = outstandingMinorYears(schedule);
  const costItem = (item: string, payee: string, standard: string, totalMinor: bigint): CostSheetItem => ({
    item,
    payee,
    standard,
    totalMinor,
    annualBps: new Exact(totalMinor.toString()).times(10_000).div(moneyYears).toDecimalPlaces(2).toNumber(),
  });
  const items = [costItem('interest', lender, interestStandard, schedule.totalInterestMinor)];
  for (const charge of charges) {
    const times = charge.when === 'upfront' ? 1n : BigInt(schedule.rows.length);
    items.push(costItem(charge.item, charge.payee, charge.standard, charge.amountMinor * times));
  }
  const totalCostMinor = items.reduce((total, item) => total + item.totalMinor, 0n);
  return {
    receivedMinor,
    items,
    totalCostMinor,
    totalRepaidMinor: flows.reduce((total, flow) => total + flow.amountMinor, 0n),
    ...annualRates(receivedMinor, flows),
  };
}

/** Principal outstanding × years, in minor units; what a simple annual rate of cost is measured on. */
function outstandingMinorYears(schedule: Schedule): Decimal {
  let years = new Exact(0);
  let balanceMinor = schedule.principalMinor;
  for (const row of schedule.rows) {
    years = years.plus(new Exact(balanceMinor.toString()).times(row.monthDays));
    balanceMinor = row.balanceMinor;
  }
  return years.div(360);
}
