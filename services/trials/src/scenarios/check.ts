import { isDeepStrictEqual } from 'node:util';

const shown = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)) ?? 'nothing';

/** Something that a scenario says is not so. */
export class NotAsTold extends Error {}

/** Holds what is seen against what a scenario tells, and counts what was held. */
export class Check {
  #count = 0;

  /** Things held so far. */
  get count(): number {
    return this.#count;
  }

  /** `what` is a short noun for the reader: "the rate", "debits at the bank". */
  equal(what: string, seen: unknown, told: unknown): void {
    this.that(`${what} is ${shown(told)}`, isDeepStrictEqual(seen, told), seen);
  }

  /** `claim` is a whole sentence without its full stop. */
  that(claim: string, holds: boolean, seen?: unknown): void {
    this.#count += 1;
    if (!holds) throw new NotAsTold(`not so: ${claim}${seen === undefined ? '' : `; seen was ${shown(seen)}`}`);
  }

  /** The list holds all of them, whatever else it holds. */
  holds(what: string, list: readonly unknown[], all: readonly unknown[]): void {
    for (const one of all)
      this.that(
        `${what} hold ${shown(one)}`,
        list.some((entry) => isDeepStrictEqual(entry, one)),
        list,
      );
  }
}
