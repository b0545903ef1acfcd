import { Command, InvalidArgumentError, Option } from 'commander';

/** Parts of the benchmark, in the order in which they run. */
export const PARTS = ['step', 'kafka', 'pipeline', 'distributed', 'close', 'repayments'] as const;
export type Part = (typeof PARTS)[number];

/** Loans of each round in the pipeline, where nothing is said. */
export const LOANS_OF_ROUND = 500;
/** Loans of the book whose days are closed, where nothing is said. */
export const LOANS_OF_BOOK = 20_000;

/** What `npm run bench -- …` may be told. */
export interface BenchOptions {
  readonly only: readonly Part[];
  /** Interleaved rounds of each comparison. */
  readonly rounds: number;
  /** Transactions of each connection and round in the consumer step. */
  readonly transactions: number;
  /** Records of each round in the Kafka comparison. */
  readonly records: number;
  /** Loans of each round in the pipeline at full load, and of the book whose days are closed; absent where each part takes its own number. */
  readonly loans?: number;
  /** Seconds of each round in the pipeline at half load. */
  readonly seconds: number;
  /** Loans on their way at the same time at full load. */
  readonly concurrency: number;
  /** Stored loans that the pipeline is measured at; the first is what the others are held against. */
  readonly stored: readonly number[];
  /** Days that are closed. */
  readonly days: number;
  readonly json?: string;
  /** Folder for the CPU profile of the services; with it the pipeline runs once more, profiled and with its statements counted. */
  readonly profile?: string;
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

function storedLoans(text: string): number[] {
  return text.split(',').map(wholeNumber(0, 1_000_000));
}

function parts(text: string): Part[] {
  const wanted = text.split(',');
  const unknown = wanted.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new InvalidArgumentError(`${unknown} is none of ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => wanted.includes(part));
}

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  return new Command('npm run bench --')
    .description('Measures Millrace on this machine; each figure stands beside its ceiling, measured in the same run (docs/performance.md).')
    .addOption(new Option('--only <parts>', `some of ${PARTS.join(', ')}`).argParser(parts).default(PARTS, 'all'))
    .option('--rounds <n>', 'interleaved rounds of each comparison', wholeNumber(1, 50), 3)
    .option('--transactions <n>', 'consumer step: transactions of each connection and round', wholeNumber(10, 1_000_000), 1_000)
    .option('--records <n>', 'Kafka: records of each round', wholeNumber(500, 10_000_000), 30_000)
    .option(
      '--loans <n>',
      `pipeline: loans of each round at full load (${LOANS_OF_ROUND}); close, repayments: loans of the book (${LOANS_OF_BOOK})`,
      wholeNumber(10, 10_000_000),
    )
    .option('--seconds <n>', 'pipeline: seconds of each round at half load', wholeNumber(2, 3_600), 20)
    .option('--concurrency <n>', 'pipeline: loans on their way at full load', wholeNumber(1, 500), 64)
    .addOption(new Option('--stored <n,n>', 'pipeline: stored loans that it is measured at').argParser(storedLoans).default([1_000, 100_000], '1000,100000'))
    .option('--days <n>', 'close: days that are closed one after the other', wholeNumber(1, 2_000), 30)
    .option('--profile <folder>', 'pipeline: one more round, with a CPU profile of the services in this folder and the statements by total time')
    .option('--json <file>', 'write every figure to this file')
    .parse(argv as string[])
    .opts<BenchOptions>();
}
