import { parseYuan } from './parse-yuan.js';

/** Thousands parted by commas, apostrophes or blanks, each group whole: `1,00` is no amount. */
const GROUPED = /^\d{1,3}(?:[,' ]\d{3})+(?:\.\d*)?$/;
const SEPARATORS = /[,' ]/g;
const CURRENCY = /^(?:¥|RMB|CNY)|(?:元|RMB|CNY)$/gi;
const NUMBER = /^\d+(?:\.\d*)?$|^\.\d+$/;

/** An amount in fen, and whether it was written as the format says (digits and a point). */
export interface ParsedAmount {
  /** `Infinity` or `-Infinity` for a number that is larger than can be held exactly. */
  readonly minor: number;
  readonly contractForm: boolean;
}

function plainNumber(text: string): { digits: string; negative: boolean } | undefined {
  let rest = text
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .trim();
  let negative = false;
  // Accountants write a negative amount in brackets, some programs with the sign behind it.
  const bracketed = /^\((.*)\)$/.exec(rest);
  if (bracketed) [rest, negative] = [bracketed[1]!.trim(), true];
  rest = rest.replace(CURRENCY, '').trim();
  const sign = /^[+-]|[+-]$/.exec(rest);
  if (sign) {
    if (negative) return undefined;
    negative = sign[0] === '-';
    rest = (sign.index === 0 ? rest.slice(1) : rest.slice(0, -1)).replace(CURRENCY, '').trim();
  }
  if (GROUPED.test(rest)) rest = rest.replace(SEPARATORS, '');
  return NUMBER.test(rest) ? { digits: rest, negative } : undefined;
}

/** Reads an amount in yuan; undefined for anything that is no amount in whole fen. */
export function parseAmount(text: string): ParsedAmount | undefined {
  const contract = parseYuan(text);
  if (!Number.isNaN(contract)) return { minor: contract, contractForm: true };
  const plain = plainNumber(text);
  if (!plain) return undefined;
  const minor = parseYuan(plain.digits);
  // Blanks around a number are no other form.
  const contractForm = /^\s*[+-]?\d+(?:\.\d*)?\s*$/.test(text);
  if (!Number.isNaN(minor)) return { minor: plain.negative && minor !== 0 ? -minor : minor, contractForm };
  // What is a number all the same has fractions of a fen, or is too large.
  const fraction = plain.digits.split('.')[1] ?? '';
  if (/[1-9]/.test(fraction.slice(2))) return undefined;
  return { minor: plain.negative ? -Infinity : Infinity, contractForm };
}
