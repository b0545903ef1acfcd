import { LENDER_TYPES, type LenderType } from '@millrace/policy';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from '../simulate/simulate-options.js';
import { ALL_SCENARIOS, PARENT_TITLES } from './all-scenarios.js';

export type Runtime = 'standalone' | 'distributed';

/** What `npm run scenarios -- …` may be told. */
export interface ScenarioOptions {
  /** Scenarios, or parts of them; all where none is named. */
  readonly ids: readonly string[];
  readonly runtime: Runtime;
  /** Licence that is lent under; what a scenario expects is written for the default one. */
  readonly lender: LenderType;
  /** Scenarios that are played at the same time, each on a system of its own. */
  readonly atOnce: number;
  /** File for the results. */
  readonly json?: string;
}

const KNOWN = new Set([...ALL_SCENARIOS.map(({ id }) => id), ...Object.keys(PARENT_TITLES)]);

function known(id: string, before: readonly string[]): string[] {
  if (!KNOWN.has(id)) throw new InvalidArgumentError(`There is no scenario ${id}; there are ${[...KNOWN].join(', ')}.`);
  return [...before, id];
}

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readScenarioOptions(argv: readonly string[]): ScenarioOptions {
  const command = new Command('npm run scenarios --')
    .description(
      'Plays the acceptance scenarios through the public API, each on a system of its own with a clock that it moves, beside a loan of another tenant.',
    )
    .addArgument(new Argument('[ids...]', 'scenarios (S01) or parts of them (S10.a); all where none is named').argParser(known).default([]))
    .addOption(new Option('--runtime <runtime>', 'one process, or one a service over Kafka').choices(['standalone', 'distributed']).default('standalone'))
    .addOption(new Option('--lender <type>', 'licence that is lent under').choices(LENDER_TYPES).default('online_microloan'))
    .addOption(new Option('--at-once <count>', 'scenarios that are played at the same time').default(1).argParser(wholeNumber(1, 16)))
    .option('--json <file>', 'write the results to this file')
    .parse(argv as string[]);
  return { ids: command.processedArgs[0] as string[], ...command.opts<Omit<ScenarioOptions, 'ids'>>() };
}
