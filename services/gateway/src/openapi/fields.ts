import { IsCalendarDay, IsInstant } from '@millrace/contracts';
import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type as TypeOf } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateNested,
} from 'class-validator';

/** What is common to all fields: each decorator of this file both checks a field and describes it in the OpenAPI document, so that the two cannot differ. */
export interface FieldOptions {
  readonly description?: string;
  readonly example?: unknown;
  readonly optional?: boolean;
  /** Only for answers: the field is always there and may be null. */
  readonly nullable?: boolean;
  /** A list of such values. */
  readonly list?: { readonly max: number };
}

/** Control characters have no place in a text, and the database takes no NUL. */
const CONTROL_CHARACTERS = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F';

function field(schema: object, rules: readonly PropertyDecorator[], options: FieldOptions): PropertyDecorator {
  const { description, example, optional = false, nullable = false, list } = options;
  const described = {
    ...schema,
    required: !optional,
    ...(description ? { description } : {}),
    ...(example === undefined ? {} : { example }),
    ...(nullable ? { nullable: true } : {}),
    ...(list ? { isArray: true, maxItems: list.max } : {}),
  } as ApiPropertyOptions;
  const presence = optional || nullable ? [IsOptional()] : [];
  const length = list ? [IsArray(), ArrayMaxSize(list.max)] : [];
  return applyDecorators(ApiProperty(described), ...presence, ...length, ...rules);
}

const eachOf = ({ list }: FieldOptions): { each: boolean } => ({ each: list !== undefined });

/** Fen as a decimal string, zero or more. */
export function MinorUnitsField(options: FieldOptions = {}): PropertyDecorator {
  const pattern = /^(0|[1-9]\d{0,17})$/;
  const rule = Matches(pattern, { message: '$property must be zero or more minor units (fen) as a string', ...eachOf(options) });
  return field({ type: String, pattern: pattern.source }, [rule], { example: '30000000', ...options });
}

/** Any UUID. */
export function IdField(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'uuid' }, [IsUUID(undefined, eachOf(options))], options);
}

/** Instant in UTC. */
export function InstantField(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, format: 'date-time' }, [IsInstant()], options);
}

/** Calendar day, `YYYY-MM-DD`. */
export function DayField(options: FieldOptions = {}): PropertyDecorator {
  const rules = [Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a day as YYYY-MM-DD' }), IsCalendarDay()];
  return field({ type: String, format: 'date' }, rules, options);
}

/** Text without control characters, 1 to `max` characters long. */
export function TextField(max: number, options: FieldOptions = {}): PropertyDecorator {
  const each = eachOf(options);
  const printable = Matches(new RegExp(`^[^${CONTROL_CHARACTERS}]*$`), { message: '$property must not have control characters', ...each });
  return field({ type: String, minLength: 1, maxLength: max }, [IsString(each), IsNotEmpty(each), MaxLength(max, each), printable], options);
}

/** Text of a given form; `form` ends the sentence "it must be …". */
export function FormField(pattern: RegExp, form: string, options: FieldOptions = {}): PropertyDecorator {
  return field({ type: String, pattern: pattern.source }, [Matches(pattern, { message: `$property must be ${form}`, ...eachOf(options) })], options);
}

/** Stable code of a reason. */
export function ReasonCodeField(options: FieldOptions = {}): PropertyDecorator {
  return FormField(/^[A-Z][A-Z0-9_]{2,59}$/, 'upper-case words joined by _', { example: 'APPLICANT_WITHDREW', ...options });
}

/** SHA-256 in lower-case hex. */
export function Sha256Field(options: FieldOptions = {}): PropertyDecorator {
  return FormField(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex', options);
}

/** One of some words. */
export function ChoiceField(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field({ enum: [...values] }, [IsIn([...values], eachOf(options))], options);
}

/** A whole number. */
export function WholeField(min: number, max: number, options: FieldOptions = {}): PropertyDecorator {
  return field({ type: 'integer', minimum: min, maximum: max }, [IsInt(), Min(min), Max(max)], options);
}

/** A whole number in a query, where every value is a text. */
export function QueryWholeField(min: number, max: number, options: FieldOptions = {}): PropertyDecorator {
  const isWithin = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) && Number(value) >= min && Number(value) <= max;
  const rule = ValidateBy({
    name: 'isWholeText',
    validator: { validate: isWithin, defaultMessage: () => `$property must be a whole number from ${min} to ${max}` },
  });
  return field({ type: 'integer', minimum: min, maximum: max }, [rule], options);
}

/** Place in a list; opaque, as what it is made of may change. */
export function CursorField(options: FieldOptions = {}): PropertyDecorator {
  return FormField(/^[A-Za-z0-9_-]{1,200}$/, 'the nextCursor of the page before', options);
}

/** A number that may have decimals, in answers only: money never comes this way. */
export function NumberField(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: Number }, [], options);
}

export function FlagField(options: FieldOptions = {}): PropertyDecorator {
  return field({ type: Boolean }, [IsBoolean()], options);
}

/** An object of another class, named by a function so that the order of the classes does not matter. */
export function ObjectField(classOf: () => Type, options: FieldOptions = {}): PropertyDecorator {
  const presence = options.optional || options.nullable ? [] : [IsDefined()];
  // @nestjs/swagger tells such a function from a class by its name: it has to be called `type`.
  return field({ type: () => classOf() }, [...presence, IsObject(eachOf(options)), ValidateNested(eachOf(options)), TypeOf(classOf)], options);
}

/** An object of the services whose members are not fixed here. */
export function OpenField(options: FieldOptions = {}): PropertyDecorator {
  const { list, ...rest } = options;
  return list
    ? field({ type: 'array', items: { type: 'object', additionalProperties: true } }, [], rest)
    : field({ type: 'object', additionalProperties: true }, [], rest);
}
