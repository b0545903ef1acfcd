import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@millrace/contracts';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { PROVIDERS, type FaultKind, type Provider, type PutFaultDto } from './fault.dto.js';

/** A fault that is switched on. */
export interface Fault {
  readonly provider: Provider;
  readonly kind: FaultKind;
  readonly latencyMs: number;
  readonly count: number | null;
  readonly until: string | null;
  readonly everyNth: number;
  readonly callbackUrl: string | null;
}

const DEFAULT_LATENCY_MS: Readonly<Record<FaultKind, number>> = { latency: 1_000, error: 0, outage: 0, timeout_after_success: 60_000, late_callback: 60_000 };

/** Faults that are on, and how often each party was called; both end with the process. */
@Injectable()
export class Faults {
  readonly #active = new Map<Provider, { fault: Fault; calls: number; hits: number }>();
  readonly #calls = new Map<Provider, number>(PROVIDERS.map((provider) => [provider, 0]));
  readonly #stopped = new AbortController();

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Switches a fault on, in the place of the one before. */
  set(provider: Provider, { kind, latencyMs, count, until, everyNth, callbackUrl }: PutFaultDto): Fault {
    const fault: Fault = {
      provider,
      kind,
      latencyMs: latencyMs ?? DEFAULT_LATENCY_MS[kind],
      count: count ?? null,
      until: until ?? null,
      everyNth: everyNth ?? 1,
      callbackUrl: callbackUrl ?? null,
    };
    this.#active.set(provider, { fault, calls: 0, hits: 0 });
    return fault;
  }

  clear(provider: Provider): void {
    this.#active.delete(provider);
  }

  /** Faults that are not over yet. */
  list(): Fault[] {
    return PROVIDERS.flatMap((provider) => this.#current(provider)?.fault ?? []);
  }

  /** The fault that a call meets, if any; a late callback is the bank's own business and is asked for by {@link nextLateCallback}. */
  next(provider: Provider): Fault | undefined {
    return this.#current(provider)?.fault.kind === 'late_callback' ? undefined : this.#take(provider);
  }

  /** The late callback that a new payout meets, if any. */
  nextLateCallback(): Fault | undefined {
    return this.#current('bank')?.fault.kind === 'late_callback' ? this.#take('bank') : undefined;
  }

  countCall(provider: Provider): void {
    this.#calls.set(provider, this.#calls.get(provider)! + 1);
  }

  calls(): Record<Provider, number> {
    return Object.fromEntries(this.#calls) as Record<Provider, number>;
  }

  /** Waits, but not longer than the process runs, nor than the signal allows. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    await delay(milliseconds, undefined, { signal: AbortSignal.any([signal, this.#stopped.signal]) }).catch(() => undefined);
  }

  /** Calls that hang must not hold up the end of the process: the server waits for its last answer before it closes. */
  endWaits(): void {
    this.#stopped.abort();
  }

  #current(provider: Provider): { fault: Fault; calls: number; hits: number } | undefined {
    const active = this.#active.get(provider);
    if (active?.fault.until && this.clock.now() >= new Date(active.fault.until)) this.#active.delete(provider);
    return this.#active.get(provider);
  }

  #take(provider: Provider): Fault | undefined {
    const active = this.#current(provider);
    if (!active) return undefined;
    active.calls += 1;
    if (active.calls % active.fault.everyNth !== 0) return undefined;
    active.hits += 1;
    if (active.fault.count !== null && active.hits >= active.fault.count) this.#active.delete(provider);
    return active.fault;
  }
}
