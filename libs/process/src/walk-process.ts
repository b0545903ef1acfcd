import { START, type AnyProcess } from './process.js';

/** Cell of the walk: the next status, `ignored`, or `–` for what cannot be. */
export function cellOf(process: AnyProcess, status: string, trigger: string): string {
  const verdict = process.consult(status, trigger);
  return verdict.kind === 'row' ? verdict.row.next : verdict.kind === 'ignore' ? 'ignored' : '–';
}

/**
 * Holds a process against what is expected of every pair, written down apart from the table: a line of short names of statuses, then a line for each trigger with
 * `-` for what cannot be, `.` for what is ignored, and the short name of the next status.
 * @param short - status by its short name in the text, in the order of the table
 * @returns every difference in words, and every status and trigger that the text does not know
 */
export function walkFaults(process: AnyProcess, text: string, short: Readonly<Record<string, string>>): string[] {
  const [header = [], ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const columns = header.map((name) => (name === START ? START : (short[name] ?? name)));
  const known = lines.map(([trigger]) => trigger!);
  const said = (expected: string): string => (expected === '-' ? '–' : expected === '.' ? 'ignored' : (short[expected] ?? expected));
  return [
    ...[START, ...process.statuses].filter((status) => !columns.includes(status)).map((status) => `the walk does not know the status ${status}`),
    ...columns.filter((status) => status !== START && !process.statuses.includes(status)).map((status) => `the process does not know the status ${status}`),
    ...process.triggers.filter((trigger) => !known.includes(trigger)).map((trigger) => `the walk does not know the trigger ${trigger}`),
    ...known.filter((trigger) => !process.triggers.includes(trigger)).map((trigger) => `the process does not know the trigger ${trigger}`),
    ...lines.flatMap(([trigger, ...cells]) => [
      ...(cells.length === columns.length ? [] : [`${trigger} has ${cells.length} cells for ${columns.length} statuses`]),
      ...cells.flatMap((expected, index) => {
        const is = cellOf(process, columns[index]!, trigger!);
        return is === said(expected) ? [] : [`${columns[index]} × ${trigger} is ${is}, expected is ${said(expected)}`];
      }),
    ]),
  ];
}
