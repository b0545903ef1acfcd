import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BenchDatabase, type StatementTime } from './bench-database.js';
import { makeBenchFirms } from './bench-firms.js';
import type { BenchOptions } from './bench-options.js';
import { MeasuredSystem } from './measured-system.js';
import { runLoad, type ProcessorUse } from './run-load.js';
import { median, percentile, ratePerSecond } from './statistics.js';
import { countLoans, storeLoans } from './stored-loans.js';

export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** One round of the pipeline. Times in milliseconds as the partner sees them, at half of the round's own highest load. */
export interface PipelineRound {
  /** Loans paid out a second with as many on their way as the options say. */
  readonly loansPerSecond: number;
  /** Processor seconds of one loan; undefined where the system does not tell. */
  readonly processorSeconds: { readonly [Who in keyof ProcessorUse]: number | undefined };
  readonly halfLoadPerSecond: number;
  readonly submitMs: Times;
  readonly decisionMs: Times;
  readonly paidMs: Times;
  /** Loans sent at half load: what the times are made of. */
  readonly samples: number;
}

/** All rounds at one number of stored loans; `storedLoans` is what the last round found. */
export interface PipelineFigures {
  readonly storedLoans: number;
  readonly rounds: readonly PipelineRound[];
}

/** What the profiled round, whose figures do not count, was there for. */
export interface PipelineCauses {
  readonly profileDirectory: string;
  readonly statements: readonly StatementTime[];
}

/** Database of `npm start`. */
const DATABASE = 'millrace';
const WARM_UP_SHARE = 0.25;
const LEAST_HALF_LOAD_LOANS = 20;
/** Real loans that copies are made of. */
const TEMPLATE_LOANS = 100;
const STATEMENTS = 25;

const times = (values: readonly number[]): Times => ({ p50: percentile(values, 0.5), p99: percentile(values, 0.99) });
/** A name that no firm of an earlier round has. */
const runName = (): string => Date.now().toString(36);

/** Full load first, which also shows what half of it is; then half load. */
async function measureRound(system: MeasuredSystem, database: BenchDatabase, options: BenchOptions): Promise<PipelineRound> {
  const { gatewayUrl, sandboxUrl, clientSecrets } = system.addresses;
  const target = { gatewayUrl, clientSecret: clientSecrets['demo-partner']! };
  const processors = (): { services: number | undefined; postgres: number | undefined } => ({
    services: system.processorSeconds(),
    postgres: database.processorSeconds(),
  });
  const warmUp = Math.ceil(options.loans * WARM_UP_SHARE);
  const firms = await makeBenchFirms(sandboxUrl, `${runName()}-full`, warmUp + options.loans);
  const full = await runLoad({ ...target, firms, pace: { concurrency: options.concurrency }, warmUp }, processors);
  const loansPerSecond = ratePerSecond(full.ends, full.window);
  const paid = loansPerSecond * ((full.window.toMs - full.window.fromMs) / 1_000);
  const perLoan = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds / paid);

  const perSecond = loansPerSecond / 2;
  const halfFirms = await makeBenchFirms(sandboxUrl, `${runName()}-half`, Math.max(LEAST_HALF_LOAD_LOANS, Math.ceil(perSecond * options.seconds)));
  const half = await runLoad({ ...target, firms: halfFirms, pace: { perSecond }, warmUp: 0 }, processors);
  return {
    loansPerSecond,
    processorSeconds: { services: perLoan(full.processors.services), postgres: perLoan(full.processors.postgres), load: perLoan(full.processors.load) },
    halfLoadPerSecond: perSecond,
    submitMs: times(half.submitMs),
    decisionMs: times(half.decisionMs),
    paidMs: times(half.paidMs),
    samples: half.submitMs.length,
  };
}

/** One installation of its own for each number of stored loans; only the one that is measured runs its services. */
class Installation {
  readonly rounds: PipelineRound[] = [];
  storedLoans = 0;

  private constructor(
    private readonly directory: string,
    readonly database: BenchDatabase,
  ) {}

  static async open(directory: string, options: { readonly statements?: boolean } = {}): Promise<Installation> {
    mkdirSync(directory, { recursive: true });
    return new Installation(directory, await BenchDatabase.open(directory, options));
  }

  /** Sends a few loans through, and copies them until there are as many as wanted. */
  async fill(wanted: number, options: BenchOptions): Promise<void> {
    await this.with(async (system) => {
      const { gatewayUrl, sandboxUrl, clientSecrets } = system.addresses;
      const firms = await makeBenchFirms(sandboxUrl, `${runName()}-template`, Math.min(TEMPLATE_LOANS, Math.max(1, wanted)));
      const pace = { concurrency: options.concurrency };
      await runLoad({ gatewayUrl, clientSecret: clientSecrets['demo-partner']!, firms, pace, warmUp: 0 }, () => ({ services: undefined, postgres: undefined }));
    });
    this.storedLoans = await storeLoans(this.database, DATABASE, wanted);
  }

  async measure(options: BenchOptions): Promise<PipelineRound> {
    const round = await this.with((system) => measureRound(system, this.database, options));
    this.rounds.push(round);
    this.storedLoans = await countLoans(this.database, DATABASE);
    return round;
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

function roundLine({ storedLoans }: Installation, at: number, round: PipelineRound): string {
  const { loansPerSecond, submitMs, decisionMs } = round;
  const ms = ({ p50, p99 }: Times): string => `${Math.round(p50)}/${Math.round(p99)} ms`;
  return `  pipeline, ${storedLoans} stored, round ${at}: ${loansPerSecond.toFixed(1)} loans/s; at half of it submit ${ms(submitMs)}, decision ${ms(decisionMs)} (p50/p99)`;
}

/** The whole way of a loan on a standalone installation, at each number of stored loans in turn, round by round (issue 4 §5 c, d, e). */
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
      for (const installation of installations) say(roundLine(installation, at, await installation.measure(options)));
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
    await installation.with((system) => measureRound(system, database, options), profileDirectory);
    return { profileDirectory, statements: await database.statementsByTime(STATEMENTS) };
  } finally {
    await database.close();
  }
}

/** Middle of the rounds. */
export function middle(rounds: readonly PipelineRound[], of: (round: PipelineRound) => number | undefined): number | undefined {
  const values = rounds.map(of).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}
