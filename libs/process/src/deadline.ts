import { addBusinessDays, type DeadlineParameters } from '@millrace/policy';
import type { DeadlineName, StatusRule } from './process.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Instant at which a status entered at `from` has lasted too long, by the policy release. */
export function deadlineAt(name: DeadlineName, from: Date, deadlines: DeadlineParameters): Date {
  const length = deadlines[name];
  if (name.endsWith('BusinessDays')) return addBusinessDays(from, length);
  return new Date(from.getTime() + length * (name.endsWith('Hours') ? HOUR_MS : DAY_MS));
}

/** As {@link deadlineAt} for a status by its rule; null for one without a deadline. */
export function deadlineOf({ deadline }: StatusRule, from: Date, deadlines: DeadlineParameters): Date | null {
  return deadline ? deadlineAt(deadline.name, from, deadlines) : null;
}
