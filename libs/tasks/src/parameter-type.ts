import { isCalendarDay } from '@millrace/contracts';

/** What a parameter of a decision must look like. */
export type ParameterType = 'date' | 'amountMinor' | 'text';

const AMOUNT = /^(0|[1-9]\d{0,17})$/;
const MAX_TEXT = 500;

const ACCEPTS: Readonly<Record<ParameterType, { readonly means: string; readonly test: (text: string) => boolean }>> = {
  date: { means: 'a day of the calendar, YYYY-MM-DD', test: isCalendarDay },
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
