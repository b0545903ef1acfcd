/** First month (YYYY-MM) of the `months` that end with `lastMonth`, both included: 12 back from 2020-02 begin in 2019-03. */
export function firstMonthOf(lastMonth: string, months: number): string {
  const [year, month] = lastMonth.split('-').map(Number);
  const index = year! * 12 + (month! - 1) - (months - 1);
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Last full month (YYYY-MM) before a business date: the reference month of what is submitted on that day. */
export function lastFullMonthBefore(date: string): string {
  return firstMonthOf(date.slice(0, 7), 2);
}
