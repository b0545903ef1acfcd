import { createHash } from 'node:crypto';
import { seededRandom } from '@millrace/metrics';

/** Draws that depend on nothing but the text they are seeded with; each topic gets a seed of its own, so that one more draw moves no other. */
export class SeededDraw {
  readonly #random: () => number;

  constructor(seed: string) {
    this.#random = seededRandom(createHash('sha256').update(seed).digest().readUInt32BE(0));
  }

  /** Uniform in [0, 1). */
  fraction(): number {
    return this.#random();
  }

  /** Uniform between two numbers. */
  between(low: number, high: number): number {
    return low + (high - low) * this.#random();
  }

  /** Whole number, both ends included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }

  /** Between two positive numbers, even on a logarithmic scale: as many firms between 1 and 2 million as between 2 and 4. */
  logBetween(low: number, high: number): number {
    return low * (high / low) ** this.#random();
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.#random() * items.length)]!;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Readonly<Partial<Record<K, number>>>): K {
    const entries = Object.entries(weights) as [K, number][];
    let rest = this.#random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    return entries.at(-1)![0];
  }

  digits(count: number): string {
    return Array.from({ length: count }, () => this.integer(0, 9)).join('');
  }

  /** About normal: mean 0, deviation 1, never beyond 6 (sum of 12 uniforms). */
  normal(): number {
    let sum = -6;
    for (let at = 0; at < 12; at += 1) sum += this.#random();
    return sum;
  }
}
