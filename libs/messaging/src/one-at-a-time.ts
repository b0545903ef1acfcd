/** Others of the same key are before this one, and would be for too long; it has done nothing. */
export class TooManyAtOnceError extends Error {}

/** More than any honest caller has under way about one application or loan; what is refused costs nothing. */
const MAX_IN_LINE = 100;

/** Below the time after which a caller gives up (gateway: 10 s), so that it gets an answer that says what happened. */
const MAX_WAIT_MS = 5_000;

interface Line {
  last: Promise<void>;
  length: number;
}

/**
 * Work of the same key one after the other, that of different keys at the same time. Who waits here holds no database connection: writers of one row
 * that wait inside the database hold one each, and thirty of them would leave none for anybody else.
 */
export class OneAtATime {
  readonly #lines = new Map<string, Line>();

  /** Runs `work` when all work of its key that came before is over. Throws {@link TooManyAtOnceError} where that takes too long. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? { last: Promise.resolve(), length: 0 };
    if (line.length >= MAX_IN_LINE) throw new TooManyAtOnceError(`${MAX_IN_LINE} changes of ${key} are under way`);
    this.#lines.set(key, line);
    line.length += 1;
    const before = line.last;
    let done!: () => void;
    line.last = new Promise((resolve) => (done = resolve));
    const came = performance.now();
    try {
      await before;
      if (performance.now() - came > MAX_WAIT_MS) throw new TooManyAtOnceError(`other changes of ${key} took more than ${MAX_WAIT_MS} ms`);
      return await work();
    } finally {
      done();
      line.length -= 1;
      if (line.length === 0) this.#lines.delete(key);
    }
  }
}
