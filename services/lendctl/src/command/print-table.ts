import Table from 'cli-table3';
import pico from 'picocolors';

/** A table without lines, as a terminal shows it best; a column of numbers stands at the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number | bigint)[])[], numeric: readonly string[] = []): string {
  const printed = new Table({
    head: head.map((title) => pico.bold(title)),
    colAligns: head.map((title) => (numeric.includes(title) ? 'right' : 'left')),
    chars: {
      top: '',
      'top-mid': '',
      'top-left': '',
      'top-right': '',
      bottom: '',
      'bottom-mid': '',
      'bottom-left': '',
      'bottom-right': '',
      left: '',
      'left-mid': '',
      mid: '',
      'mid-mid': '',
      right: '',
      'right-mid': '',
      middle: ' ',
    },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
  });
  for (const row of rows) printed.push(row.map(String));
  return printed.toString();
}
