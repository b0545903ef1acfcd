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

/** True where a unified social credit code (统一社会信用代码) has 18 characters and the right check character (R-OP-04). */
export function isValidUscc(code: string): boolean {
  return code.length === USCC_BODY_LENGTH + 1 && usccCheckCharacter(code.slice(0, USCC_BODY_LENGTH)) === code[USCC_BODY_LENGTH];
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
  const born = `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;
  const date = new Date(`${born}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(born);
}
