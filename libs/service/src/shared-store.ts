/**
 * The port to counters and short-lived values that all replicas of a service share. Two adapters (in memory, Redis); both must pass
 * `test/shared-store.contract.ts` unchanged. Nothing above this file knows which one runs. Loss of the store loses no business fact.
 */

/** Injection token of the {@link SharedStore}. */
export const SHARED_STORE = Symbol('shared-store');

/** Longest key, in characters. */
export const MAX_STORE_KEY_LENGTH = 512;

/** Largest value, in UTF-8 bytes (1 MiB: a replayed response of the largest size that is answered). */
export const MAX_STORE_VALUE_BYTES = 1_048_576;

/** State of a counter's window after a hit. */
export interface WindowCount {
  /** Hits in the window, this one included. */
  readonly count: number;
  /** Milliseconds until the window ends and the count begins at 0 again; 1 or more. */
  readonly resetsInMs: number;
}

/** Shared counters and expiring values. Every operation is atomic: two callers at once never see the same answer where only one may. */
export interface SharedStore {
  /** Counts one hit. The window begins with its first hit and lasts `windowMs`, whatever comes in between. */
  hit(key: string, windowMs: number): Promise<WindowCount>;
  /** Takes one hit of a window that still runs back, for what was counted before its outcome was known; the count never falls below 0. */
  takeBack(key: string): Promise<void>;
  /** Stores the value unless the key has one. Answers undefined where it was stored, or the value that stands (a nonce seen, a response to replay). */
  setIfAbsent(key: string, value: string, ttlMs: number): Promise<string | undefined>;
  /** The value that stands, or undefined where there is none or its time is over. */
  get(key: string): Promise<string | undefined>;
  /** Removes a value; true where there was one. */
  delete(key: string): Promise<boolean>;
  /** Gives connections and timers back. */
  close(): Promise<void>;
}

/** A key, value or time outside the bounds of the port: a mistake of the caller, refused by every adapter alike. */
export class StoreBoundsError extends RangeError {}

/** Checks what every adapter refuses. */
export function checkStoreBounds(key: string, options: { value?: string; milliseconds?: number } = {}): void {
  if (key.length === 0 || key.length > MAX_STORE_KEY_LENGTH) throw new StoreBoundsError(`a key has 1 to ${MAX_STORE_KEY_LENGTH} characters, not ${key.length}`);
  const { value, milliseconds } = options;
  if (value !== undefined && Buffer.byteLength(value) > MAX_STORE_VALUE_BYTES)
    throw new StoreBoundsError(`the value of ${key} is over ${MAX_STORE_VALUE_BYTES} bytes`);
  if (milliseconds !== undefined && (!Number.isSafeInteger(milliseconds) || milliseconds < 1))
    throw new StoreBoundsError(`${key}: ${milliseconds} is no whole number of milliseconds`);
}
