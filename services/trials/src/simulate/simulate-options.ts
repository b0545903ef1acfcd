import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { LogKind } from './simulated-lender.js';

/** What `npm run simulate -- …` may be told. */
export interface SimulateOptions {
  /** Decides everything that chance decides; a new one each time where it is not given. */
  readonly seed: number;
  readonly loans: number;
  readonly log: LogKind;
  /** File for the report. */
  readonly json?: string;
}

export const MAX_SEED = 2 ** 31 - 1;

/** Reader of a whole number between two others, for commander. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    return value;
  };
}

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readSimulateOptions(argv: readonly string[]): SimulateOptions {
  const options = new Command('npm run simulate --')
    .description('Runs the services step by step under injected faults, as a seed says, and checks what must always hold (docs/faults.md).')
    .option('--seed <n>', 'the same seed with the same code does the same again; a new one if not given', wholeNumber(0, MAX_SEED))
    .option('--loans <n>', 'applications', wholeNumber(1, 500), 20)
    .addOption(
      new Option('--log <kind>', 'event log: a table of PostgreSQL, or Apache Kafka on this machine').choices(['postgres', 'kafka']).default('postgres'),
    )
    .option('--json <file>', 'write the report to this file')
    .parse(argv as string[])
    .opts<Omit<SimulateOptions, 'seed'> & { readonly seed?: number }>();
  return { ...options, seed: options.seed ?? randomInt(MAX_SEED) };
}
