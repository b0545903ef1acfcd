import { readdirSync, readFileSync } from 'node:fs';
import { plainToInstance } from 'class-transformer';
import { ArrayUnique, IsArray, IsInt, IsString, Matches, Max, Min, validateSync } from 'class-validator';

const DAY_MS = 86_400_000;
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Asia/Shanghai has had no summer time since 1991, so a day there is always the same 24 hours. */
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** One year of statutory holidays and make-up workdays (调休), as the State Council published it. */
export class CalendarYear {
  @IsInt() @Min(1992) @Max(9999) year!: number;
  /** Document that the days are taken from. */
  @IsString() source!: string;
  @Matches(ISO_DAY) publishedOn!: string;
  /** Mondays to Fridays on which nobody works. */
  @IsArray() @ArrayUnique() @Matches(ISO_DAY, { each: true }) weekdaysOff!: string[];
  /** Saturdays and Sundays that are worked. */
  @IsArray() @ArrayUnique() @Matches(ISO_DAY, { each: true }) weekendsWorked!: string[];
}

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

function isDay(day: string): boolean {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
}

/** Reads one year; throws one line that names the file's fault, as a wrong day would move every deadline near it without a word. */
export function readCalendarYear(file: string, content: unknown): CalendarYear {
  const calendar = plainToInstance(CalendarYear, content);
  const [error] = validateSync(calendar, { whitelist: true, forbidNonWhitelisted: true });
  if (error) throw new Error(`business calendar ${file}: ${error.toString()}`);
  const { year, weekdaysOff, weekendsWorked } = calendar;
  const foreign = [...weekdaysOff, ...weekendsWorked].find((day) => !isDay(day) || !day.startsWith(`${year}-`));
  if (foreign) throw new Error(`business calendar ${file}: ${foreign} is no day of ${year}`);
  const weekendOff = weekdaysOff.find(isWeekend);
  if (weekendOff) throw new Error(`business calendar ${file}: ${weekendOff} is a weekend and needs no entry in weekdaysOff`);
  const weekdayWorked = weekendsWorked.find((day) => !isWeekend(day));
  if (weekdayWorked) throw new Error(`business calendar ${file}: ${weekdayWorked} is a weekday and needs no entry in weekendsWorked`);
  return calendar;
}

const CALENDARS = new URL('../calendars/', import.meta.url);
let loaded: { readonly years: ReadonlySet<number>; readonly off: ReadonlySet<string>; readonly worked: ReadonlySet<string> } | undefined;

function calendars(): NonNullable<typeof loaded> {
  if (loaded) return loaded;
  const years = readdirSync(CALENDARS)
    .filter((file) => file.endsWith('.json'))
    .map((file) => readCalendarYear(file, JSON.parse(readFileSync(new URL(file, CALENDARS), 'utf8'))));
  loaded = {
    years: new Set(years.map(({ year }) => year)),
    off: new Set(years.flatMap(({ weekdaysOff }) => weekdaysOff)),
    worked: new Set(years.flatMap(({ weekendsWorked }) => weekendsWorked)),
  };
  return loaded;
}

/** True where the lender's people work on a day (`YYYY-MM-DD`, Asia/Shanghai). In a year without a file only weekends are off. */
export function isBusinessDay(day: string): boolean {
  const { off, worked } = calendars();
  return worked.has(day) || (!isWeekend(day) && !off.has(day));
}

/**
 * The instant so many business days later, at the same time of day in Shanghai. The day of `from` itself never counts, whether it is worked or not;
 * zero days later is `from`.
 * @throws RangeError where `days` is not a whole number from 0 on
 */
export function addBusinessDays(from: Date, days: number): Date {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`${days} is no number of business days`);
  let at = from.getTime();
  for (let left = days; left > 0;) {
    at += DAY_MS;
    if (isBusinessDay(new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10))) left -= 1;
  }
  return new Date(at);
}

/** The day itself where it is a business day, else the first one after it: where a due date goes that falls on a day on which nobody works (M-RS-04). */
export function businessDayFrom(day: string): string {
  let found = day;
  while (!isBusinessDay(found)) found = new Date(Date.parse(`${found}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return found;
}

/** Years from `from` to `to` (Asia/Shanghai) whose holidays are not known here: their business days are Monday to Friday until a file is added. */
export function yearsWithoutCalendar(from: Date, to: Date): number[] {
  const yearOf = (instant: Date): number => Number(new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().slice(0, 4));
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, index) => yearOf(from) + index);
  return years.filter((year) => !calendars().years.has(year));
}
