import { setTimeout as delay } from 'node:timers/promises';
import type { AttackClient } from './attack-client.js';

const LOOK_EVERY_MS = 25;
const LOOKS_ALONE = 20;
/** A wait below this is no wait: on a quiet machine the ratio of two tiny waits says nothing. */
const LEAST_WAIT_MS = 20;

function p99(waits: readonly number[]): number {
  const sorted = [...waits].sort((a, b) => a - b);
  return Math.max(LEAST_WAIT_MS, sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0);
}

async function look(other: AttackClient, waits: number[]): Promise<void> {
  waits.push((await other.get('/v1/products')).ms);
  await delay(LOOK_EVERY_MS);
}

/** Runs an attack while somebody else reads on; answers how much longer that one waited (99th percentile) than alone. */
export async function besideOther<T>(other: AttackClient, attack: () => Promise<T>): Promise<{ readonly result: T; readonly ratio: number }> {
  const [alone, beside]: [number[], number[]] = [[], []];
  for (let time = 0; time < LOOKS_ALONE; time++) await look(other, alone);
  let under = true;
  const watching = (async () => {
    while (under) await look(other, beside);
  })();
  const result = await attack().finally(() => (under = false));
  await watching;
  return { result, ratio: p99(beside) / p99(alone) };
}
