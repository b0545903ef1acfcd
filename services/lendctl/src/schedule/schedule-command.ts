import { Command } from 'commander';
import {
  annualRates,
  buildSchedule,
  DAY_COUNTS,
  InvalidTermsError,
  parseRatePercent,
  percentOfMinor,
  REPAYMENT_METHODS,
  type DayCount,
  type RepaymentMethod,
  type ScheduleTerms,
} from '@millrace/finance';
import { scheduleAsJson, scheduleAsTable, type PricedSchedule } from './print-schedule.js';

interface ScheduleOptions {
  readonly method: string;
  readonly principal: string;
  readonly annualRate: string;
  readonly instalments: string;
  readonly disbursed: string;
  readonly firstDue?: string;
  readonly dayCount: string;
  readonly feePercent: string;
  readonly json: boolean;
}

/** `lendctl schedule`: prints any repayment schedule with its true annual rates, to hold other systems' figures against. */
export function scheduleCommand(): Command {
  return new Command('schedule')
    .description('print a repayment schedule with its nominal and effective annual rate')
    .requiredOption('--method <method>', REPAYMENT_METHODS.join(' | '))
    .requiredOption('--principal <yuan>', 'money lent, 300000.00')
    .requiredOption('--annual-rate <percent>', 'contract rate a year in per cent, 6.35')
    .requiredOption('--instalments <count>', 'monthly instalments; for bullet the tenor in months, paid in one row at its end')
    .requiredOption('--disbursed <date>', "day of disbursement, 2026-03-02; due dates keep its day, or the month's last")
    .option('--first-due <date>', 'first due date, when it is not one month later; the dates after it keep its day')
    .option('--day-count <rule>', `${DAY_COUNTS.join(' | ')}; periodic is rate/12 a month`, 'periodic')
    .option('--fee-percent <percent>', 'up-front fee in per cent of the principal, counted in the annual rates', '0')
    .option('--json', 'JSON, amounts as strings of minor units (fen), rates as basis points', false)
    .action((options: ScheduleOptions, command: Command) => {
      try {
        const priced = priceSchedule(options);
        command.configureOutput().writeOut?.(`${options.json ? scheduleAsJson(priced) : scheduleAsTable(priced)}\n`);
      } catch (error) {
        if (!(error instanceof InvalidTermsError)) throw error;
        command.error(`error: ${error.message}`, { exitCode: 2, code: 'lendctl.invalidTerms' });
      }
    });
}

function priceSchedule(options: ScheduleOptions): PricedSchedule {
  const terms: ScheduleTerms = {
    // The names are checked, with the rest of the terms, by buildSchedule.
    method: options.method as RepaymentMethod,
    dayCount: options.dayCount as DayCount,
    principalMinor: parseYuan(options.principal),
    annualRatePercent: options.annualRate,
    instalments: parseCount(options.instalments),
    disbursedOn: options.disbursed,
    firstDueOn: options.firstDue,
  };
  const schedule = buildSchedule(terms);
  const feeMinor = percentOfMinor(terms.principalMinor, parseRatePercent(options.feePercent, 'fee'));
  const flows = schedule.rows.map((row) => ({ amountMinor: row.totalMinor, monthDays: row.monthDays }));
  return { terms, schedule, feeMinor, rates: annualRates(terms.principalMinor - feeMinor, flows) };
}

/** `300000.5` to 30000050; an amount is exact in cents or it is refused. */
function parseYuan(text: string): bigint {
  const [, sign, whole, cents = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new InvalidTermsError(`principal is not an amount: ${text}`);
  if (/[1-9]/.test(cents.slice(2))) throw new InvalidTermsError(`principal has fractions of a cent: ${text}`);
  if (sign === '-') throw new InvalidTermsError(`principal must not be negative: ${text}`);
  return BigInt(whole + cents.slice(0, 2).padEnd(2, '0'));
}

function parseCount(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidTermsError(`instalments must be a whole number: ${text}`);
  return Number(text);
}
