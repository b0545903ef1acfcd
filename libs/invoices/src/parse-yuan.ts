const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const PLUS = 43;

/**
 * `-943.4` (yuan) to -94340 (fen), exactly and without floating-point arithmetic; `NaN` for anything that is no amount in
 * whole fen (letters, fractions of a fen other than zeros, more than a safe integer holds).
 */
export function parseYuan(text: string): number {
  let index = 0;
  let negative = false;
  const first = text.charCodeAt(0);
  if (first === MINUS || first === PLUS) {
    negative = first === MINUS;
    index = 1;
  }
  let minor = 0;
  let digits = 0;
  let decimals = -1;
  for (; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === POINT && decimals < 0) {
      decimals = 0;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    digits += 1;
    if (decimals >= 0) decimals += 1;
    if (decimals > 2) {
      if (digit !== 0) return Number.NaN;
    } else {
      minor = minor * 10 + digit;
    }
  }
  if (digits === 0) return Number.NaN;
  if (decimals <= 0) minor *= 100;
  else if (decimals === 1) minor *= 10;
  if (!Number.isSafeInteger(minor)) return Number.NaN;
  return negative && minor !== 0 ? -minor : minor;
}
