import { Redis } from 'ioredis';
import { checkStoreBounds, type SharedStore, type WindowCount } from './shared-store.js';

export interface RedisSharedStoreOptions {
  /** Redis 7 or newer, e.g. `redis://127.0.0.1:6379`; `rediss:` for TLS. */
  readonly url: string;
  /** Told of every lost connection; it comes back by itself. */
  readonly onError: (error: Error) => void;
  /** How long a call waits for its answer; a quarter of a second unless said otherwise. */
  readonly commandTimeoutMs?: number;
}

/** Longer than a healthy server ever takes, short enough for a request that waits for it. */
const COMMAND_TIMEOUT_MS = 250;
const CONNECT_TIMEOUT_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

// The window begins with its first hit; a later one must not prolong it. A counter without an end (its expiry was lost) would lock a client out for good.
const HIT = `
local count = redis.call('INCR', KEYS[1])
local left = redis.call('PTTL', KEYS[1])
if left < 0 then
  left = tonumber(ARGV[1])
  redis.call('PEXPIRE', KEYS[1], left)
end
return {count, left}`;

// A counter that has ended must not come back, without an end, as a negative one.
const TAKE_BACK = `
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0`;

const counterKey = (key: string): string => `millrace:counter:${key}`;
const valueKey = (key: string): string => `millrace:value:${key}`;

/** The store that all replicas share. A call fails at once while Redis is away: who calls decides what then (see `FallbackSharedStore`). */
export class RedisSharedStore implements SharedStore {
  readonly #redis: Redis & { hitWindow?(key: string, windowMs: number): Promise<[number, number]>; takeBackHit?(key: string): Promise<number> };

  constructor({ url, onError, commandTimeoutMs = COMMAND_TIMEOUT_MS }: RedisSharedStoreOptions) {
    this.#redis = new Redis(url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: commandTimeoutMs,
      // A call must neither wait for a connection nor be sent twice: a hit that was counted would count again.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (attempt) => Math.min(attempt * 50, MAX_RECONNECT_DELAY_MS),
      scripts: { hitWindow: { lua: HIT, numberOfKeys: 1 }, takeBackHit: { lua: TAKE_BACK, numberOfKeys: 1 } },
    });
    this.#redis.on('error', onError);
  }

  /** Waits for the first connection, as a test does; a service serves without. */
  async ready(): Promise<void> {
    if (this.#redis.status === 'ready') return;
    await new Promise<void>((done) => this.#redis.once('ready', done));
  }

  async hit(key: string, windowMs: number): Promise<WindowCount> {
    checkStoreBounds(key, { milliseconds: windowMs });
    const [count, left] = await this.#redis.hitWindow!(counterKey(key), windowMs);
    return { count, resetsInMs: Math.max(1, left) };
  }

  async takeBack(key: string): Promise<void> {
    checkStoreBounds(key);
    await this.#redis.takeBackHit!(counterKey(key));
  }

  async setIfAbsent(key: string, value: string, ttlMs: number): Promise<string | undefined> {
    checkStoreBounds(key, { value, milliseconds: ttlMs });
    return (await this.#redis.set(valueKey(key), value, 'PX', ttlMs, 'NX', 'GET')) ?? undefined;
  }

  async get(key: string): Promise<string | undefined> {
    checkStoreBounds(key);
    return (await this.#redis.get(valueKey(key))) ?? undefined;
  }

  async delete(key: string): Promise<boolean> {
    checkStoreBounds(key);
    return (await this.#redis.del(valueKey(key))) === 1;
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }
}
