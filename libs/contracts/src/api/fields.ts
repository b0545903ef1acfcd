import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, IsUUID, Matches, Max, MaxLength, Min, ValidateBy } from 'class-validator';
import { IsCalendarDay, IsInstant } from '../calendar.js';
import { Field, type AnswerOf, type Description, type JsonSchema, type Unit } from './field.js';

/** Control characters have no place in a text, and the database takes no NUL. */
const CONTROL_CHARACTERS = '\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F';
const EXAMPLE_ID = '019cac3d-9a80-7000-8000-5a3c1d2e4f60';

type Rules = (each: boolean) => readonly PropertyDecorator[];

function field<T>(schema: JsonSchema, rules: Rules, meaning: string, example: unknown, unit?: Unit): Field<T, false> {
  return new Field({ meaning, example, schema, rules, ...(unit ? { unit } : {}) });
}

/** Text without control characters, 1 to `max` characters long. */
export function text(max: number, meaning: string, example: string): Field<string, false> {
  const rules: Rules = (each) => {
    const printable = Matches(new RegExp(`^[^${CONTROL_CHARACTERS}]*$`), { message: '$property must not have control characters', each });
    return [IsString({ each }), IsNotEmpty({ each }), MaxLength(max, { each }), printable];
  };
  return field({ type: 'string', minLength: 1, maxLength: max }, rules, meaning, example);
}

/** Text of a given form; `form` ends the sentence "it must be …". `more` are rules that a pattern cannot say. */
export function form(pattern: RegExp, form: string, meaning: string, example: string, more: readonly PropertyDecorator[] = []): Field<string, false> {
  const rules: Rules = (each) => [Matches(pattern, { message: `$property must be ${form}`, each }), ...more];
  return field({ type: 'string', pattern: pattern.source }, rules, meaning, example);
}

/** Stable code of a reason. */
export function code(meaning: string, example: string): Field<string, false> {
  return form(/^[A-Z][A-Z0-9_]{2,59}$/, 'upper-case words joined by _', meaning, example);
}

/** SHA-256 in lower-case hex. */
export function sha256(meaning: string): Field<string, false> {
  return form(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex', meaning, '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730');
}

/** One of some words, each with its meaning. */
export function choice<const C extends Readonly<Record<string, string>>>(choices: C, meaning: string): Field<keyof C & string, false> {
  const values = Object.keys(choices);
  const rules: Rules = (each) => [IsIn(values, { each })];
  return new Field({ meaning, example: values[0], schema: { type: 'string', enum: values }, rules, choices });
}

/** Fen as a decimal string, zero or more. */
export function money(meaning: string, example = '30000000'): Field<string, false> {
  const pattern = /^(0|[1-9]\d{0,17})$/;
  const rules: Rules = (each) => [Matches(pattern, { message: '$property must be zero or more minor units (fen) as a string', each })];
  return field({ type: 'string', pattern: pattern.source }, rules, meaning, example, 'fen');
}

/** Fen as a decimal string that may be below zero. */
export function signedMoney(meaning: string, example: string): Field<string, false> {
  return new Field({ ...form(/^(0|-?[1-9]\d{0,17})$/, 'minor units (fen) as a string', meaning, example).spec, unit: 'fen' });
}

/** Three letters of ISO 4217. */
export function currency(meaning = 'Currency of the amounts (ISO 4217).'): Field<string, false> {
  return form(/^[A-Z]{3}$/, 'three capital letters', meaning, 'CNY');
}

/** Any UUID. */
export function id(meaning: string): Field<string, false> {
  return field({ type: 'string', format: 'uuid' }, (each) => [IsUUID(undefined, { each })], meaning, EXAMPLE_ID);
}

/** Instant in UTC. */
export function instant(meaning: string, example = '2026-03-02T01:00:00.000Z'): Field<string, false> {
  return field({ type: 'string', format: 'date-time' }, () => [IsInstant()], meaning, example);
}

/** Calendar day of Asia/Shanghai, `YYYY-MM-DD`. */
export function day(meaning: string, example = '2026-04-02'): Field<string, false> {
  const rules: Rules = () => [Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a day as YYYY-MM-DD' }), IsCalendarDay()];
  return field({ type: 'string', format: 'date' }, rules, meaning, example);
}

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number, meaning: string, example: number, unit?: Unit): Field<number, false> {
  return field({ type: 'integer', minimum: min, maximum: max }, () => [IsInt(), Min(min), Max(max)], meaning, example, unit);
}

/** A rate in basis points, up to 100 %. */
export function bps(meaning: string, example = 635): Field<number, false> {
  return whole(0, 10_000, meaning, example, 'basis points');
}

/** A number of months, up to fifty years. */
export function months(meaning: string, example = 12): Field<number, false> {
  return whole(1, 600, meaning, example, 'months');
}

/** A number that may have decimals, in answers only: money never comes this way. */
export function decimal(meaning: string, example: number, unit?: Unit): Field<number, false> {
  return field({ type: 'number' }, () => [], meaning, example, unit);
}

export function flag(meaning: string, example = true, more: readonly PropertyDecorator[] = []): Field<boolean, false> {
  return field({ type: 'boolean' }, () => [IsBoolean(), ...more], meaning, example);
}

/** An object that is described by itself. */
export function object<D extends Description>(description: D, meaning: string): Field<AnswerOf<D>, false> {
  return new Field({ meaning, example: undefined, schema: {}, rules: () => [], object: description });
}

/** An object of the services whose members are not fixed here, in answers only. */
export function open(meaning: string, example: object): Field<object, false> {
  return new Field({ meaning, example, schema: { type: 'object', additionalProperties: true }, rules: () => [], open: true });
}

/** A whole number in a query, where every value is a text. */
export function queryWhole(min: number, max: number, meaning: string, example: number): Field<string, true> {
  const isWithin = (value: unknown): boolean => typeof value === 'string' && /^[1-9]\d{0,8}$/.test(value) && Number(value) >= min && Number(value) <= max;
  const rule = ValidateBy({
    name: 'isWholeText',
    validator: { validate: isWithin, defaultMessage: () => `$property must be a whole number from ${min} to ${max}` },
  });
  return field<string>({ type: 'integer', minimum: min, maximum: max }, () => [rule], meaning, example).optional();
}
