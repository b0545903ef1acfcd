/** Bounds of {@link FairSlots}. */
export interface FairSlotsOptions {
  /** Holders at once, of all names. */
  readonly total: number;
  /** Holders at once of one name. */
  readonly perName: number;
  /** How many of one name may wait. */
  readonly waitingPerName: number;
  /** How long one waits at most; for ever where it is not given. */
  readonly longestWaitMs?: number;
}

/** Gives a slot back; more than once does nothing. */
export type Release = () => void;

/** What a slot is asked for, beside whose it is. */
export interface SlotRequest {
  /** Holders of one subject work one after the other; those that wait for it hold nothing, and let others of their name pass. */
  readonly subject?: string | undefined;
  /** Told where the caller has to wait, with how it leaves the queue. */
  readonly onQueued?: (leave: () => void) => void;
}

interface Waiter {
  readonly subject: string | undefined;
  readonly begin: (release: Release | undefined) => void;
  patience?: NodeJS.Timeout;
}

/**
 * Slots that are shared fairly between names: nobody holds more than its share, and whoever waits is served in turn with the other names, however many
 * of one name wait. So a crowd of one name makes only itself wait.
 */
export class FairSlots {
  readonly #held = new Map<string, number>();
  /** In the order in which names are served next; a name without a waiter is not in it. */
  readonly #waiting = new Map<string, Waiter[]>();
  /** Subjects that are being worked on. */
  readonly #subjects = new Set<string>();
  #inUse = 0;

  constructor(private readonly options: FairSlotsOptions) {}

  /** Slots held now, and waiters, of all names; both are bounded whatever comes. */
  get load(): { readonly held: number; readonly waiting: number } {
    return { held: this.#inUse, waiting: [...this.#waiting.values()].reduce((sum, { length }) => sum + length, 0) };
  }

  /** Waits for a slot. Undefined where too many of the name wait already, or where it takes too long. */
  async acquire(name: string, { subject, onQueued = () => undefined }: SlotRequest = {}): Promise<Release | undefined> {
    // Whoever waits has either no slot or no subject to begin with; one that has both need not stand behind it.
    if (this.#isFree(name) && this.#isIdle(subject)) return this.#hold(name, subject);
    const queue = this.#waiting.get(name) ?? [];
    if (queue.length >= this.options.waitingPerName) return undefined;
    return new Promise((begin) => {
      const waiter: Waiter = { subject, begin };
      queue.push(waiter);
      this.#waiting.set(name, queue);
      const { longestWaitMs } = this.options;
      if (longestWaitMs !== undefined) waiter.patience = setTimeout(() => this.#leave(name, waiter) && begin(undefined), longestWaitMs);
      onQueued(() => void this.#leave(name, waiter));
    });
  }

  #isFree(name: string): boolean {
    return this.#inUse < this.options.total && (this.#held.get(name) ?? 0) < this.options.perName;
  }

  #isIdle(subject: string | undefined): boolean {
    return subject === undefined || !this.#subjects.has(subject);
  }

  #hold(name: string, subject: string | undefined): Release {
    this.#inUse++;
    this.#held.set(name, (this.#held.get(name) ?? 0) + 1);
    if (subject !== undefined) this.#subjects.add(subject);
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#inUse--;
      const left = this.#held.get(name)! - 1;
      if (left === 0) this.#held.delete(name);
      else this.#held.set(name, left);
      if (subject !== undefined) this.#subjects.delete(subject);
      this.#serve();
    };
  }

  /** Gives what has become free to the next that can begin: the slot to one, the subject perhaps to another. */
  #serve(): void {
    for (const [name, queue] of this.#waiting) {
      if (!this.#isFree(name)) continue;
      const at = queue.findIndex(({ subject }) => this.#isIdle(subject));
      if (at < 0) continue;
      const [waiter] = queue.splice(at, 1) as [Waiter];
      // To the end of the line: the other names come first.
      this.#waiting.delete(name);
      if (queue.length > 0) this.#waiting.set(name, queue);
      clearTimeout(waiter.patience);
      waiter.begin(this.#hold(name, waiter.subject));
      return;
    }
  }

  /** False where it waits no more. */
  #leave(name: string, waiter: Waiter): boolean {
    const queue = this.#waiting.get(name);
    const at = queue?.indexOf(waiter) ?? -1;
    if (at < 0) return false;
    clearTimeout(waiter.patience);
    queue!.splice(at, 1);
    if (queue!.length === 0) this.#waiting.delete(name);
    return true;
  }
}
