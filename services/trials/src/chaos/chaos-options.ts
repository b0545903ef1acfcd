import { randomInt } from 'node:crypto';
import { Command, Option } from 'commander';
import { MAX_SEED, wholeNumber } from '../simulate/simulate-options.js';

/** What is killed: everything again and again, or one instance of each service, which stays away. */
export type ChaosKind = 'everything' | 'one-instance';

/** What `npm run chaos -- …` may be told. */
export interface ChaosOptions {
  /** Decides firms, victims and moments; a new one each time where it is not given. */
  readonly seed: number;
  /** Applications. */
  readonly loans: number;
  /** Processes of each service; the sandbox has one. */
  readonly instances: number;
  readonly kind: ChaosKind;
  /** How many kills; of `one-instance` there is one for each service. */
  readonly kills: number;
  /** Applications under way at the same time. */
  readonly concurrency: number;
  /** Whether the data directory with the services' lines is kept; it always is where a rule is broken. */
  readonly keep: boolean;
  /** File for the report. */
  readonly json?: string;
}

type GivenOptions = Omit<ChaosOptions, 'seed' | 'kills'> & { readonly seed?: number; readonly kills?: number };

/** One in so many applications brings a kill where nobody says how many there are to be. */
const LOANS_PER_KILL = 20;
/** Every server and every service once, and some more. */
const LEAST_KILLS = 12;

/** Reads the arguments; ends the process with usage on wrong ones. */
export function readChaosOptions(argv: readonly string[]): ChaosOptions {
  const command = new Command('npm run chaos --')
    .description('Kills processes of the distributed topology (SIGKILL) while applications flow, and checks that nothing was lost (docs/faults.md).')
    .option('--seed <n>', 'the same seed makes the same firms, victims and moments; a new one if not given', wholeNumber(0, MAX_SEED))
    .option('--loans <n>', 'applications', wholeNumber(1, 100_000), 2_000)
    .option('--instances <n>', 'processes of each service; the sandbox has one', wholeNumber(1, 8), 3)
    .addOption(
      new Option('--kind <kind>', 'what is killed: everything, each started again after a while; or one instance of every service, which stays away')
        .choices(['everything', 'one-instance'])
        .default('everything'),
    )
    .option('--kills <n>', `how many kills; one for ${LOANS_PER_KILL} applications, and at least ${LEAST_KILLS}, if not given`, wholeNumber(0, 10_000))
    .option('--concurrency <n>', 'applications under way at the same time', wholeNumber(1, 500), 60)
    .option('--keep', "keep the data directory with the services' lines; it always is kept where a rule is broken", false)
    .option('--json <file>', 'write the report to this file')
    .parse(argv as string[]);
  const given = command.opts<GivenOptions>();
  if (given.kind === 'one-instance' && given.instances === 1) command.error('error: one-instance needs two instances or more of each service');
  const kills = given.kills ?? Math.max(LEAST_KILLS, Math.round(given.loans / LOANS_PER_KILL));
  return { ...given, seed: given.seed ?? randomInt(MAX_SEED), kills };
}
