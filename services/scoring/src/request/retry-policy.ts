import type { DeadlineParameters } from '@millrace/policy';

/** A request without an outcome is queued again this often: no outage of hours is followed by further hours of back-off, and no job is lost with its process. */
export const WATCHDOG_MS = 300_000;

/** Tries of a batch that is gone or is not what was verified; further ones would get the same bytes. */
const MOST_UNUSABLE_TRIES = 3;

/** Scoring gives up this long before the hub's own deadline, so that a person is told the reason. */
const BEFORE_DEADLINE_MS = 3_600_000;

const HOUR_MS = 3_600_000;

/**
 * Whether a try that failed was the last. A provider that is away is asked again until an hour before the hub's deadline (S06); a batch that
 * is not usable only a few times. No score comes of either: the hub hands the application to a person, since missing data is never scored as
 * good (R-CR-02). `unusableTries` counts this one.
 */
export function isLastTry(requestedAt: Date, unusableTries: number, now: Date, { scoringHours }: Pick<DeadlineParameters, 'scoringHours'>): boolean {
  if (unusableTries >= MOST_UNUSABLE_TRIES) return true;
  return now.getTime() >= requestedAt.getTime() + Math.max(scoringHours * HOUR_MS - BEFORE_DEADLINE_MS, 0);
}
