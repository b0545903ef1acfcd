import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Problem, SHARED_STORE, type SharedStore } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { FairSlots } from '../admission/fair-slots.js';
import { GatewayConfig } from '../config.js';

const FAILURES_WINDOW_MS = 15 * 60_000;
const REQUESTS_WINDOW_MS = 60_000;
/** An address, and all addresses together for one client, may fail this many times as often as one address for one client. */
const WIDE_FACTOR = 10;
/** How long it is remembered that a client has logged in from an address. */
const KNOWN_MS = 30 * 24 * 3_600_000;
/** Hashes made at once: each takes a thread for 50 ms, and signatures of tokens are checked on the same four. */
const HASHES_AT_ONCE = 2;
const WAITING_PER_ADDRESS = 50;
/** Pace of the tries for one client that too many addresses guess at, from an address that is new to it. */
const SLOW_PACE_MS = 1_000;
const SLOW_WAITING = 10;

/** Hashed, as a client id and an address of any form may be sent. */
const digest = (...parts: readonly string[]): string => createHash('sha256').update(parts.join(' ')).digest('hex');

function tooMany(code: string, title: string, detail: string, seconds: number): Problem {
  return new Problem({
    status: 429,
    code,
    title,
    detail,
    headers: { 'retry-after': String(seconds), 'cache-control': 'no-store' },
    extensions: { error: 'temporarily_unavailable', error_description: title },
  });
}

const busy = (seconds: number): Problem =>
  tooMany(
    'TOO_MANY_TOKEN_REQUESTS',
    'Too many access tokens are asked for from this address.',
    `A token is good for many requests: keep it, and ask again in ${seconds} seconds.`,
    seconds,
  );

/**
 * Bounds how often secrets may be tried. A try is counted before it is made and given back where the secret was right, so that tries at once cannot get
 * past the limit. What is locked is a client at an address, never a client everywhere: guesses from elsewhere only slow down addresses that are new to
 * the client, and guesses at other clients do not stop one that has logged in from the same address before.
 */
@Injectable()
export class LoginAttempts {
  readonly #hashing = new FairSlots({ total: HASHES_AT_ONCE, perName: 1, waitingPerName: WAITING_PER_ADDRESS });
  readonly #slowed = new FairSlots({ total: Number.MAX_SAFE_INTEGER, perName: 1, waitingPerName: SLOW_WAITING });

  constructor(
    @Inject(SHARED_STORE) private readonly store: SharedStore,
    @Inject(GatewayConfig) private readonly config: GatewayConfig,
  ) {}

  /** Makes one try; its answer is undefined where the secret was wrong. Throws 429 where the try may not be made. */
  async attempt<T>(address: string, clientId: string, tryIt: () => Promise<T | undefined>): Promise<T | undefined> {
    const known = (await this.store.get(`login:known:${digest(address, clientId)}`)) !== undefined;
    await this.#countRequest(address, clientId, known);
    const release = await this.#hashing.acquire(address);
    if (!release) throw busy(1);
    try {
      return await this.#counted(address, clientId, known, tryIt);
    } finally {
      release();
    }
  }

  async #countRequest(address: string, clientId: string, known: boolean): Promise<void> {
    const key = known ? digest(address, clientId) : digest(address);
    const { count, resetsInMs } = await this.store.hit(`login:requests:${key}`, REQUESTS_WINDOW_MS);
    if (count > this.config.tokenRequestsPerMinute) throw busy(Math.ceil(resetsInMs / 1_000));
  }

  async #counted<T>(address: string, clientId: string, known: boolean, tryIt: () => Promise<T | undefined>): Promise<T | undefined> {
    const limit = this.config.failedLogins;
    const own = `login:failed:${digest(address, clientId)}`;
    const ofAddress = `login:failed:${digest(address)}`;
    const ofClient = `login:failed:client:${digest(clientId)}`;
    const counted = [own];
    await this.#hit(own, limit);
    if (!known) {
      await this.#hit(ofAddress, limit * WIDE_FACTOR);
      counted.push(ofAddress, ofClient);
      const { count } = await this.store.hit(ofClient, FAILURES_WINDOW_MS);
      if (count > limit * WIDE_FACTOR) await this.#slowDown(clientId);
    }
    const result = await tryIt();
    if (result === undefined) return undefined;
    await Promise.all(counted.map((key) => this.store.takeBack(key)));
    await this.store.setIfAbsent(`login:known:${digest(address, clientId)}`, '1', KNOWN_MS);
    return result;
  }

  async #hit(key: string, limit: number): Promise<void> {
    const { count, resetsInMs } = await this.store.hit(key, FAILURES_WINDOW_MS);
    if (count <= limit) return;
    const seconds = Math.ceil(resetsInMs / 1_000);
    throw tooMany(
      'TOO_MANY_FAILED_LOGINS',
      'Too many wrong client secrets came from this address.',
      `Find out which program sends them, and whether its secret is that of another installation. Then try the right one in ${seconds} seconds.`,
      seconds,
    );
  }

  async #slowDown(clientId: string): Promise<void> {
    const release = await this.#slowed.acquire(clientId);
    if (!release) throw busy(1);
    await delay(SLOW_PACE_MS).finally(release);
  }
}
