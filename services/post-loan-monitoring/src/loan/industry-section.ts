/** Last division of each section of GB/T 4754-2017: a code without its letter begins with the division. */
const LAST_DIVISIONS: readonly (readonly [section: string, lastDivision: number])[] = [
  ['A', 5],
  ['B', 12],
  ['C', 43],
  ['D', 46],
  ['E', 50],
  ['F', 52],
  ['G', 60],
  ['H', 62],
  ['I', 65],
  ['J', 69],
  ['K', 70],
  ['L', 72],
  ['M', 75],
  ['N', 79],
  ['O', 82],
  ['P', 83],
  ['Q', 85],
  ['R', 90],
  ['S', 96],
  ['T', 97],
];

/** Section (门类, A to T) of an industry code of GB/T 4754, with its letter or without; null where the code has none. */
export function industrySectionOf(industryCode: string): string | null {
  const [, letter, digits = ''] = /^([A-T])?(\d{2})?/.exec(industryCode) ?? [];
  if (letter !== undefined) return letter;
  const division = Number(digits);
  if (division === 0) return null;
  return LAST_DIVISIONS.find(([, last]) => division <= last)?.[0] ?? null;
}
