import { randomInt } from 'node:crypto';
import { Command } from 'commander';
import { MAX_SEED, wholeNumber } from '../simulate/simulate-options.js';

/** What `npm run crash-test -- …` may be told. */
export interface CrashTestOptions {
  /** Decides firms and moments; a new one each time where it is not given. */
  readonly seed: number;
  readonly applications: number;
  readonly kills: number;
  /** Applications under way at the same time. */
  readonly concurrency: number;
  /** File for the report. */
  readonly json?: string;
}

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readCrashTestOptions(argv: readonly string[]): CrashTestOptions {
  const options = new Command('npm run crash-test --')
    .description('Kills the standalone process (SIGKILL) again and again while applications are in flight, and checks that nothing was lost (docs/faults.md).')
    .option('--seed <n>', 'the same seed makes the same firms and the same moments; a new one if not given', wholeNumber(0, MAX_SEED))
    .option('--applications <n>', 'applications', wholeNumber(1, 500), 300)
    .option('--kills <n>', 'how often the process is killed', wholeNumber(0, 200), 15)
    .option('--concurrency <n>', 'applications under way at the same time', wholeNumber(1, 200), 60)
    .option('--json <file>', 'write the report to this file')
    .parse(argv as string[])
    .opts<Omit<CrashTestOptions, 'seed'> & { readonly seed?: number }>();
  return { ...options, seed: options.seed ?? randomInt(MAX_SEED) };
}
