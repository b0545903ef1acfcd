import type { Clock } from '@millrace/contracts';

/** What the program that moves the clock sends to a service process; the process answers with the same once its clock stands there. */
export interface ClockMessage {
  readonly clockMs: number;
}

/** True for a message of the clock, and for the answer to one. */
export function isClockMessage(message: unknown): message is ClockMessage {
  return typeof message === 'object' && message !== null && typeof (message as Partial<ClockMessage>).clockMs === 'number';
}

/** A clock that stands still until the parent process moves it. */
export class ParentClock implements Clock {
  #nowMs: number;

  constructor(startMs: number) {
    this.#nowMs = startMs;
    process.on('message', (message) => {
      if (!isClockMessage(message)) return;
      this.#nowMs = message.clockMs;
      process.send?.(message);
    });
    // The channel alone keeps no process alive.
    process.channel?.unref();
  }

  now(): Date {
    return new Date(this.#nowMs);
  }
}
