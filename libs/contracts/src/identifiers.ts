import { isCalendarDay } from './calendar.js';
import { textRule } from './text-rule.js';

const USCC_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const USCC_BODY_LENGTH = 17;
const RESIDENT_ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_ID_CHECKS = '10X98765432';

/** Check character of the first 17 characters of a unified social credit code (GB 32100: weights 3^i mod 31); undefined for other characters. */
export function usccCheckCharacter(body: string): string | undefined {
  if (body.length !== USCC_BODY_LENGTH) return undefined;
  let sum = 0;
  let weight = 1;
  for (const character of body) {
    const value = USCC_ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_ALPHABET[(31 - (sum % 31)) % 31];
}

/** Kinds of body that each registering authority may name in the second character (GB 32100, table 1); the first character is the authority. */
const USCC_KINDS: Readonly<Record<string, string>> = {
  '1': '1239',
  '2': '19',
  '3': '123459',
  '4': '19',
  '5': '1239',
  '6': '129',
  '7': '129',
  '8': '19',
  '9': '123',
  A: '19',
  N: '1239',
  Y: '1',
};
/** First two digits of a region (GB/T 2260); 10 is the state's own registry, 99 is used by made-up data alone. */
const REGIONS = new Set('10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 99'.split(' '));

/** True where characters 1–8 name an authority, a kind of body that it registers, and a region (GB 32100). */
function hasUsccStructure(code: string): boolean {
  return (USCC_KINDS[code[0]!]?.includes(code[1]!) ?? false) && /^\d{6}$/.test(code.slice(2, 8)) && REGIONS.has(code.slice(2, 4));
}

/**
 * True where a text can be a unified social credit code (统一社会信用代码): 18 characters of the standard's alphabet, an authority, a kind of body
 * and a region that there are, and the right check character (R-OP-04). About every 31st random text passes the check character alone.
 */
export function isValidUscc(code: string): boolean {
  return code.length === USCC_BODY_LENGTH + 1 && hasUsccStructure(code) && usccCheckCharacter(code.slice(0, USCC_BODY_LENGTH)) === code[USCC_BODY_LENGTH];
}

/** Check character of the first 17 digits of a resident id (GB 11643); undefined for anything else. */
export function residentIdCheckCharacter(body: string): string | undefined {
  if (!/^\d{17}$/.test(body)) return undefined;
  const sum = RESIDENT_ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(body[at]), 0);
  return RESIDENT_ID_CHECKS[sum % 11];
}

/** True where a resident id (居民身份证) has the right check character and a date of birth that exists (R-OP-04). */
export function isValidResidentId(id: string): boolean {
  if (id.length !== 18 || residentIdCheckCharacter(id.slice(0, 17)) !== id[17]) return false;
  return isCalendarDay(`${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`);
}

/** True for a mainland mobile number (手机号): 11 digits, from 13 to 19. */
export function isMobileNumber(text: string): boolean {
  return /^1[3-9]\d{9}$/.test(text);
}

/** Field rule of {@link isValidUscc}. */
export function IsUscc(): PropertyDecorator {
  return textRule('isUscc', isValidUscc, '$property is no unified social credit code: its structure or its check character is wrong; look for a typing error');
}

/** Field rule of {@link isValidResidentId}. */
export function IsResidentId(): PropertyDecorator {
  return textRule(
    'isResidentId',
    isValidResidentId,
    '$property is no resident id number: its date of birth or its check digit is wrong; look for a typing error',
  );
}

/** Field rule of {@link isMobileNumber}. */
export function IsMobileNumber(): PropertyDecorator {
  return textRule('isMobileNumber', isMobileNumber, '$property must be a mainland mobile number: 11 digits that begin with 13 to 19');
}
