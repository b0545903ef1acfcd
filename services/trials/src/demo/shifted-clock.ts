import type { Clock } from '@millrace/contracts';

/** The machine's clock, moved: it runs on, so that the demo can begin where its data end, go to a due date and live there. */
export class ShiftedClock implements Clock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /** Begins at 10:00 in Shanghai of a date (YYYY-MM-DD), past or coming: for before the first application alone. */
  beginOn(date: string): void {
    this.#aheadMs = new Date(`${date}T10:00:00+08:00`).getTime() - Date.now();
  }

  /** Moves to 10:00 in Shanghai of a date (YYYY-MM-DD), unless it is past already. */
  moveTo(date: string): void {
    const target = new Date(`${date}T10:00:00+08:00`).getTime();
    this.#aheadMs = Math.max(this.#aheadMs, target - Date.now());
  }
}
