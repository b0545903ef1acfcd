import { randomInt } from 'node:crypto';
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
  /** Base address of the gateway of a running system; the demo boots its own without one. */
  readonly gateway?: string;
  /** Base address of the running system's sandbox. */
  readonly sandbox?: string;
  /** File with the client secrets of the running system. */
  readonly secrets?: string;
  /** Firms on their way at the same time. */
  readonly concurrency: number;
  /** Loans of a made-up book, which is then played day by day in place of the firms. */
  readonly book?: number;
  /** Months of the book. */
  readonly months: number;
  /** Folder for the pictures of the book. */
  readonly pictures: string;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

function address(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) throw new InvalidArgumentError('It must be an address like http://127.0.0.1:8080.');
  return url.origin;
}

const MAX_SEED = 2 ** 31 - 1;
const OWN_SYSTEM_SEED = 7;

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readDemoOptions(argv: readonly string[]): DemoOptions {
  const options = new Command('npm run demo --')
    .description('Boots Millrace on a data directory of its own, sends firms through the gateway as a partner would, and shows what became of them.')
    .option('--gateway <url>', 'use the running system behind this gateway instead of booting one; repayments are then made on the day', address)
    .option('--sandbox <url>', "address of the running system's provider sandbox; port 8090 beside the gateway if not given", address)
    .option('--secrets <file>', 'client secrets of the running system: its .env, or secrets.json of its data directory; .env here if not given')
    .option(
      '--data <name or folder>',
      'real firms, which the project does not bring: a folder with firms.csv and invoices/ (docs/invoice-files.md), or the name of one below LENDING_DATA_DIR',
    )
    .option('--firms <n>', 'made-up firms', wholeNumber(1, 500), 24)
    .option(
      '--seed <n>',
      `seed of the made-up firms; the same seed makes the same firms (${OWN_SYSTEM_SEED}, with --gateway a new one)`,
      wholeNumber(0, MAX_SEED),
    )
    .option('--concurrency <n>', 'firms on their way at the same time', wholeNumber(1, 200), 24)
    .option(
      '--book <n>',
      'instead of firms: a made-up book of so many loans, every day of it closed, with its reports (docs/reports.md)',
      wholeNumber(1, 20_000),
    )
    .option('--months <n>', 'months of the book', wholeNumber(3, 60), 24)
    .option('--pictures <folder>', 'where the pictures of the book are written to (SVG)', 'book-pictures')
    .option('--json <file>', 'write every result and the metrics to this file')
    .parse(argv as string[])
    .opts<Omit<DemoOptions, 'seed'> & { readonly seed?: number }>();
  // A running system may have had the firms of any fixed seed before, and then they get no second loan.
  return { ...options, seed: options.seed ?? (options.gateway === undefined ? OWN_SYSTEM_SEED : randomInt(MAX_SEED)) };
}
