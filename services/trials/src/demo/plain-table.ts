import Table from 'cli-table3';
import colors from 'picocolors';

/** A table without lines between its rows; in colour only where the output is a terminal. */
export function plainTable(head: readonly string[], colAligns: readonly ('left' | 'right')[] = []): InstanceType<typeof Table> {
  const style = colors.isColorSupported ? { head: ['cyan'], border: ['gray'] } : { head: [], border: [] };
  return new Table({ head: [...head], colAligns: [...colAligns], style, chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' } });
}
