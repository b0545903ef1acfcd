/** Whole months from one date (YYYY-MM-DD) to another; a month counts on its day; never negative. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear, fromMonth] = from.split('-').map(Number);
  const [toYear, toMonth] = to.split('-').map(Number);
  const months = (toYear! - fromYear!) * 12 + (toMonth! - fromMonth!) - (to.slice(8, 10) < from.slice(8, 10) ? 1 : 0);
  return Math.max(0, months);
}
