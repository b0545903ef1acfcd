import { seededRandom } from '@millrace/metrics';

/** What kinds of step there are; each can meet other faults. */
export type StepKind = 'send' | 'deliver' | 'job' | 'tick' | 'act';

/** A step that could be taken now. The label says the same in every run of a seed. */
export interface Choice {
  readonly kind: StepKind;
  readonly label: string;
}

/** Parties of the sandbox that can fail. */
export const FAILING_PROVIDERS = ['registry', 'identity', 'bureau', 'tax', 'invoices', 'watchlists', 'courts', 'bank', 'esign'] as const;
export type FailingProvider = (typeof FAILING_PROVIDERS)[number];

/** Where the wire to PostgreSQL is cut in a step: before or after its n-th durable statement (a commit, or a statement of its own). */
export interface CrashPoint {
  readonly statement: number;
  readonly side: 'before' | 'after';
}

/** What goes wrong with a step. */
export type Fault =
  | { readonly kind: 'crash'; readonly point: CrashPoint; /** Which of the step's services, 0 to 1. */ readonly victim: number }
  | { readonly kind: 'crash-before-offset' }
  | { readonly kind: 'duplicate'; readonly records: number }
  | { readonly kind: 'reorder' }
  | { readonly kind: 'delay'; readonly steps: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'repeat-request' }
  | {
      readonly kind: 'provider';
      readonly provider: FailingProvider;
      readonly failure: 'error' | 'outage' | 'timeout_after_success' | 'late_callback';
      readonly calls: number;
      readonly lateMs: number;
    }
  | { readonly kind: 'clock-jump'; readonly byMs: number };
export type FaultKind = Fault['kind'];

/** The next step: which of the choices, how long after the one before, and what goes wrong. */
export interface Decision {
  readonly index: number;
  readonly elapsedMs: number;
  readonly fault: Fault | undefined;
  /** Most records of a delivery. */
  readonly batchRecords: number;
}

/** Work that is done rarely is chosen rarely, so that it is not all that a run consists of. */
const WEIGHTS: Readonly<Record<StepKind, number>> = { send: 4, deliver: 4, job: 3, tick: 0.5, act: 1 };
const MOST_ELAPSED_MS = 1_500;
const MOST_BATCH_RECORDS = 8;
/**
 * Faults of each kind for one application. Their number is planned and not drawn step by step, so that every seed meets all of them; chance decides
 * only where they strike and how.
 */
const FAULTS_A_LOAN: Readonly<Record<FaultKind, number>> = {
  crash: 1.25,
  'crash-before-offset': 0.6,
  duplicate: 0.6,
  reorder: 0.3,
  delay: 0.6,
  provider: 0.8,
  'repeat-request': 0.25,
  restart: 0.25,
  'clock-jump': 0.25,
};
/** Planned faults strike within so many steps a loan, which is less than the shortest run takes. */
const PLACES_A_LOAN = 28;
/** A reordering needs a batch of several keys; after so many batches without one a repetition takes its place, which any batch can meet. */
const MOST_REORDER_TRIES = 20;

const FAULTS_BY_KIND: Readonly<Record<StepKind, readonly FaultKind[]>> = {
  send: ['crash', 'delay'],
  deliver: ['crash', 'crash-before-offset', 'duplicate', 'reorder', 'delay'],
  job: ['crash', 'provider'],
  tick: ['crash', 'restart', 'clock-jump'],
  act: ['crash', 'repeat-request', 'provider'],
};

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
/** Short ones are common, such as overtake a job's watchdog; long ones overtake a deadline. */
const JUMPS_MS = [65 * SECOND_MS, 125 * SECOND_MS, 310 * SECOND_MS, HOUR_MS, 5 * HOUR_MS, 26 * HOUR_MS];
const IDLE_MS = [SECOND_MS, 5 * SECOND_MS, 30 * SECOND_MS, 120 * SECOND_MS, 600 * SECOND_MS, HOUR_MS];
/** A service asks a source twice in one round, and the bureau about firm and person at the same time: four failures are a round without an answer, whichever call meets them. */
const BUREAU_CALLS = 4;

/** A fault that will strike at the first step from its place on that can meet it. */
interface PlannedFault {
  readonly kind: FaultKind;
  readonly place: number;
  /** How often a step took it up in which it could not happen. */
  readonly tries: number;
}

/** Everything that chance decides about steps and faults, from a seed alone: the same seed and the same choices give the same decisions. */
export class FaultPlan {
  readonly #random: () => number;
  #planned: PlannedFault[] = [];
  /** The fault that the latest step took up. */
  #taken: PlannedFault | undefined;
  #step = 0;
  /** How many faults there will be. */
  readonly count: number;

  /** Plans the faults of so many loans; none for 0. */
  constructor(
    readonly seed: number,
    loans: number,
  ) {
    this.#random = seededRandom(seed);
    const kinds = (Object.keys(FAULTS_A_LOAN) as FaultKind[]).flatMap((kind) => Array<FaultKind>(Math.ceil(FAULTS_A_LOAN[kind] * loans)).fill(kind));
    const planned = kinds.map((kind) => ({ kind, place: this.#whole(1, PLACES_A_LOAN * loans), tries: 0 }));
    this.#planned = planned.sort((a, b) => a.place - b.place);
    this.count = kinds.length;
  }

  /** Decides among at least one choice. */
  next(choices: readonly Choice[]): Decision {
    const index = this.#weighted(choices);
    const { kind } = choices[index]!;
    this.#step += 1;
    this.#taken = this.#planned.find((fault) => fault.place <= this.#step && FAULTS_BY_KIND[kind].includes(fault.kind));
    this.#planned = this.#planned.filter((fault) => fault !== this.#taken);
    return {
      index,
      elapsedMs: this.#whole(0, MOST_ELAPSED_MS),
      fault: this.#taken && this.#fault(this.#taken),
      batchRecords: this.#whole(1, MOST_BATCH_RECORDS),
    };
  }

  /** The fault of the latest step could not happen in it, so it waits for another one. */
  putBack(): void {
    if (!this.#taken) return;
    const tries = this.#taken.tries + 1;
    const kind = this.#taken.kind === 'reorder' && tries > MOST_REORDER_TRIES ? 'duplicate' : this.#taken.kind;
    this.#planned.unshift({ ...this.#taken, kind, tries });
    this.#taken = undefined;
  }

  /** How long nothing happens where only time can bring the next step. */
  idleMs(): number {
    return this.#oneOf(IDLE_MS);
  }

  /** A number below `below`, for whom a fault needs a choice of its own. */
  below(below: number): number {
    return this.#whole(0, below - 1);
  }

  #weighted(choices: readonly Choice[]): number {
    let left = this.#random() * choices.reduce((sum, { kind }) => sum + WEIGHTS[kind], 0);
    const index = choices.findIndex(({ kind }) => (left -= WEIGHTS[kind]) < 0);
    return index < 0 ? choices.length - 1 : index;
  }

  #fault({ kind, tries }: PlannedFault): Fault {
    switch (kind) {
      case 'crash':
        // A step of few statements ends before the fourth: the next try strikes at the first one, which every step has.
        return { kind, point: { statement: this.#whole(1, tries === 0 ? 4 : 1), side: this.#random() < 0.5 ? 'before' : 'after' }, victim: this.#random() };
      case 'duplicate':
        return { kind, records: this.#whole(1, MOST_BATCH_RECORDS) };
      case 'delay':
        return { kind, steps: this.#whole(5, 60) };
      case 'provider':
        return this.#providerFault();
      case 'clock-jump':
        return { kind, byMs: this.#oneOf(this.#random() < 0.8 ? JUMPS_MS.slice(0, 3) : JUMPS_MS) };
      case 'crash-before-offset':
      case 'reorder':
      case 'restart':
      case 'repeat-request':
        return { kind };
    }
  }

  #providerFault(): Fault {
    // The bank matters most: it is asked once a loan, the others at every verification.
    const provider = this.#random() < 0.4 ? 'bank' : this.#oneOf(FAILING_PROVIDERS);
    const failures = ['error', 'outage', 'timeout_after_success', ...(provider === 'bank' ? (['late_callback'] as const) : [])] as const;
    const calls = provider === 'bureau' ? BUREAU_CALLS : this.#whole(1, 3);
    return { kind: 'provider', provider, failure: this.#oneOf(failures), calls, lateMs: this.#whole(1, 300) * SECOND_MS };
  }

  #whole(least: number, most: number): number {
    return least + Math.floor(this.#random() * (most - least + 1));
  }

  #oneOf<T>(items: readonly T[]): T {
    return items[this.#whole(0, items.length - 1)]!;
  }
}
