import {
  DAY_COUNTS,
  InvalidTermsError,
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
import { businessDayFrom } from '@millrace/policy';
import { PREPAYMENT_EFFECTS, PREPAYMENT_INTERESTS, type LoanCase, type LoanMovement, type PrepaymentEffect, type PrepaymentInterest } from './loan-case.js';

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
  @IsOptional() @IsInt() @Min(0) @Max(30) graceDays?: number;
  @IsOptional() @IsBoolean() compound?: boolean;
  @IsOptional() @IsInt() @Min(0) @Max(MAX_BPS) prepaymentFeeBps?: number;
  @IsOptional() @IsIn(CALENDARS) holidayCalendar?: (typeof CALENDARS)[number];
}

const KINDS = ['repayment', 'reversal', 'prepayment', 'payoff', 'drawing', 'rate_change'] as const;
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
  @IsOptional() @IsArray() @ArrayMaxSize(MAX_MOVEMENTS) @Matches(DAY, { each: true }) asOf?: IsoDate[];
}

function faultsOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const place = path === '' ? property : `${path}.${property}`;
    return [...Object.values(constraints).map((line) => `${place}: ${line}`), ...faultsOf(children, place)];
  });
}

const movementOf = ({ id, kind, of, valueOn, amountMinor, ratePercent }: CaseMovement): LoanMovement => {
  switch (kind) {
    case 'reversal':
      return { id, kind, of: of! };
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

/**
 * Reads a case that somebody wrote down. `principalFirstOverDpd` is what the lender's policy says of the order of payments.
 * @throws InvalidTermsError with a line for each fault
 */
export function readCase(content: unknown, principalFirstOverDpd: number): { readonly given: LoanCase; readonly asOf: readonly IsoDate[] } {
  const file = plainToInstance(CaseFile, content);
  const faults = file instanceof CaseFile ? faultsOf(validateSync(file, { whitelist: true, forbidNonWhitelisted: true })) : ['it is no object'];
  if (faults.length > 0) throw new InvalidTermsError(faults.join('\n'));
  const { terms, contract = new CaseContract(), movements = [], asOf = [] } = file;
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
        graceDays: contract.graceDays ?? 0,
        compound: contract.compound ?? false,
        prepaymentFeeBps: contract.prepaymentFeeBps ?? 0,
        rollsForward: contract.holidayCalendar !== undefined,
      },
      movements: movements.map(movementOf),
      principalFirstOverDpd,
      businessDayFrom,
    },
  };
}
