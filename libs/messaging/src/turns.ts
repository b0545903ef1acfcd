/** Runs pieces of work that are about the same thing one after the other, and all others at the same time. */
export class Turns {
  readonly #latest = new Map<string, Promise<void>>();
  readonly #all: Promise<void>[] = [];
  #failure: { readonly error: unknown } | undefined;

  /**
   * Begins at once, or when everything before it with one of its names is done; not at all where one of those failed.
   * @param names of what the work is about
   */
  add(names: readonly string[], work: () => Promise<void>): void {
    const before = names.map((name) => this.#latest.get(name)).filter((promise) => promise !== undefined);
    const turn = before.length === 0 ? work() : Promise.all(before).then(work);
    for (const name of names) this.#latest.set(name, turn);
    this.#all.push(turn);
    turn.catch((error: unknown) => (this.#failure ??= { error }));
  }

  /** Resolves when nothing runs any more; fails with the error that came first. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#all);
    if (this.#failure) throw this.#failure.error;
  }
}
