import { setTimeout as delay } from 'node:timers/promises';
import type { AttackClient } from './attack-client.js';

const LOOK_EVERY_MS = 10;
/** Each is over within a second or two, so that the next one meets another moment of the machine. */
const ROUNDS = 5;
/** Further looks before the first round, which find programs and connections cold. */
const FIRST_LOOKS = 20;

/** How somebody else fared beside an attack. Waits are 99th percentiles of a round, in ms. */
export interface OtherWait {
  /** Median of the rounds alone. */
  readonly aloneMs: number;
  /** Median of the rounds beside the attack. */
  readonly besideMs: number;
  /** The second over the first. */
  readonly ratio: number;
  /** The same with waits below {@link LEAST_WAIT_MS} counted as that: what is judged. */
  readonly felt: number;
  /** Longest wait of a round alone over the shortest one, counted alike: what the machine does to waits by itself. */
  readonly unrest: number;
}

/** A shorter wait is no wait: of two tiny waits a ratio says nothing. */
export const LEAST_WAIT_MS = 20;

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
const p99 = (waits: readonly number[]): number => sorted(waits)[Math.floor(waits.length * 0.99)] ?? 0;
const median = (values: readonly number[]): number => sorted(values)[Math.floor(values.length / 2)]!;
const felt = (waitMs: number): number => Math.max(waitMs, LEAST_WAIT_MS);

/** What the looks of each round come to. */
export function otherWaitOf(alone: readonly (readonly number[])[], beside: readonly (readonly number[])[]): OtherWait {
  const [aloneMs, besideMs] = [alone.map(p99), beside.map(p99)];
  const [lone, crowded] = [median(aloneMs), median(besideMs)];
  return {
    aloneMs: lone,
    besideMs: crowded,
    ratio: crowded / lone,
    felt: felt(crowded) / felt(lone),
    unrest: felt(Math.max(...aloneMs)) / felt(Math.min(...aloneMs)),
  };
}

async function look(other: AttackClient): Promise<number> {
  const { ms, status } = await other.get('/v1/products');
  await delay(LOOK_EVERY_MS);
  // Who is refused does not wait long; that is no fair share.
  return status === 200 ? ms : Number.POSITIVE_INFINITY;
}

async function looks(other: AttackClient, more: (taken: number) => boolean): Promise<number[]> {
  const waits: number[] = [];
  while (more(waits.length)) waits.push(await look(other));
  return waits;
}

/**
 * Runs an attack while somebody else reads on, in turn with that one alone, so that both meet the machine in the same state. Answers what the attack
 * got in all rounds, and how long the other waited.
 */
export async function besideOther<T>(
  other: AttackClient,
  attack: () => Promise<readonly T[]>,
): Promise<{ readonly result: readonly T[]; readonly wait: OtherWait }> {
  const [alone, beside, result]: [number[][], number[][], T[]] = [[], [], []];
  await looks(other, (taken) => taken < FIRST_LOOKS);
  for (let round = 0; round < ROUNDS; round++) {
    let under = true;
    const watching = looks(other, () => under);
    result.push(...(await attack().finally(() => (under = false))));
    const waits = await watching;
    beside.push(waits);
    // As many, as the longest of more looks is longer.
    alone.push(await looks(other, (taken) => taken < waits.length));
  }
  return { result, wait: otherWaitOf(alone, beside) };
}
