const CONTRACT_FORM = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Forms in which the year comes first, so that day and month cannot be mistaken; office programs add a time of day. */
const OTHER_FORMS = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i,
  /^(\d{4})(\d{2})(\d{2})$/,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?(?: ?\d{1,2}:\d{2}(?::\d{2})?)?$/,
];
/** China's VAT and its invoices begin with 1994. */
const FIRST_YEAR = 1994;
/** Years beyond are errors of a machine rather than of a person, who is told of a date of the future. */
const LAST_YEAR = 2199;
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the calendar, and whether it was written as the format says (YYYY-MM-DD). */
export interface ParsedDate {
  readonly date: string;
  readonly contractForm: boolean;
}

function daysOf(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Reads a date in any form whose year comes first; undefined for anything else, and for a day that is not in the calendar (F15). */
export function parseDate(text: string): ParsedDate | undefined {
  const contract = CONTRACT_FORM.exec(text);
  const match = contract ?? OTHER_FORMS.map((form) => form.exec(text)).find((found) => found !== null);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > daysOf(year, month)) return undefined;
  const date = contract ? text : `${match[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return { date, contractForm: contract !== null };
}
