import type { Clock } from '@millrace/contracts';
import { checkStoreBounds, type SharedStore, type WindowCount } from './shared-store.js';

/** Writes between two sweeps of what has expired; a sweep costs one pass, so it is paid for by the writes before it. */
const SWEEP_EVERY_WRITES = 1_024;

interface Expiring {
  readonly endsAtMs: number;
}

/** The store of a single process: nothing is shared beyond it, and a restart forgets everything. */
export class MemorySharedStore implements SharedStore {
  readonly #counters = new Map<string, Expiring & { count: number }>();
  readonly #values = new Map<string, Expiring & { readonly value: string }>();
  #writes = 0;

  constructor(private readonly clock: Clock) {}

  async hit(key: string, windowMs: number): Promise<WindowCount> {
    checkStoreBounds(key, { milliseconds: windowMs });
    const now = this.#beginWrite();
    let counter = this.#counters.get(key);
    if (!counter || counter.endsAtMs <= now) {
      counter = { count: 0, endsAtMs: now + windowMs };
      this.#counters.set(key, counter);
    }
    counter.count += 1;
    return { count: counter.count, resetsInMs: counter.endsAtMs - now };
  }

  async takeBack(key: string): Promise<void> {
    checkStoreBounds(key);
    const counter = this.#counters.get(key);
    if (counter && counter.endsAtMs > this.clock.now().getTime() && counter.count > 0) counter.count -= 1;
  }

  async setIfAbsent(key: string, value: string, ttlMs: number): Promise<string | undefined> {
    checkStoreBounds(key, { value, milliseconds: ttlMs });
    const now = this.#beginWrite();
    const standing = this.#standing(key, now);
    if (standing !== undefined) return standing;
    this.#values.set(key, { value, endsAtMs: now + ttlMs });
    return undefined;
  }

  async get(key: string): Promise<string | undefined> {
    checkStoreBounds(key);
    return this.#standing(key, this.clock.now().getTime());
  }

  async delete(key: string): Promise<boolean> {
    checkStoreBounds(key);
    const stood = this.#standing(key, this.clock.now().getTime()) !== undefined;
    this.#values.delete(key);
    return stood;
  }

  async close(): Promise<void> {
    this.#counters.clear();
    this.#values.clear();
  }

  /** Entries held now, expired ones not yet swept included; for tests of the bound on memory. */
  get size(): number {
    return this.#counters.size + this.#values.size;
  }

  #standing(key: string, now: number): string | undefined {
    const entry = this.#values.get(key);
    return entry && entry.endsAtMs > now ? entry.value : undefined;
  }

  #beginWrite(): number {
    const now = this.clock.now().getTime();
    if (++this.#writes % SWEEP_EVERY_WRITES === 0) {
      for (const entries of [this.#counters, this.#values]) {
        for (const [key, entry] of entries) if (entry.endsAtMs <= now) entries.delete(key);
      }
    }
    return now;
  }
}
