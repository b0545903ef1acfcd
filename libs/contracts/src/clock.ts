/** The only source of time in business code; injected, so that tests and scenarios set it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is moved; scenarios advance it by days (S01, S07). */
export class ManualClock implements Clock {
  #now: Date;

  constructor(start: Date) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves the clock; going back is refused, as no machine of ours handles it. */
  set(time: Date): void {
    if (time < this.#now) throw new RangeError('a manual clock only goes forward');
    this.#now = new Date(time);
  }

  advance(milliseconds: number): void {
    this.set(new Date(this.#now.getTime() + milliseconds));
  }
}

const SHANGHAI_DATE = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric', month: '2-digit', day: '2-digit' });

/** Business date (YYYY-MM-DD) of an instant in Asia/Shanghai, where the books are kept (M-RS-07). */
export function businessDate(instant: Date): string {
  return SHANGHAI_DATE.format(instant);
}

const SHANGHAI_HOUR = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' });

/** Hour of the day of an instant in Asia/Shanghai, 0 to 23. */
export function businessHour(instant: Date): number {
  return Number(SHANGHAI_HOUR.format(instant));
}

/** Instant at which an hour (0 to 24) of a business date (YYYY-MM-DD) begins in Asia/Shanghai. */
export function businessInstant(day: string, hour = 0): Date {
  return new Date(`${day}T${String(hour).padStart(2, '0')}:00:00+08:00`);
}
