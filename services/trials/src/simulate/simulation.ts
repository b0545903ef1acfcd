import { createHash } from 'node:crypto';
import { SandboxClient, type SandboxFirm } from '@millrace/client';
import type { VerifiedInvariant } from '@millrace/lendctl/invariant';
import { Applicant, type Clients } from './applicant.js';
import { behaviours, type Behaviour } from './behaviour.js';
import { BrokenInvariant } from './broken-invariant.js';
import { checkAlways, checkAtTheEnd } from './check-lender.js';
import { FaultInjector } from './fault-injector.js';
import { FaultPlan, type Decision } from './fault-plan.js';
import { seedProcess } from './seeded-process.js';
import { SimulatedLender, type LogKind } from './simulated-lender.js';
import { Steps, type Step } from './steps.js';

/** What one run is given. */
export interface SimulationOptions {
  readonly seed: number;
  readonly loans: number;
  readonly log: LogKind;
}

/** What one run did. */
export interface SimulationReport extends SimulationOptions {
  readonly steps: number;
  /** Hash of every step with its fault, in order: two runs with the same one did the same. */
  readonly trace: string;
  /** Faults that the seed planned; all of them are to happen. */
  readonly plannedFaults: number;
  readonly faults: Readonly<Record<string, number>>;
  /** Applications by the status that they ended in. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly invariants: readonly VerifiedInvariant[];
  readonly seconds: number;
}

/** Told of every hundredth step. */
export type OnProgress = (steps: number, atRest: number) => void;

/** Steps between two looks at what must hold at every moment. */
const LOOK_EVERY = 150;
const PROGRESS_EVERY = 100;
/** Faults go on for so many steps a loan at most; then everything is well, and must come to its end. */
const FAULTY_STEPS_A_LOAN = 400;
const CALM_STEPS_A_LOAN = 400;
/** Looks in a row at which only time could bring something. */
const MOST_IDLE_LOOKS = 40;
const SECOND_MS = 1_000;
const DAY_MS = 86_400 * SECOND_MS;
/** How long the clock goes on at once when all is calm: retries, watchdogs, abandoned jobs, reviews, offers, instalments. */
const CALM_WAITS_MS = [2, 70, 310, 3_700, 18_000].map((seconds) => seconds * SECOND_MS).concat([1, 4, 8, 31].map((days) => days * DAY_MS));
const FIRST_WAIT_OF_DAYS = CALM_WAITS_MS.findIndex((ms) => ms >= DAY_MS);
const MOST_CALM_WAITS = 120;

/** Runs the lender step by step, one at a time, as the seed says. */
export class Simulation {
  readonly #lender = new SimulatedLender();
  readonly #plan: FaultPlan;
  readonly #trace = createHash('sha256');
  readonly #troubles: string[] = [];
  #faults!: FaultInjector;
  #steps!: Steps;
  #applicants: Applicant[] = [];
  #number = 0;

  constructor(
    private readonly options: SimulationOptions,
    private readonly onProgress: OnProgress,
  ) {
    this.#plan = new FaultPlan(options.seed, options.loans);
  }

  /** Throws a {@link BrokenInvariant} as soon as one shows; what shows at the end is in the report. */
  async run(): Promise<SimulationReport> {
    seedProcess(this.options.seed, this.#lender.clock);
    const startedAt = performance.now();
    await this.#lender.start(this.options.log, (error) => this.#troubles.push(String(error)));
    this.#faults = new FaultInjector(this.#lender, this.#plan);
    this.#applicants = await this.#makeApplicants();
    this.#steps = new Steps(this.#lender, this.#applicants, this.#plan, this.#faults);
    await this.#withFaults();
    await this.#inPeace();
    const invariants = await checkAtTheEnd(this.#lender, this.#applicants);
    return this.#report(invariants, (performance.now() - startedAt) / 1_000);
  }

  /** Ends everything that the run has started. */
  async stop(): Promise<void> {
    await this.#lender.stop();
  }

  async #makeApplicants(): Promise<Applicant[]> {
    const { seed, loans } = this.options;
    const sandbox = new SandboxClient(this.#lender.sandbox.url);
    const firms = await sandbox.generate(seed, loans);
    const lender = this.#lender;
    const clients: Clients = {
      partner: lender.client('demo-partner'),
      bank: sandbox,
      staff: {
        verification: lender.client('demo-risk-officer'),
        appeal: lender.client('demo-risk-officer'),
        approval: lender.client('demo-approver'),
        disbursement: lender.client('demo-payment-officer'),
      },
    };
    return behaviours(seed, loans).map((behaviour, at) => new Applicant(at + 1, withAccount(firms[at]!, at, behaviour), behaviour, clients, lender.clock));
  }

  async #withFaults(): Promise<void> {
    const last = FAULTY_STEPS_A_LOAN * this.options.loans;
    for (let idle = 0; this.#number < last && idle < MOST_IDLE_LOOKS && !this.#allAtRest();) {
      const work = await this.#steps.work(this.#number);
      idle = work.every(({ isRoutine }) => isRoutine) ? idle + 1 : 0;
      if (work.length === 0) {
        this.#lender.clock.advance(this.#plan.idleMs());
        this.#steps.releaseNext();
      }
      const choices = [...work, ...this.#steps.tickers()];
      if (choices.length > 0) await this.#take(choices, this.#plan);
    }
  }

  /** No more faults: everything that was begun must come to its end, by itself or by its deadline. */
  async #inPeace(): Promise<void> {
    await this.#faults.heal();
    this.#steps.release();
    const plan = new FaultPlan(this.options.seed, 0);
    const last = this.#number + CALM_STEPS_A_LOAN * this.options.loans;
    let wait = 0;
    for (let waits = 0; waits < MOST_CALM_WAITS && this.#number < last;) {
      const work = await this.#steps.work(this.#number);
      if (work.length > 0) {
        wait = this.#waitAfter(work, wait);
        await this.#take(work, plan);
        continue;
      }
      if (this.#allAtRest() && wait > 4) return;
      this.#lender.clock.advance(CALM_WAITS_MS[Math.min(wait, CALM_WAITS_MS.length - 1)]!);
      for (const ticker of this.#steps.tickers()) await this.#take([ticker], plan);
      wait += 1;
      waits += 1;
    }
  }

  /** The statement is read for ever, and each day is closed and told of: what waits for a later day must not wait for the end of that. */
  #waitAfter(work: readonly Step[], wait: number): number {
    const own = work.filter(({ isRoutine }) => !isRoutine);
    if (own.length === 0) return wait;
    return own.some(({ kind }) => kind === 'job' || kind === 'act') ? 0 : Math.min(wait, FIRST_WAIT_OF_DAYS);
  }

  async #take(choices: readonly Step[], plan: FaultPlan): Promise<void> {
    const decision = plan.next(choices);
    const step = choices[decision.index]!;
    this.#number += 1;
    this.#lender.clock.advance(decision.elapsedMs);
    this.#trace.update(`${step.label} ${JSON.stringify(decision.fault ?? null)}\n`);
    await this.#faults.before(decision.fault, step.services);
    const died = await this.#run(step, decision);
    this.#expectNoTrouble(step, died);
    if (this.#number % LOOK_EVERY === 0) await checkAlways(this.#lender);
    if (this.#number % PROGRESS_EVERY === 0) this.onProgress(this.#number, this.#applicants.filter((applicant) => this.#isAtRest(applicant)).length);
  }

  /** Answers whether a service died in the step. */
  async #run(step: Step, decision: Decision): Promise<boolean> {
    let failure: unknown;
    try {
      await step.run(decision, decision.fault?.kind === 'crash');
    } catch (error) {
      failure = error;
    }
    const died = await this.#faults.after(decision.fault);
    if (failure instanceof BrokenInvariant) throw failure;
    if (failure !== undefined && !died)
      throw new BrokenInvariant('steps-succeed', `${step.label}: ${failure instanceof Error ? failure.message : JSON.stringify(failure)}`);
    return died;
  }

  /** A handler that fails, or a relay that cannot send, while everything it needs is there. */
  #expectNoTrouble(step: Step, died: boolean): void {
    const [trouble] = this.#troubles.splice(0);
    if (trouble !== undefined && !died) throw new BrokenInvariant('steps-succeed', `${step.label}: ${trouble}`);
  }

  #isAtRest(applicant: Applicant): boolean {
    return applicant.isAtRest(this.#steps.standings.applications.get(applicant.applicationId));
  }

  #allAtRest(): boolean {
    return this.#applicants.every((applicant) => this.#isAtRest(applicant));
  }

  #report(invariants: readonly VerifiedInvariant[], seconds: number): SimulationReport {
    const counted = Map.groupBy(
      this.#steps.standings.applications.values(),
      ({ status, drawdownStatus, loanStatus }) => loanStatus ?? drawdownStatus ?? status,
    );
    const statuses = Object.fromEntries([...counted].map(([status, all]) => [status, all.length] as const).sort());
    const faults = Object.fromEntries([...this.#faults.counts].sort());
    const trace = this.#trace.digest('hex').slice(0, 16);
    const plannedFaults = this.#plan.count;
    return { ...this.options, steps: this.#number, trace, plannedFaults, faults, statuses, invariants, seconds };
  }
}

/** The firm with another account, whose number is still its own. */
function withAccount(firm: SandboxFirm, at: number, { accountEnding }: Behaviour): SandboxFirm {
  if (accountEnding === undefined) return firm;
  return { ...firm, bankAccount: { ...firm.bankAccount, accountNumber: `88${String(at).padStart(8, '0')}${accountEnding}` } };
}
