import { setTimeout as delay } from 'node:timers/promises';
import type { AttackClient } from './attack-client.js';

const LOOK_EVERY_MS = 25;
const LOOKS_ALONE = 20;
/** A wait below this is no wait: on a quiet machine the ratio of two tiny waits says nothing. */
const LEAST_WAIT_MS = 20;

/** How somebody else fared beside an attack: 99th percentile of the waits, and how many times that of the waits alone. */
export interface OtherWait {
  readonly waitMs: number;
  readonly ratio: number;
}

function p99(waits: readonly number[]): number {
  const sorted = [...waits].sort((a, b) => a - b);
  return Math.max(LEAST_WAIT_MS, sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0);
}

async function look(other: AttackClient, waits: number[]): Promise<void> {
  const { ms, status } = await other.get('/v1/products');
  // Who is refused does not wait long; that is no fair share.
  waits.push(status === 200 ? ms : Number.POSITIVE_INFINITY);
  await delay(LOOK_EVERY_MS);
}

/** Runs an attack while somebody else reads on; answers how much longer that one waited than alone, without end where it was refused. */
export async function besideOther<T>(other: AttackClient, attack: () => Promise<T>): Promise<{ readonly result: T; readonly wait: OtherWait }> {
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let time = 0; time < LOOKS_ALONE; time++) await look(other, alone);
  let under = true;
  const watching = (async () => {
    while (under) await look(other, beside);
  })();
  const result = await attack().finally(() => (under = false));
  await watching;
  const waitMs = p99(beside);
  return { result, wait: { waitMs, ratio: waitMs / p99(alone) } };
}
