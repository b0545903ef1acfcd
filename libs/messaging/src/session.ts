/**
 * How an adapter keeps the promise of `SubscribeOptions.sessionTimeoutMs`: a member that dies is missed early enough that the others have its partitions
 * when that time is over, a heartbeat (by which they learn of it) and a rebalance included.
 */

/** Signs of life within one session timeout. */
const HEARTBEATS_PER_SESSION = 6;
const SHARE_OF_SILENCE = 0.7;

/** Milliseconds between two signs of life. */
export function heartbeatIntervalMs(sessionTimeoutMs: number): number {
  return Math.floor(sessionTimeoutMs / HEARTBEATS_PER_SESSION);
}

/** Milliseconds without a sign of life after which a member is out. */
export function silenceMs(sessionTimeoutMs: number): number {
  return Math.floor(SHARE_OF_SILENCE * sessionTimeoutMs);
}
