import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { STANDALONE_DATABASE } from '@millrace/service';
import { BenchDatabase, type StatementTime } from './bench-database.js';
import { makeBenchFirms } from './bench-firms.js';
import type { BenchOptions } from './bench-options.js';
import { measureRound, roundLine, runName, type LoadRound, type SystemUnderLoad } from './measure-round.js';
import { MeasuredSystem } from './measured-system.js';
import { runLoad, type ReadProcessors } from './run-load.js';
import { countLoans, storeLoans } from './stored-loans.js';

/** All rounds at one number of stored loans; `storedLoans` is what the last round found. */
export interface PipelineFigures {
  readonly storedLoans: number;
  readonly rounds: readonly LoadRound[];
}

/** What the profiled round, whose figures do not count, was there for. */
export interface PipelineCauses {
  readonly profileDirectory: string;
  readonly statements: readonly StatementTime[];
}

/** Real loans that copies are made of. */
const TEMPLATE_LOANS = 100;
const STATEMENTS = 25;

/** One installation of its own for each number of stored loans; only the one that is measured runs its services. */
class Installation {
  readonly rounds: LoadRound[] = [];
  storedLoans = 0;

  private constructor(
    private readonly directory: string,
    readonly database: BenchDatabase,
  ) {}

  static async open(directory: string, options: { readonly statements?: boolean } = {}): Promise<Installation> {
    // Apart from what the services keep: they refuse a start beside data whose secrets are not there.
    const server = join(directory, 'server');
    mkdirSync(server, { recursive: true });
    return new Installation(directory, await BenchDatabase.open(server, options));
  }

  /** Sends a few loans through, and copies them until there are as many as wanted. */
  async fill(wanted: number, options: BenchOptions): Promise<void> {
    await this.with(async (system) => {
      const { gatewayUrl, sandboxUrl, clientSecrets } = system.addresses;
      const firms = await makeBenchFirms(sandboxUrl, `${runName()}-template`, Math.min(TEMPLATE_LOANS, Math.max(1, wanted)));
      const pace = { concurrency: options.concurrency };
      await runLoad({ gatewayUrl, clientSecret: clientSecrets['demo-partner']!, firms, pace, warmUp: 0 }, () => ({
        services: undefined,
        postgres: undefined,
        broker: undefined,
      }));
    });
    this.storedLoans = await storeLoans(this.database, STANDALONE_DATABASE, wanted);
  }

  async measure(options: BenchOptions): Promise<LoadRound> {
    const round = await this.with((system) => measureRound(this.underLoad(system), options));
    this.rounds.push(round);
    this.storedLoans = await countLoans(this.database, STANDALONE_DATABASE);
    return round;
  }

  underLoad(system: MeasuredSystem): SystemUnderLoad {
    const processors = (): ReturnType<ReadProcessors> => ({ services: system.processorSeconds(), postgres: this.database.processorSeconds(), broker: 0 });
    return { addresses: system.addresses, processors };
  }

  /** Runs the services for as long as the work takes. */
  async with<T>(work: (system: MeasuredSystem) => Promise<T>, profileDirectory?: string): Promise<T> {
    const profile = profileDirectory === undefined ? {} : { profileDirectory };
    const system = await MeasuredSystem.start({ databaseUrl: this.database.adminUrl, dataDirectory: this.directory, ...profile });
    try {
      return await work(system);
    } finally {
      await system.stop();
    }
  }
}

/** The whole way of a loan on a standalone installation, at each number of stored loans in turn, round by round. */
export async function measurePipeline(directory: string, options: BenchOptions, say: (line: string) => void): Promise<PipelineFigures[]> {
  const installations: Installation[] = [];
  try {
    for (const stored of options.stored) {
      const installation = await Installation.open(join(directory, `stored-${stored}`));
      installations.push(installation);
      const startMs = performance.now();
      await installation.fill(stored, options);
      say(`  ${installation.storedLoans} loans stored, in ${Math.round((performance.now() - startMs) / 1_000)} s`);
    }
    for (let at = 1; at <= options.rounds; at++) {
      for (const installation of installations) {
        const round = await installation.measure(options);
        say(roundLine(`${installation.storedLoans} stored`, at, round));
      }
    }
    return installations.map(({ storedLoans, rounds }) => ({ storedLoans, rounds }));
  } finally {
    for (const { database } of installations) await database.close();
  }
}

/** One more round with every statement counted and the services profiled, on an installation that is thrown away. */
export async function findCauses(directory: string, profileDirectory: string, options: BenchOptions): Promise<PipelineCauses> {
  const installation = await Installation.open(join(directory, 'causes'), { statements: true });
  const { database } = installation;
  try {
    await installation.with((system) => measureRound(installation.underLoad(system), options), profileDirectory);
    return { profileDirectory, statements: await database.statementsByTime(STATEMENTS) };
  } finally {
    await database.close();
  }
}
