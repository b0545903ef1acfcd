const INTERVAL_MS = 1_000;

/** How far long work has come: done, rate, and time left at that rate; told once a second. */
export class Progress {
  readonly #startedAt = performance.now();
  #toldAt = this.#startedAt;
  #done = 0;

  constructor(
    private readonly what: string,
    private readonly say: (text: string) => void,
    /** How much there is; grows where a live log does. */
    public total = 0,
  ) {}

  get done(): number {
    return this.#done;
  }

  /** Records a second since the beginning. */
  get perSecond(): number {
    return Math.round((this.#done * 1_000) / Math.max(1, performance.now() - this.#startedAt));
  }

  add(count: number): void {
    this.#done += count;
    const now = performance.now();
    if (now - this.#toldAt < INTERVAL_MS) return;
    this.#toldAt = now;
    this.say(`${progressLine(this.what, this.#done, this.total, this.perSecond)}\n`);
  }
}

/** `timeline: 12,000 of 48,000 records, 6,000/s, 6 s left`. */
export function progressLine(what: string, done: number, total: number, perSecond: number): string {
  const number = new Intl.NumberFormat('en-US');
  const left = perSecond > 0 ? `, ${number.format(Math.ceil(Math.max(0, total - done) / perSecond))} s left` : '';
  return `${what}: ${number.format(done)} of ${number.format(total)} records, ${number.format(perSecond)}/s${left}`;
}
