import { isCalendarDay } from '@millrace/contracts';
import { Type } from 'class-transformer';
import { IsObject, ValidateBy, ValidateNested } from 'class-validator';

const MINOR = /^(0|[1-9]\d{0,17})$/;

/** Amount in fen as a text of digits: a number of JSON is not exact for large ones. */
export function IsMinorAmount(): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && MINOR.test(value);
  return ValidateBy({ name: 'isMinorAmount', validator: { validate, defaultMessage: () => 'must be an amount in fen, as a text of digits in quotes' } });
}

/** A whole number between two others, both included. */
export function IsWholeFromTo(least: number, most: number): PropertyDecorator {
  const validate = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
  return ValidateBy({ name: 'isWholeFromTo', validator: { validate, defaultMessage: () => `must be a whole number from ${least} to ${most}` } });
}

/** Ratio as a decimal text with at most two places, above 0 and below 10. */
export function IsRatio(): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && /^\d\.\d{1,2}$/.test(value) && Number(value) > 0;
  return ValidateBy({ name: 'isRatio', validator: { validate, defaultMessage: () => 'must be a decimal above 0 and below 10, as a text such as "1.25"' } });
}

/** Day of the calendar, YYYY-MM-DD. */
export function IsCalendarDate(): PropertyDecorator {
  const validate = (value: unknown): boolean => typeof value === 'string' && isCalendarDay(value);
  return ValidateBy({ name: 'isCalendarDate', validator: { validate, defaultMessage: () => 'must be a day of the calendar, as "YYYY-MM-DD"' } });
}

/** Parameters that belong together; the whole section must be there. */
export function IsSection(section: () => new () => object): PropertyDecorator {
  return (target, property) => {
    Type(section)(target, property);
    ValidateNested()(target, property);
    IsObject({ message: 'must be there, as an object' })(target, property);
  };
}
