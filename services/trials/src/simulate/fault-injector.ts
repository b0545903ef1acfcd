import type { StoredRecord } from '@millrace/messaging';
import { request } from 'undici';
import { CutWire } from './cut-wire.js';
import { FAILING_PROVIDERS, type Fault, type FaultKind, type FaultPlan } from './fault-plan.js';
import type { SimulatedLender } from './simulated-lender.js';
import type { SimulatedService } from './simulated-service.js';

/** Real milliseconds until a provider hangs up that has done its work; nobody waits for an answer in the simulation. */
const HANG_UP_MS = 5;

/** Records in another order, in which those of each key keep theirs. */
export function reordered(records: readonly StoredRecord[], plan: FaultPlan): StoredRecord[] {
  const queues = [...Map.groupBy(records, ({ key }) => key).values()];
  const mixed: StoredRecord[] = [];
  while (queues.length > 0) {
    const at = plan.below(queues.length);
    mixed.push(queues[at]!.shift()!);
    if (queues[at]!.length === 0) queues.splice(at, 1);
  }
  return mixed;
}

/** Does to the lender what the plan says, and counts what really happened. */
export class FaultInjector {
  readonly counts = new Map<string, number>();
  readonly #wire = new CutWire();

  constructor(
    private readonly lender: SimulatedLender,
    private readonly plan: FaultPlan,
  ) {
    this.#wire.install();
  }

  /** Role of the service that has been cut off in this step. */
  get cutOff(): string | undefined {
    return this.#wire.cutOff;
  }

  count(kind: FaultKind, detail?: string): void {
    const name = detail === undefined ? kind : `${kind}: ${detail}`;
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  /** Faults that begin before the step, whatever it is. */
  async before(fault: Fault | undefined, services: readonly SimulatedService[]): Promise<void> {
    if (fault?.kind === 'crash') {
      const victim = services[Math.floor(fault.victim * services.length)]!;
      this.#wire.arm(victim.definition.schema, fault.point);
    } else if (fault?.kind === 'provider') {
      await this.#provider(fault);
    } else if (fault?.kind === 'clock-jump') {
      this.lender.clock.advance(fault.byMs);
      this.count('clock-jump');
    } else if (fault?.kind === 'restart') {
      await this.restart(this.lender.services[this.plan.below(this.lender.services.length)]!);
      this.count('restart');
    }
  }

  /** Ends the step: a service that was cut off is dead, and started anew. Answers whether there was one. */
  async after(fault: Fault | undefined): Promise<boolean> {
    this.#wire.disarm();
    const role = this.cutOff;
    if (role === undefined) {
      if (fault?.kind === 'crash') this.plan.putBack();
      return false;
    }
    const victim = this.lender.services.find(({ definition }) => definition.schema === role)!;
    if (fault?.kind === 'crash') this.count('crash', `${fault.point.side} a statement`);
    await this.restart(victim, role);
    return true;
  }

  async restart(service: SimulatedService, role = service.definition.schema): Promise<void> {
    await service.stop();
    this.#wire.revive(role);
    await service.start();
  }

  /** Every party is well again. */
  async heal(): Promise<void> {
    for (const provider of FAILING_PROVIDERS) await this.#control('DELETE', provider);
  }

  async #provider({ provider, failure, calls, lateMs }: Fault & { readonly kind: 'provider' }): Promise<void> {
    const latencyMs = failure === 'late_callback' ? lateMs : HANG_UP_MS;
    await this.#control('PUT', provider, { kind: failure, count: calls, latencyMs });
    this.count('provider', failure.replaceAll('_', ' '));
  }

  async #control(method: 'PUT' | 'DELETE', provider: string, body?: object): Promise<void> {
    const answer = await request(new URL(`/sandbox/faults/${provider}`, this.lender.sandbox.url), {
      method,
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : null,
    });
    await answer.body.dump();
    if (answer.statusCode >= 400) throw new Error(`the sandbox refused ${method} of a fault of ${provider}: ${answer.statusCode}`);
  }
}
