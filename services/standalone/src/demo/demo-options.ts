import { Command, InvalidArgumentError } from 'commander';

/** What `npm run demo -- …` may be told. */
export interface DemoOptions {
  /** Firms to make up; ignored with `data`. */
  readonly firms: number;
  /** Seed of the made-up firms. */
  readonly seed: number;
  /** Data folder: a path, or a name below `LENDING_DATA_DIR`. */
  readonly data?: string;
  /** File for the results. */
  readonly json?: string;
  /** Firms on their way at the same time. */
  readonly concurrency: number;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  return new Command('npm run demo --')
    .description('Boots Millrace on a data directory of its own, sends firms through the gateway as a partner would, and shows what became of them.')
    .option('--data <name or folder>', 'real firms: a folder with firms.csv and invoices/, or the name of one below LENDING_DATA_DIR (sme-invoices)')
    .option('--firms <n>', 'made-up firms', wholeNumber(1, 500), 24)
    .option('--seed <n>', 'seed of the made-up firms; the same seed makes the same firms', wholeNumber(0, 2 ** 31 - 1), 7)
    .option('--concurrency <n>', 'firms on their way at the same time', wholeNumber(1, 200), 24)
    .option('--json <file>', 'write every result and the metrics to this file')
    .parse(argv as string[])
    .opts<DemoOptions>();
}
