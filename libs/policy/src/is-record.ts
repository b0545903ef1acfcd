import { ValidateBy } from 'class-validator';

/** An object with no other keys than these, and whole numbers of at least 0 as values; a release that misspells a grade must not load. */
export function IsWholeNumberRecord(keys: readonly string[], options: { readonly complete: boolean }): PropertyDecorator {
  const fits = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const entries = Object.entries(value);
    if (options.complete && entries.length !== keys.length) return false;
    return entries.every(([key, field]) => keys.includes(key) && Number.isInteger(field) && (field as number) >= 0);
  };
  return ValidateBy({
    name: 'isWholeNumberRecord',
    validator: { validate: fits, defaultMessage: () => `$property must have ${options.complete ? 'all' : 'some'} of ${keys.join(', ')} with whole numbers` },
  });
}

/** Pairs of input and value, inputs rising: a line through points. */
export function IsRisingLine(): PropertyDecorator {
  const isPair = (pair: unknown): boolean => Array.isArray(pair) && pair.length === 2 && pair.every(Number.isFinite);
  const fits = (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(isPair) &&
    value.every((pair: number[], at) => at === 0 || pair[0]! > (value as number[][])[at - 1]![0]!);
  return ValidateBy({ name: 'isRisingLine', validator: { validate: fits, defaultMessage: () => '$property must be pairs of numbers, the first ones rising' } });
}
