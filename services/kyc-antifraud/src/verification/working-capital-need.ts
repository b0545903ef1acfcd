import { Decimal } from 'decimal.js';

const ROUNDING = Decimal.ROUND_HALF_UP;
const DAYS_PER_YEAR = 360;

/** Figures of last year's tax statement, as the official annex asks for them. Money in fen, rates in basis points, turnover in days. */
export interface WorkingCapitalStatement {
  readonly revenueMinor: bigint;
  readonly profitMarginBps: number;
  /** Expected growth of sales; the statement's own growth where no forecast exists. */
  readonly growthBps: number;
  readonly inventoryDays: number;
  readonly receivableDays: number;
  readonly payableDays: number;
  readonly prepaidDays: number;
  /** Advance receipts (预收). */
  readonly advanceReceiptDays: number;
  readonly ownFundsMinor: bigint;
  readonly existingLoansMinor: bigint;
  readonly otherChannelsMinor: bigint;
}

/**
 * New working-capital limit by the official formula (流动资金贷款管理办法, annex; G-WC-10, M-LM-06):
 * need = last year's revenue × (1 − margin) × (1 + growth) ÷ turns, turns = 360 ÷ cash-cycle days; less own funds, existing
 * working-capital loans and other channels. Never below zero. Rounded HALF_UP to the fen, once, at the end.
 */
export function workingCapitalNeedMinor(statement: WorkingCapitalStatement): bigint {
  const cycleDays = new Decimal(statement.inventoryDays)
    .plus(statement.receivableDays)
    .minus(statement.payableDays)
    .plus(statement.prepaidDays)
    .minus(statement.advanceReceiptDays);
  // A firm whose suppliers and buyers finance the whole cycle needs no working capital.
  if (cycleDays.lessThanOrEqualTo(0)) return 0n;
  const volume = new Decimal(statement.revenueMinor.toString())
    .times(10_000 - statement.profitMarginBps)
    .times(10_000 + statement.growthBps)
    .dividedBy(100_000_000)
    .times(cycleDays)
    .dividedBy(DAYS_PER_YEAR);
  const need = volume.minus(statement.ownFundsMinor.toString()).minus(statement.existingLoansMinor.toString()).minus(statement.otherChannelsMinor.toString());
  return need.lessThanOrEqualTo(0) ? 0n : BigInt(need.toDecimalPlaces(0, ROUNDING).toFixed(0));
}
