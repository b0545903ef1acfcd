import type { DeadlineParameters } from '@millrace/policy';

/** A verification untouched for so long has lost its job (its process died); the ticker queues it again. */
export const WATCHDOG_MS = 120_000;

/** Waits before the sources that stayed away are asked again; the last one repeats. */
const RETRY_WAITS_MS = [5_000, 15_000, 60_000, 300_000] as const;

/** Verification speaks up this long before the hub's own deadline, so that a person gets what the other sources said. */
const BEFORE_DEADLINE_MS = 3_600_000;

const HOUR_MS = 3_600_000;

/**
 * What to do when a source gave no answer (M-AP-05, S06): the verification is parked and asked again, until an hour
 * before the hub's deadline; then it goes to a person with SOURCE_UNAVAILABLE. It is never scored as if the source had said "good".
 * `attempt` counts from 1. Returns the time of the next round, or null to give up.
 */
export function nextRound(requestedAt: Date, attempt: number, now: Date, deadlines: Pick<DeadlineParameters, 'verificationHours'>): Date | null {
  const giveUpAt = requestedAt.getTime() + Math.max(deadlines.verificationHours * HOUR_MS - BEFORE_DEADLINE_MS, 0);
  if (now.getTime() >= giveUpAt) return null;
  const wait = RETRY_WAITS_MS[Math.min(attempt, RETRY_WAITS_MS.length) - 1]!;
  return new Date(Math.min(now.getTime() + wait, giveUpAt));
}
