import { setTimeout as delay } from 'node:timers/promises';

/** The work's outcome, or an error where it takes too long; the work itself goes on. */
export async function withinMs<T>(limitMs: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const tooLate = delay(limitMs, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`no answer within ${limitMs} ms`);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    over.abort();
  }
}
