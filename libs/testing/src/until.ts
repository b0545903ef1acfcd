import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT_MS = 15_000;
const INTERVAL_MS = 25;

/** Looks again and again until there is something; throws after a while (15 s), so that a test fails by name and not by its own timeout. */
export async function until<T>(look: () => Promise<T | undefined | false | null>, what = 'it', timeoutMs = TIMEOUT_MS): Promise<T> {
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(INTERVAL_MS)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`${what} did not happen within ${timeoutMs / 1_000} s`);
}
