/** What a parameter of a decision must look like. */
export type ParameterType = 'date' | 'amountMinor' | 'text';

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const AMOUNT = /^(0|[1-9]\d{0,17})$/;
const MAX_TEXT = 500;

function isDay(text: string): boolean {
  if (!DATE.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const ACCEPTS: Readonly<Record<ParameterType, { readonly means: string; readonly test: (text: string) => boolean }>> = {
  date: { means: 'a day of the calendar, YYYY-MM-DD', test: isDay },
  amountMinor: { means: 'a whole number of fen', test: (text) => AMOUNT.test(text) },
  text: { means: `text of 1 to ${MAX_TEXT} characters`, test: (text) => text.trim() !== '' && text.length <= MAX_TEXT && !/\p{Cc}/u.test(text) },
};

/** True for a type that there is; kinds are checked at the start. */
export function isParameterType(type: string): type is ParameterType {
  return Object.hasOwn(ACCEPTS, type);
}

/** What a parameter must look like, in words. */
export function meaningOf(type: ParameterType): string {
  return ACCEPTS[type].means;
}

/** True where a text may stand for the parameter. */
export function isParameter(type: ParameterType, text: string): boolean {
  return ACCEPTS[type].test(text);
}
