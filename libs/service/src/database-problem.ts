import { isTimedOut, isUnavailable, TooManyAtOnceError } from '@millrace/messaging';
import type { ProblemDetails } from './problem.js';

const AWAY_RETRY_S = 5;
const BUSY_RETRY_S = 1;

/** disk_full, io_error; PostgreSQL says a full disk by either, and the words are the system's own. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return code === '53100' || code === 'ENOSPC' || (typeof message === 'string' && /no space left on device/i.test(message));
}

/** What the caller is told where the database, and not the request, is the reason; undefined for every other error. */
export function databaseProblem(error: unknown): ProblemDetails | undefined {
  if (error instanceof TooManyAtOnceError)
    return {
      status: 409,
      code: 'CHANGE_UNDER_WAY',
      title: 'Too many other changes of the same thing are under way.',
      detail: 'Nothing was changed. GET it to see how it stands, then send the change again if it is still wanted.',
    };
  const away = (title: string, retryAfterS: number): ProblemDetails => ({
    status: 503,
    code: 'SERVICE_UNAVAILABLE',
    title,
    detail: 'Send the same request again, with the same id: it is done once however often it comes.',
    headers: { 'retry-after': String(retryAfterS) },
  });
  if (isDiskFull(error)) return away('There is no space left to store anything.', AWAY_RETRY_S);
  if (isUnavailable(error)) return away('The database is away for the moment.', AWAY_RETRY_S);
  if (isTimedOut(error)) return away('The database is too busy for the moment.', BUSY_RETRY_S);
  return undefined;
}
