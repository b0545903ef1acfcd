import { LOAN_CLASSES, type LoanClass } from '@millrace/contracts';
import { IsIn } from 'class-validator';
import { IsWholeFromTo } from './is-parameter.js';
import { IsWholeNumberRecord } from './is-record.js';

/** What the shares of the schedule are taken of. */
export const PROVISION_BASES = ['principal', 'principal_and_interest'] as const;
/** What is booked: the greater of schedule and expected loss, or one of them (M-PV-01). */
export const PROVISION_METHODS = ['max', 'schedule', 'ecl'] as const;

/** Provisions, expected losses and what a book of loans must have of them (G-PV-01 to G-PV-04, M-PV-01). */
export class ProvisionParameters {
  /** Share that is set aside for a loan of each class. */
  @IsWholeNumberRecord(LOAN_CLASSES, { complete: true }) scheduleBps!: Readonly<Record<LoanClass, number>>;
  /** How much of its share a substandard loan has more or less: 2,000 makes 25% into 30%. */
  @IsWholeFromTo(-2_000, 2_000) substandardFloatBps!: number;
  @IsWholeFromTo(-2_000, 2_000) doubtfulFloatBps!: number;
  @IsIn(PROVISION_BASES) base!: (typeof PROVISION_BASES)[number];
  @IsIn(PROVISION_METHODS) method!: (typeof PROVISION_METHODS)[number];
  /** Chance of default within twelve months of a loan that performs; the books know no grade of a loan. */
  @IsWholeFromTo(1, 10_000) pdBps!: number;
  /** Share that is lost after a default. */
  @IsWholeFromTo(1, 10_000) lgdBps!: number;
  /** Over so many days past due what is earned is kept beside the books, and is income only when it is paid. */
  @IsWholeFromTo(1, 90) interestStopsOverDpd!: number;
  /** Likewise from this class on. */
  @IsIn(LOAN_CLASSES) interestStopsFromClass!: LoanClass;
  /** Over so many days past due the risk has risen, whatever else is known. */
  @IsWholeFromTo(1, 30) stage2OverDpd!: number;
  /** Over so many days past due a loan is impaired, whatever else is known. */
  @IsWholeFromTo(1, 90) stage3OverDpd!: number;
  /** Least of all provisions against all loans (拨贷比). */
  @IsWholeFromTo(150, 10_000) loanProvisionFloorBps!: number;
  /** Least of all provisions against non-performing loans (拨备覆盖率). */
  @IsWholeFromTo(12_000, 100_000) coverageFloorBps!: number;
}

/** What contradicts itself in these numbers, a line each. */
export function checkProvision({ scheduleBps, stage2OverDpd, stage3OverDpd }: ProvisionParameters): string[] {
  const shares = LOAN_CLASSES.map((one) => scheduleBps[one]);
  const problems: string[] = [];
  if (shares.some((share, at) => share > 10_000 || (at > 0 && share <= shares[at - 1]!)))
    problems.push('provision.scheduleBps must rise from class to class, up to 10000');
  if (stage2OverDpd >= stage3OverDpd) problems.push('provision.stage2OverDpd must be below provision.stage3OverDpd');
  return problems;
}
