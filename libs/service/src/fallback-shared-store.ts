import { StoreBoundsError, type SharedStore, type WindowCount } from './shared-store.js';

/** After a failure the primary is left alone for this long, so that a server that hangs does not slow every request down. */
const RETRY_AFTER_MS = 1_000;
/** Answers in a row that came too late, after which the primary counts as away. */
const TIMEOUTS_BEFORE_AWAY = 3;

/** As ioredis words it; a lost or refused connection has other words, and is an outage at once. */
const isTimeout = (error: unknown): boolean => error instanceof Error && /timed out/i.test(error.message);

/**
 * A shared store that goes on in this process while the shared one is away: limits then hold per instance, and a value stored meanwhile is known here
 * only. What is lost by that is no business fact; {@link inFallback} is shown in the metrics as `millrace_shared_store_fallback`.
 */
export class FallbackSharedStore implements SharedStore {
  #failedAt: number | undefined;
  #timeouts = 0;

  constructor(
    private readonly primary: SharedStore,
    private readonly fallback: SharedStore,
    /** Told when the store goes to the fallback, and when it is back (undefined). */
    private readonly onChange: (reason: Error | undefined) => void,
    /** Milliseconds of a clock that only goes forward. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** True from the first failed call until one succeeds again. */
  get inFallback(): boolean {
    return this.#failedAt !== undefined;
  }

  hit(key: string, windowMs: number): Promise<WindowCount> {
    return this.#ask((store) => store.hit(key, windowMs));
  }

  takeBack(key: string): Promise<void> {
    return this.#ask((store) => store.takeBack(key));
  }

  setIfAbsent(key: string, value: string, ttlMs: number): Promise<string | undefined> {
    return this.#ask((store) => store.setIfAbsent(key, value, ttlMs));
  }

  get(key: string): Promise<string | undefined> {
    return this.#ask((store) => store.get(key));
  }

  delete(key: string): Promise<boolean> {
    return this.#ask((store) => store.delete(key));
  }

  async close(): Promise<void> {
    await Promise.all([this.primary.close(), this.fallback.close()]);
  }

  async #ask<T>(call: (store: SharedStore) => Promise<T>): Promise<T> {
    if (this.#failedAt !== undefined && this.now() - this.#failedAt < RETRY_AFTER_MS) return call(this.fallback);
    try {
      const answer = await call(this.primary);
      this.#timeouts = 0;
      if (this.#failedAt !== undefined) {
        this.#failedAt = undefined;
        this.onChange(undefined);
      }
      return answer;
    } catch (error) {
      if (error instanceof StoreBoundsError) throw error;
      // One slow answer is a busy moment of ours or of the server, and no outage (D9).
      if (this.#failedAt === undefined && isTimeout(error) && ++this.#timeouts < TIMEOUTS_BEFORE_AWAY) return call(this.fallback);
      const first = this.#failedAt === undefined;
      this.#failedAt = this.now();
      if (first) this.onChange(error as Error);
      return call(this.fallback);
    }
  }
}
