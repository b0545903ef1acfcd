/**
 * How long a statement of a service may wait for a lock. Every lock of ours is held for milliseconds; what waits longer meets a person's open session or
 * a fault, and must not hold a connection that others need. Below the time after which the gateway gives up (10 s).
 */
export const LOCK_TIMEOUT_MS = 4_000;

/** How long a statement of a service may run. All of ours find their rows by a key; the longest, a batch of a hundred events, takes tenths of a second. */
export const STATEMENT_TIMEOUT_MS = 30_000;

/** Server options of connections with a service's role that are exempt from both: migrations, and what an operator does, may take as long as they take. */
export const UNLIMITED = '-c lock_timeout=0 -c statement_timeout=0';
