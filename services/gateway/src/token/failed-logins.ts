import { createHash } from 'node:crypto';
import type { Clock } from '@millrace/contracts';
import { CLOCK, Problem, SHARED_STORE, type SharedStore } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { GatewayConfig } from '../config.js';

const WINDOW_MS = 15 * 60_000;
/** An address may fail this many times as often over all clients as for one. */
const ADDRESS_FACTOR = 10;

/** Slows down whoever guesses secrets. Counted per address, so that nobody can lock a client out from elsewhere. */
@Injectable()
export class FailedLogins {
  readonly #limits: readonly { readonly key: (address: string, clientId: string) => string; readonly limit: number }[];

  constructor(
    @Inject(SHARED_STORE) private readonly store: SharedStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(GatewayConfig) { failedLogins }: GatewayConfig,
  ) {
    // Hashed, as a client id of any length may be sent.
    const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
    this.#limits = [
      { key: (address, clientId) => `login:${digest(`${address} ${clientId}`)}`, limit: failedLogins },
      { key: (address) => `login:${digest(address)}`, limit: failedLogins * ADDRESS_FACTOR },
    ];
  }

  /** Throws 429 while too many tries have failed, whatever the secret is now. */
  async refuseBlocked(address: string, clientId: string): Promise<void> {
    for (const { key } of this.#limits) {
      const blockedUntil = await this.store.get(`${key(address, clientId)}:blocked`);
      if (blockedUntil === undefined) continue;
      const seconds = Math.max(1, Math.ceil((Number(blockedUntil) - this.clock.now().getTime()) / 1_000));
      throw new Problem({
        status: 429,
        code: 'TOO_MANY_FAILED_LOGINS',
        title: 'Too many wrong client secrets came from this address.',
        detail: `Try again in ${seconds} seconds, with the right secret.`,
        headers: { 'retry-after': String(seconds), 'cache-control': 'no-store' },
      });
    }
  }

  async record(address: string, clientId: string): Promise<void> {
    for (const { key, limit } of this.#limits) {
      const name = key(address, clientId);
      const { count, resetsInMs } = await this.store.hit(name, WINDOW_MS);
      if (count >= limit) await this.store.setIfAbsent(`${name}:blocked`, String(this.clock.now().getTime() + resetsInMs), resetsInMs);
    }
  }
}
