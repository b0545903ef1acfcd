/**
 * Makes one call at a time; whatever is asked for while one is under way goes together into the next. For a server that takes calls of a connection one
 * after the other anyway, and answers many as fast as one.
 */
export class JoinedCalls<T> {
  #waiting: T[] = [];
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  constructor(private readonly call: (items: readonly T[]) => Promise<void>) {}

  /** Resolves or fails as the call that these were part of. */
  add(items: readonly T[]): Promise<void> {
    this.#waiting.push(...items);
    this.#next ??= this.#callNext();
    return this.#next;
  }

  async #callNext(): Promise<void> {
    await this.#running.catch(() => undefined);
    const items = this.#waiting;
    this.#waiting = [];
    this.#running = this.#next!;
    this.#next = undefined;
    await this.call(items);
  }
}
