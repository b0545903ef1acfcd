/** Months since year 0 of `YYYY-MM` or `YYYY-MM-DD`, read by digit as it runs once an invoice. */
export function monthIndexOf(date: string): number {
  const digit = (at: number): number => date.charCodeAt(at) - 48;
  const year = digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3);
  return year * 12 + digit(5) * 10 + digit(6) - 1;
}

/** `YYYY-MM` of a month index. */
export function monthOfIndex(index: number): string {
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}
