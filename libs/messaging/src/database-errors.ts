const LOCK_NOT_AVAILABLE = '55P03';

/** Two transactions got in each other's way; the same work may succeed at once (serialization_failure, deadlock_detected). */
export function isConflict(error: unknown): boolean {
  const code = sqlState(error);
  return code === '40001' || code === '40P01';
}

/**
 * The server broke a statement off since a lock or the statement itself took too long (lock_not_available, query_canceled); the role's settings say how
 * long is too long.
 */
export function isTimedOut(error: unknown): boolean {
  const code = sqlState(error);
  return code === LOCK_NOT_AVAILABLE || code === '57014';
}

/** Somebody else's lock says nothing about the event at hand either. */
export function isInnocent(error: unknown): boolean {
  return isUnavailable(error) || sqlState(error) === LOCK_NOT_AVAILABLE;
}

/**
 * The database could not be reached or is going away: says nothing about the event at hand, so it must not count against it.
 * SQLSTATE classes 08 (connection), 53 (resources), 57P (shutdown) and 58 (system), a server that only reads (25006); errors of sockets; pg's own errors without a code.
 */
export function isUnavailable(error: unknown): boolean {
  const code = sqlState(error);
  if (/^(08|53|57P|58|25006)/.test(code) || /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)/.test(code)) return true;
  const message = error instanceof Error ? error.message : '';
  return /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Client was closed|Cannot use a pool)/.test(
    message,
  );
}

function sqlState(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
