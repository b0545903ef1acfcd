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
import { PREPAYMENT_EFFECTS, PREPAYMENT_INTERESTS, type PrepaymentEffect, type PrepaymentInterest } from '@millrace/contracts';
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
import type { LoanMovement } from './loan-case.js';
import { FACT_KINDS, type FactKind } from './loan-facts.js';
import type { ProjectedCase } from './project-loan.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MINOR = /^[1-9]\d{0,17}$/;
const PERCENT = /^\d{1,4}(\.\d{1,20})?$/;
/** Fen, a rate and a day as texts, each with a sentence for whoever has written something else. */
const IsFen = (): PropertyDecorator => Matches(MINOR, { message: '$property must be a text with a whole number of fen above zero, of 18 digits at most' });
const IsPercent = (): PropertyDecorator => Matches(PERCENT, { message: '$property must be a text with a rate in per cent of zero or more, such as "7.2"' });
const IsDay = (each = false): PropertyDecorator => Matches(DAY, { message: `${each ? 'each value in ' : ''}$property must be a day as YYYY-MM-DD`, each });
const MAX_MOVEMENTS = 1_000;
const MAX_BPS = 10_000;
const MAX_PERIOD_MONTHS = 120;
/** Holidays of mainland China with the weekends that are worked instead; the only calendar that is here. */
const CALENDARS = ['CN'] as const;

/** Terms of the schedule, as `ScheduleTerms` has them; money and rates are texts, so that no program on the way rounds them. */
class CaseTerms {
  @IsFen() principalMinor!: string;
  @IsPercent() annualRatePercent!: string;
  @IsIn(REPAYMENT_METHODS) method!: RepaymentMethod;
  @IsInt() @Min(1) @Max(MAX_INSTALMENTS) instalments!: number;
  @IsDay() disbursedOn!: IsoDate;
  @IsIn(DAY_COUNTS) dayCount!: DayCount;
  @IsOptional() @IsInt() @Min(1) @Max(MAX_PERIOD_MONTHS) periodMonths?: number;
  @IsOptional() @IsFen() instalmentMultipleMinor?: string;
  @IsOptional() @IsArray() @IsDay(true) dueDates?: IsoDate[];
  @IsOptional() @IsDay() firstDueOn?: IsoDate;
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
/** A field that these kinds must have; where another kind has it too, it says nothing, and must still be one. */
const NeededBy = (...kinds: readonly CaseMovement['kind'][]): PropertyDecorator => {
  return (target, property) =>
    ValidateIf((one: CaseMovement) => kinds.includes(one.kind) || one[property as keyof CaseMovement] !== undefined)(target, property);
};

/** One movement, in the order of arrival. */
class CaseMovement {
  @IsString() @IsNotEmpty() id!: string;
  @IsIn(KINDS) kind!: (typeof KINDS)[number];
  /** Id of the movement that a reversal takes back. */
  @NeededBy('reversal') @IsString() @IsNotEmpty() of?: string;
  @NeededBy('repayment', 'prepayment', 'payoff', 'drawing', 'extension', 'rate_change') @IsDay() valueOn?: IsoDate;
  @NeededBy('repayment', 'prepayment', 'drawing') @IsFen() amountMinor?: string;
  @NeededBy('rate_change') @IsPercent() ratePercent?: string;
  /** What a prepayment leaves as it was, where it is not what the contract says. */
  @IsOptional() @IsIn(PREPAYMENT_EFFECTS) effect?: PrepaymentEffect;
  /** New dates of what is not due yet. */
  @NeededBy('extension') @IsArray() @ArrayNotEmpty() @ArrayMaxSize(MAX_INSTALMENTS) @IsDay(true) dueDates?: IsoDate[];
}

/** What is known of the loan besides its money; both days are included, and without the second it holds for good. */
class CaseFact {
  @IsIn(FACT_KINDS) kind!: FactKind;
  @IsDay() from!: IsoDate;
  @IsOptional() @IsDay() to?: IsoDate;
  @IsOptional() @IsFen() amountMinor?: string;
}

/** A loan on paper as it stands in a file. */
class CaseFile {
  @IsObject() @ValidateNested() @Type(() => CaseTerms) terms!: CaseTerms;
  @IsOptional() @IsObject() @ValidateNested() @Type(() => CaseContract) contract?: CaseContract;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_MOVEMENTS)
  @IsObject({ each: true })
  @ArrayUnique(({ id }: CaseMovement) => id)
  @ValidateNested({ each: true })
  @Type(() => CaseMovement)
  movements?: CaseMovement[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_MOVEMENTS)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => CaseFact)
  facts?: CaseFact[];
  @IsOptional() @IsArray() @ArrayMaxSize(MAX_MOVEMENTS) @IsDay(true) asOf?: IsoDate[];
}

/** A field that is null is one that is not there, as programs of others write it. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, field]) => (field === null ? [] : [[key, withoutNulls(field)]])));
}

function faultsOf(errors: readonly ValidationError[], path = ''): string[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const place = path === '' ? property : `${path}.${property}`;
    return [...Object.values(constraints).map((line) => `${place}: ${line}`), ...faultsOf(children, place)];
  });
}

/** What a reversal takes back is in the file, before it or after it, and two do not take back each other. */
function checkReversals(movements: readonly CaseMovement[]): void {
  const byId = new Map(movements.map((movement) => [movement.id, movement]));
  for (const { id, kind, of } of movements.filter((one) => one.kind === 'reversal')) {
    const seen = new Set([id]);
    for (let target = byId.get(of!); target?.kind !== undefined; target = target.kind === 'reversal' ? byId.get(target.of!) : undefined) {
      if (seen.has(target.id)) throw new InvalidTermsError(`movements: ${id} takes back ${kind}s in a circle`);
      seen.add(target.id);
    }
    if (!byId.has(of!)) throw new InvalidTermsError(`movements: ${id} takes back ${of!}, which is not there`);
  }
}

const movementOf = ({ id, kind, of, valueOn, amountMinor, ratePercent, effect, dueDates }: CaseMovement): LoanMovement => {
  switch (kind) {
    case 'reversal':
      return { id, kind, of: of! };
    case 'extension':
      return { id, kind, valueOn: valueOn!, dueDates: dueDates! };
    case 'rate_change':
      return { id, kind, valueOn: valueOn!, ratePercent: ratePercent! };
    case 'payoff':
      return { id, kind, valueOn: valueOn!, amountMinor: amountMinor === undefined ? undefined : BigInt(amountMinor) };
    case 'prepayment':
      return { id, kind, valueOn: valueOn!, amountMinor: BigInt(amountMinor!), effect };
    case 'repayment':
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
  const file = plainToInstance(CaseFile, withoutNulls(content));
  const faults = file instanceof CaseFile ? faultsOf(validateSync(file, { whitelist: true, forbidNonWhitelisted: true })) : ['it is no object'];
  if (faults.length > 0) throw new InvalidTermsError(faults.join('\n'));
  const { terms, contract = new CaseContract(), movements = [], facts = [], asOf = [] } = file;
  const backwards = facts.find(({ from, to = from }) => to < from);
  if (backwards) throw new InvalidTermsError(`facts: ${backwards.kind} from ${backwards.from} ends before it begins`);
  checkReversals(movements);
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
