import { applyDecorators } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsDefined, IsInt, IsISO8601, Matches, Max, Min, ValidateIf, ValidateNested } from 'class-validator';

/** May be left out; unlike `IsOptional`, null is no value. */
export function Settable(): PropertyDecorator {
  return ValidateIf((_object, value) => value !== undefined);
}

/** A calendar date, YYYY-MM-DD. */
export function IsDate(): PropertyDecorator {
  const message = '$property must be a date, YYYY-MM-DD';
  return applyDecorators(Matches(/^(19|20)\d{2}-\d{2}-\d{2}$/, { message }), IsISO8601({ strict: true }, { message })) as PropertyDecorator;
}

/** A month, YYYY-MM. */
export function IsMonth(): PropertyDecorator {
  return Matches(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, { message: '$property must be a month, YYYY-MM' });
}

/** A whole number within bounds, both included. */
export function IsIntBetween(low: number, high: number): PropertyDecorator {
  return applyDecorators(IsInt(), Min(low), Max(high)) as PropertyDecorator;
}

/** An object with fields of its own; null is none. */
export function IsObjectOf(type: () => new () => object): PropertyDecorator {
  return applyDecorators(IsDefined(), ValidateNested(), Type(type)) as PropertyDecorator;
}

/** A resident id by its form; a wrong check character may be set, to see what verification makes of it. */
export function IsResidentIdForm(): PropertyDecorator {
  return Matches(/^\d{17}[\dX]$/, { message: '$property must be 17 digits and a check character' });
}

/** A unified social credit code by its form; a wrong check character is the caller's business. */
export function IsUsccForm(): PropertyDecorator {
  return Matches(/^[0-9A-Z]{18}$/, { message: '$property must be 18 digits and capital letters' });
}
