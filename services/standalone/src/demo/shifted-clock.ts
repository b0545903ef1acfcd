import type { Clock } from '@millrace/contracts';

/** The machine's clock, moved ahead: it runs on, so that the demo can go to a due date and live there. */
export class ShiftedClock implements Clock {
  #aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.#aheadMs);
  }

  /** Moves to 10:00 in Shanghai of a date (YYYY-MM-DD), unless it is past already. */
  moveTo(date: string): void {
    const target = new Date(`${date}T10:00:00+08:00`).getTime();
    this.#aheadMs = Math.max(this.#aheadMs, target - Date.now());
  }
}
