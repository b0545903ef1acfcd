import { createHash } from 'node:crypto';

const MODULUS = 1n << 256n;

/**
 * Sum of the SHA-256 of rows, modulo 2^256: the same for the same rows in whatever order, so that no table has to be sorted to be compared. A row that
 * is missing, doubled or changed gives another sum.
 */
export class ContentSum {
  #sum = 0n;
  #rows = 0;

  add(row: string): void {
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(row).digest('hex')}`)) % MODULUS;
    this.#rows++;
  }

  get rows(): number {
    return this.#rows;
  }

  get sum(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
