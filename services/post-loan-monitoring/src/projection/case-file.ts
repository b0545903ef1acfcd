import {
  DAY_COUNTS,
  InvalidTermsError,
  MAX_INSTALMENTS,
  MISSING_DAYS,
  REPAYMENT_METHODS,
  type DayCount,
  type IsoDate,
  type MissingDay,
  type RepaymentMethod,
} from '@millrace/finance';
import { plainToInstance, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
  validateSync,
  type ValidationError,
} from 'class-validator';
import { businessDayFrom, LOAN_SECURITIES, type LoanSecurity, type Policy } from '@millrace/policy';
import { PREPAYMENT_EFFECTS, PREPAYMENT_INTERESTS, type LoanMovement, type PrepaymentEffect, type PrepaymentInterest } from './loan-case.js';
import { FACT_KINDS, type FactKind } from './loan-facts.js';
import type { ProjectedCase } from './project-loan.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINOR = /^[1-9]\d{0,17}$/;
const PERCENT = /^\d{1,4}(\.\d{1,20})?$/;
const MAX_MOVEMENTS = 1_000;
const MAX_BPS = 10_000;
/** Holidays of mainland China with the weekends that are worked instead; the only calendar that is here. */
const CALENDARS = ['CN'] as const;

/** Terms of the schedule, as `ScheduleTerms` has them; money and rates are texts, so that no program on the way rounds them. */
class CaseTerms {
  @Matches(MINOR) principalMinor!: string;
  @Matches(PERCENT) annualRatePercent!: string;
  @IsIn(REPAYMENT_METHODS) method!: RepaymentMethod;
  @IsInt() instalments!: number;
  @Matches(DAY) disbursedOn!: IsoDate;
  @IsIn(DAY_COUNTS) dayCount!: DayCount;
  @IsOptional() @IsInt() periodMonths?: number;
  @IsOptional() @Matches(MINOR) instalmentMultipleMinor?: string;
  @IsOptional() @IsArray() @Matches(DAY, { each: true }) dueDates?: IsoDate[];
  @IsOptional() @Matches(DAY) firstDueOn?: IsoDate;
  @IsOptional() @IsIn(MISSING_DAYS) missingDay?: MissingDay;
}

/** Clauses of the contract; one that is not there costs nothing. */
class CaseContract {
  @IsOptional() @IsIn(PREPAYMENT_INTERESTS) prepaymentInterest?: PrepaymentInterest;
  @IsOptional() @IsIn(PREPAYMENT_EFFECTS) prepaymentEffect?: PrepaymentEffect;
  @IsOptional() @IsInt() @Min(0) @Max(MAX_BPS) penaltyUpliftBps?: number;
  @IsOptional() @IsInt() @Min(0) @Max(MAX_BPS) misuseUpliftBps?: number;
  @IsOptional() @IsInt() @Min(0) @Max(30) graceDays?: number;
  @IsOptional() @IsBoolean() compound?: boolean;
  @IsOptional() @IsInt() @Min(0) @Max(MAX_BPS) prepaymentFeeBps?: number;
  @IsOptional() @IsIn(CALENDARS) holidayCalendar?: (typeof CALENDARS)[number];
  /** What secures the loan, for a lender that classes by the matrix of 2007 (G-CL-11). */
  @IsOptional() @IsIn(LOAN_SECURITIES) security?: LoanSecurity;
}

const KINDS = ['repayment', 'reversal', 'prepayment', 'payoff', 'drawing', 'extension', 'rate_change'] as const;
const movesMoney = ({ kind, amountMinor }: CaseMovement): boolean =>
  kind === 'repayment' || kind === 'prepayment' || kind === 'drawing' || (kind === 'payoff' && amountMinor !== undefined);

/** One movement, in the order of arrival. */
class CaseMovement {
  @IsString() @IsNotEmpty() id!: string;
  @IsIn(KINDS) kind!: (typeof KINDS)[number];
  /** Id of the movement that a reversal takes back. */
  @ValidateIf(({ kind }: CaseMovement) => kind === 'reversal') @IsString() @IsNotEmpty() of?: string;
  @ValidateIf(({ kind }: CaseMovement) => kind !== 'reversal') @Matches(DAY) valueOn?: IsoDate;
  @ValidateIf(movesMoney) @Matches(MINOR) amountMinor?: string;
  @ValidateIf(({ kind }: CaseMovement) => kind === 'rate_change') @Matches(PERCENT) ratePercent?: string;
  /** New dates of what is not due yet. */
  @ValidateIf(({ kind }: CaseMovement) => kind === 'extension')
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_INSTALMENTS)
  @Matches(DAY, { each: true })
  dueDates?: IsoDate[];
}

/** What is known of the loan besides its money; both days are included, and without the second it holds for good. */
class CaseFact {
  @IsIn(FACT_KINDS) kind!: FactKind;
  @Matches(DAY) from!: IsoDate;
  @IsOptional() @Matches(DAY) to?: IsoDate;
  @IsOptional() @Matches(MINOR) amountMinor?: string;
}

/** A loan on paper as it stands in a file. */
class CaseFile {
  @IsObject() @ValidateNested() @Type(() => CaseTerms) terms!: CaseTerms;
  @IsOptional() @ValidateNested() @Type(() => CaseContract) contract?: CaseContract;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_MOVEMENTS)
  @ArrayUnique(({ id }: CaseMovement) => id)
  @ValidateNested({ each: true })
  @Type(() => CaseMovement)
  movements?: CaseMovement[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_MOVEMENTS)
  @ValidateNested({ each: true })
  @Type(() => CaseFact)
  facts?: CaseFact[];
  @IsOptional() @IsArray() @ArrayMaxSize(MAX_MOVEMENTS) @Matches(DAY, { each: true }) asOf?: IsoDate[];
}

function faultsOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const place = path === '' ? property : `${path}.${property}`;
    return [...Object.values(constraints).map((line) => `${place}: ${line}`), ...faultsOf(children, place)];
  });
}

const movementOf = ({ id, kind, of, valueOn, amountMinor, ratePercent, dueDates }: CaseMovement): LoanMovement => {
  switch (kind) {
    case 'reversal':
      return { id, kind, of: of! };
    case 'extension':
      return { id, kind, valueOn: valueOn!, dueDates: dueDates! };
    case 'rate_change':
      return { id, kind, valueOn: valueOn!, ratePercent: ratePercent! };
    case 'payoff':
      return { id, kind, valueOn: valueOn!, amountMinor: amountMinor === undefined ? undefined : BigInt(amountMinor) };
    case 'repayment':
    case 'prepayment':
    case 'drawing':
      return { id, kind, valueOn: valueOn!, amountMinor: BigInt(amountMinor!) };
  }
};

/** What of the lender's policy decides about a loan on paper: the order of payments, and the class. */
export type CasePolicy = Pick<Policy, 'repayment' | 'classification'>;

/**
 * Reads a case that somebody wrote down.
 * @throws InvalidTermsError with a line for each fault
 */
export function readCase(content: unknown, { repayment, classification }: CasePolicy): { readonly given: ProjectedCase; readonly asOf: readonly IsoDate[] } {
  const file = plainToInstance(CaseFile, content);
  const faults = file instanceof CaseFile ? faultsOf(validateSync(file, { whitelist: true, forbidNonWhitelisted: true })) : ['it is no object'];
  if (faults.length > 0) throw new InvalidTermsError(faults.join('\n'));
  const { terms, contract = new CaseContract(), movements = [], facts = [], asOf = [] } = file;
  const backwards = facts.find(({ from, to = from }) => to < from);
  if (backwards) throw new InvalidTermsError(`facts: ${backwards.kind} from ${backwards.from} ends before it begins`);
  const known = new Set<string>();
  for (const { id, of } of movements) {
    if (of !== undefined && !known.has(of)) throw new InvalidTermsError(`movements: ${id} takes back ${of}, which has not come before it`);
    known.add(id);
  }
  const { instalmentMultipleMinor, principalMinor } = terms;
  return {
    asOf,
    given: {
      terms: {
        ...terms,
        principalMinor: BigInt(principalMinor),
        instalmentMultipleMinor: instalmentMultipleMinor === undefined ? undefined : BigInt(instalmentMultipleMinor),
      },
      contract: {
        prepaymentInterest: contract.prepaymentInterest ?? 'to_the_day',
        prepaymentEffect: contract.prepaymentEffect ?? 'shorter_term',
        penaltyUpliftBps: contract.penaltyUpliftBps ?? 0,
        misuseUpliftBps: contract.misuseUpliftBps ?? 0,
        graceDays: contract.graceDays ?? 0,
        compound: contract.compound ?? false,
        prepaymentFeeBps: contract.prepaymentFeeBps ?? 0,
        rollsForward: contract.holidayCalendar !== undefined,
        brokenPeriods: 'actual_days',
      },
      movements: movements.map(movementOf),
      facts: facts.map(({ amountMinor, ...fact }) => ({ ...fact, amountMinor: amountMinor === undefined ? undefined : BigInt(amountMinor) })),
      security: contract.security ?? 'unsecured',
      classification,
      principalFirstOverDpd: repayment.principalFirstOverDpd,
      businessDayFrom,
    },
  };
}
