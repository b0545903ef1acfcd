import type { LoanClass } from '@millrace/contracts';
import type { ProvisionParameters } from '@millrace/policy';
import { isNonPerforming } from './loan-class.js';
import { ratioBps } from './ratio-bps.js';

/** Loans of one class, or one loan, with what is set aside for them. */
export interface BookLine {
  readonly class: LoanClass;
  readonly balanceMinor: bigint;
  readonly provisionMinor: bigint;
}

/** What a book of loans has and lacks. Ratios are rounded to a basis point; whether a floor is met is asked of the amounts. */
export interface BookRatios {
  readonly balanceMinor: bigint;
  readonly nonPerformingMinor: bigint;
  readonly provisionMinor: bigint;
  /** Non-performing loans against all; null for a book without loans. */
  readonly nonPerformingBps: number | null;
  /** Provisions against non-performing loans (拨备覆盖率); null where there are none. */
  readonly coverageBps: number | null;
  /** Provisions against all loans (拨贷比); null for a book without loans. */
  readonly loanProvisionBps: number | null;
  /** Which floors of G-PV-02 the provisions are below; the higher of the two amounts is what must be there. */
  readonly breaches: readonly ('coverage' | 'loan_provision')[];
}

const ONE_BPS = 10_000n;

/** Ratios of a book, held against their floors (G-PV-02, G-PV-03). */
export function bookRatios(lines: readonly BookLine[], { coverageFloorBps, loanProvisionFloorBps }: ProvisionParameters): BookRatios {
  const sum = (own: readonly BookLine[], part: 'balanceMinor' | 'provisionMinor'): bigint => own.reduce((total, line) => total + line[part], 0n);
  const nonPerforming = lines.filter((line) => isNonPerforming(line.class));
  const balanceMinor = sum(lines, 'balanceMinor');
  const nonPerformingMinor = sum(nonPerforming, 'balanceMinor');
  const provisionMinor = sum(lines, 'provisionMinor');
  const isBelow = (wholeMinor: bigint, floorBps: number): boolean => provisionMinor * ONE_BPS < wholeMinor * BigInt(floorBps);
  return {
    balanceMinor,
    nonPerformingMinor,
    provisionMinor,
    nonPerformingBps: ratioBps(nonPerformingMinor, balanceMinor),
    coverageBps: ratioBps(provisionMinor, nonPerformingMinor),
    loanProvisionBps: ratioBps(provisionMinor, balanceMinor),
    breaches: [
      ...(isBelow(nonPerformingMinor, coverageFloorBps) ? (['coverage'] as const) : []),
      ...(isBelow(balanceMinor, loanProvisionFloorBps) ? (['loan_provision'] as const) : []),
    ],
  };
}
