import { LOANS_OF_ROUND, type BenchOptions } from './bench-options.js';
import { makeBenchFirms } from './bench-firms.js';
import { runLoad, type ProcessorUse, type ReadProcessors } from './run-load.js';
import { median, percentile, ratePerSecond } from './statistics.js';
import type { SystemAddresses } from './system-process.js';

export interface Times {
  readonly p50: number;
  readonly p99: number;
}

/** One round of the whole way of a loan. Times in milliseconds as the partner sees them, at half of the round's own highest load. */
export interface LoadRound {
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

/** Whatever takes applications: one process, or many. */
export interface SystemUnderLoad {
  readonly addresses: SystemAddresses;
  /** Processor time that it has used so far. */
  readonly processors: ReadProcessors;
}

const WARM_UP_SHARE = 0.25;
const LEAST_HALF_LOAD_LOANS = 20;

const times = (values: readonly number[]): Times => ({ p50: percentile(values, 0.5), p99: percentile(values, 0.99) });
/** A name that no firm of an earlier round has. */
export const runName = (): string => Date.now().toString(36);

/** Full load first, which also shows what half of it is; then half load. */
export async function measureRound({ addresses, processors }: SystemUnderLoad, options: BenchOptions): Promise<LoadRound> {
  const { gatewayUrl, sandboxUrl, clientSecrets } = addresses;
  const target = { gatewayUrl, clientSecret: clientSecrets['demo-partner']! };
  const loans = options.loans ?? LOANS_OF_ROUND;
  const warmUp = Math.ceil(loans * WARM_UP_SHARE);
  const firms = await makeBenchFirms(sandboxUrl, `${runName()}-full`, warmUp + loans);
  const full = await runLoad({ ...target, firms, pace: { concurrency: options.concurrency }, warmUp }, processors);
  const loansPerSecond = ratePerSecond(full.ends, full.window);
  const paid = loansPerSecond * ((full.window.toMs - full.window.fromMs) / 1_000);
  const perLoan = (seconds: number | undefined): number | undefined => (seconds === undefined ? undefined : seconds / paid);

  const perSecond = loansPerSecond / 2;
  const halfFirms = await makeBenchFirms(sandboxUrl, `${runName()}-half`, Math.max(LEAST_HALF_LOAD_LOANS, Math.ceil(perSecond * options.seconds)));
  const half = await runLoad({ ...target, firms: halfFirms, pace: { perSecond }, warmUp: 0 }, processors);
  return {
    loansPerSecond,
    processorSeconds: {
      services: perLoan(full.processors.services),
      postgres: perLoan(full.processors.postgres),
      broker: perLoan(full.processors.broker),
      load: perLoan(full.processors.load),
    },
    halfLoadPerSecond: perSecond,
    submitMs: times(half.submitMs),
    decisionMs: times(half.decisionMs),
    paidMs: times(half.paidMs),
    samples: half.submitMs.length,
  };
}

/** A line for the terminal as soon as a round is over. */
export function roundLine(where: string, at: number, { loansPerSecond, submitMs, decisionMs }: LoadRound): string {
  const ms = ({ p50, p99 }: Times): string => `${Math.round(p50)}/${Math.round(p99)} ms`;
  return `  pipeline, ${where}, round ${at}: ${loansPerSecond.toFixed(1)} loans/s; at half of it submit ${ms(submitMs)}, decision ${ms(decisionMs)} (p50/p99)`;
}

/** Middle of the rounds. */
export function middle(rounds: readonly LoadRound[], of: (round: LoadRound) => number | undefined): number | undefined {
  const values = rounds.map(of).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : median(values);
}
