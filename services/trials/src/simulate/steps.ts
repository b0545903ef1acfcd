import { describeEvent } from '@millrace/contracts';
import { ProviderError } from '@millrace/service';
import type { Act, Applicant } from './applicant.js';
import { BrokenInvariant } from './broken-invariant.js';
import { FaultInjector, reordered } from './fault-injector.js';
import type { Choice, Decision, FaultPlan } from './fault-plan.js';
import { JobBook, type WaitingJob } from './job-book.js';
import { readStandings, type Standings } from './read-standings.js';
import type { SimulatedLender } from './simulated-lender.js';
import type { SimulatedService } from './simulated-service.js';
import type { WaitingPartition } from './watched-log.js';

/** A step with what it takes to take it. */
export interface Step extends Choice {
  /** Comes again and again by itself, and says nothing of whether the lender has come to rest. */
  readonly isRoutine?: boolean;
  /** Services that take part, of which one may die. */
  readonly services: readonly SimulatedService[];
  /** Answers once the step has ended; throws what the service threw. `dying`: one of the services will be cut off. */
  readonly run: (decision: Decision, dying: boolean) => Promise<void>;
}

/** Services that a write of a partner or of staff goes through. */
const BEHIND_ACTS: Readonly<Record<'submit' | 'repay a part' | 'repay everything' | 'other', readonly string[]>> = {
  submit: ['kyc-antifraud', 'disbursement', 'loan-application'],
  'repay a part': ['post-loan-monitoring'],
  'repay everything': ['post-loan-monitoring'],
  other: ['loan-application'],
};

/** Job of disbursement that reads the statement; it is queued again for as long as time goes on. */
const PULL_STATEMENT = 'pull_statement';

/** Finds what could be done next, all over the lender, in a fixed order. */
export class Steps {
  readonly #jobs: JobBook;
  /** Steps that the log or a relay keeps waiting, by label, until a step number. */
  readonly #held = new Map<string, number>();
  standings: Standings = { applications: new Map(), unsent: new Set() };

  constructor(
    private readonly lender: SimulatedLender,
    private readonly applicants: readonly Applicant[],
    private readonly plan: FaultPlan,
    private readonly faults: FaultInjector,
  ) {
    this.#jobs = new JobBook(lender.admin);
  }

  /** Everything but tickers, which have nothing to do most of the time. */
  async work(number: number): Promise<Step[]> {
    this.standings = await readStandings(this.lender.admin, this.lender.services);
    const steps: Step[] = [];
    for (const service of this.lender.services) {
      if (this.standings.unsent.has(service.name)) steps.push(this.#send(service, number));
      for (const partition of this.lender.log.waiting(service.name, topicsOf(service))) steps.push(this.#deliver(service, partition, number));
      if (Object.keys(service.definition.jobs).length === 0) continue;
      const jobs = await this.#jobs.waiting(service.name, service.definition.schema, this.lender.clock.now());
      for (const job of jobs) steps.push(this.#job(service, job));
    }
    for (const applicant of this.applicants) {
      const standing = this.standings.applications.get(applicant.applicationId);
      for (const act of applicant.acts(standing)) steps.push(this.#act(applicant, act));
    }
    return steps.filter(({ label }) => (this.#held.get(label) ?? 0) <= number);
  }

  /** Tickers whose interval is over. */
  tickers(): Step[] {
    const now = this.lender.clock.now();
    return this.lender.services.flatMap((service) =>
      service.dueTickers(now).map((index) => ({
        kind: 'tick' as const,
        label: `tick ${service.definition.tickers[index]!.ticker.name}`,
        services: [service],
        run: () => service.tick(index, this.lender.clock.now()),
      })),
    );
  }

  /** Nothing else moves, so what has been kept waiting longest comes now; otherwise a run whose only step is delayed would stand still. */
  releaseNext(): void {
    const [first] = [...this.#held].sort(([, one], [, other]) => one - other);
    if (first) this.#held.delete(first[0]);
  }

  /** Nothing is kept waiting any more. */
  release(): void {
    this.#held.clear();
  }

  #send(service: SimulatedService, number: number): Step {
    const label = `send ${service.name}`;
    const run = async ({ fault }: Decision): Promise<void> => {
      if (fault?.kind === 'delay') return this.#hold(label, number + fault.steps);
      await service.sendOutbox();
    };
    return { kind: 'send', label, services: [service], run };
  }

  #deliver(service: SimulatedService, partition: WaitingPartition, number: number): Step {
    const { topic } = partition;
    const label = `deliver ${service.name} ${topic}/${partition.partition}`;
    const run = async ({ fault, batchRecords }: Decision): Promise<void> => {
      if (fault?.kind === 'delay') return this.#hold(label, number + fault.steps);
      const records = await this.lender.log.take(partition, batchRecords);
      if (fault?.kind === 'reorder') {
        if (new Set(records.map(({ key }) => key)).size > 1) this.faults.count('reorder');
        else this.plan.putBack();
      }
      await service.deliver({ records: fault?.kind === 'reorder' ? reordered(records, this.plan) : records });
      if (fault?.kind === 'crash-before-offset') {
        this.faults.count('crash-before-offset');
        return this.faults.restart(service);
      }
      if (this.faults.cutOff) return;
      const next = partition.from + BigInt(records.length);
      const again = fault?.kind === 'duplicate' ? BigInt(Math.min(fault.records, records.length)) : 0n;
      if (again > 0n) this.faults.count('duplicate');
      this.lender.log.commit(service.name, topic, partition.partition, next - again);
    };
    return { kind: 'deliver', label, services: [service], run };
  }

  #job(service: SimulatedService, job: WaitingJob): Step {
    const { schema } = service.definition;
    const run = async (): Promise<void> => {
      await this.#jobs.take(job, schema, this.lender.clock.now());
      try {
        await service.runJob(job);
      } catch (error) {
        // The worker died with its service, and nobody wrote down that the job failed.
        if (this.faults.cutOff) throw error;
        if (!(error instanceof ProviderError)) throw new BrokenInvariant('jobs-fail-by-providers-only', `${job.task} ${job.id}: ${String(error)}`);
        await this.#jobs.fail(job, schema, this.lender.clock.now());
        return;
      }
      if (!this.faults.cutOff) await this.#jobs.complete(job, schema);
    };
    return { kind: 'job', label: `job ${service.name} ${job.task} ${job.id}`, services: [service], run, isRoutine: job.task === PULL_STATEMENT };
  }

  #act(applicant: Applicant, act: Act): Step {
    const behind = act in BEHIND_ACTS ? BEHIND_ACTS[act as keyof typeof BEHIND_ACTS] : BEHIND_ACTS.other;
    const run = async ({ fault }: Decision, dying: boolean): Promise<void> => {
      const standing = this.standings.applications.get(applicant.applicationId);
      const times = fault?.kind === 'repeat-request' ? 2 : 1;
      if (times === 2) this.faults.count('repeat-request');
      await applicant.perform(act, standing, { times, mayFail: dying });
    };
    const services = ['gateway', ...behind].map((name) => this.lender.service(name));
    return { kind: 'act', label: `act ${applicant.number} ${act}`, services, run };
  }

  #hold(label: string, until: number): void {
    this.#held.set(label, until);
    this.faults.count('delay');
  }
}

function topicsOf({ definition }: SimulatedService): string[] {
  return [...new Set(definition.consumes.map(({ eventClass }) => describeEvent(eventClass).topic))].sort();
}
