import { IsIn, ValidateBy } from 'class-validator';

/** Name of the validator, by which the schema generator marks the field with `x-open`. */
export const OPEN_ENUM = 'isOpenEnum';
/** The group of what holds for a writer alone; a reader validates with `strictGroups`, which leaves it out. */
const WRITING = 'writing';
const MAX_LENGTH = 64;

/** What a reader takes in the place of the known values: any short text. */
export const ANY_VALUE = { minLength: 1, maxLength: MAX_LENGTH } as const;

/**
 * A value of a set that later versions widen. Who writes it must use a known one; who reads it gets whatever came, and treats what it does not know
 * as "other". So a service of before neither refuses nor parks the event. Where an unknown value must not be acted upon, use `IsIn`.
 */
export type OpenEnum<Known extends string> = Known | (string & Record<never, never>);

/** Validates a field of type {@link OpenEnum}. */
export function IsOpenEnum(known: readonly string[]): PropertyDecorator {
  const isText = (value: unknown): boolean => typeof value === 'string' && value.length >= 1 && value.length <= MAX_LENGTH;
  const decorators = [
    IsIn(known, { groups: [WRITING] }),
    ValidateBy({ name: OPEN_ENUM, validator: { validate: isText, defaultMessage: () => `a value of an enum has 1 to ${MAX_LENGTH} characters` } }),
  ];
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}
