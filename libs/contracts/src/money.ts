import { Matches } from 'class-validator';

/** The one currency of the default policies; amounts carry it beside them so that a second one is no breaking change. */
export const CURRENCY = 'CNY';

const MINOR_UNITS = /^(0|-?[1-9]\d{0,17})$/;
const UNSIGNED_MINOR_UNITS = /^(0|[1-9]\d{0,17})$/;

/** Integer minor units (fen) as a decimal string, the only form of money on the wire. */
export function IsMinorUnits(options?: { each?: boolean }): PropertyDecorator {
  return Matches(MINOR_UNITS, { message: '$property must be integer minor units (fen) as a string', each: options?.each ?? false });
}

/** As {@link IsMinorUnits}, zero or more. */
export function IsUnsignedMinorUnits(): PropertyDecorator {
  return Matches(UNSIGNED_MINOR_UNITS, { message: '$property must be zero or more minor units (fen) as a string' });
}

/** Wire form to bigint; throws on anything but integer minor units. */
export function parseMinor(value: string): bigint {
  if (!MINOR_UNITS.test(value)) throw new RangeError(`not integer minor units: ${value}`);
  return BigInt(value);
}

/** `1234567n` to `12,345.67`, for people. */
export function formatMinor(amountMinor: bigint): string {
  const sign = amountMinor < 0n ? '-' : '';
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${sign}${whole}.${digits.slice(-2)}`;
}
