/** What the broker says to a member that the group has gone on without; its offsets are not taken. */
const FENCED_TYPES = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);
/** What the broker says while members are dealt their partitions anew; the next join shows who holds what. */
const REBALANCING_TYPES = new Set(['ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS']);
/** What the broker says while a group's books are on their way, e.g. in the first seconds of a new cluster. */
const COORDINATOR_AWAY_TYPES = new Set(['GROUP_LOAD_IN_PROGRESS', 'GROUP_COORDINATOR_NOT_AVAILABLE', 'NOT_COORDINATOR_FOR_GROUP']);
const MOVED_TYPES = new Set(['NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE', ...COORDINATOR_AWAY_TYPES]);
const CONNECTION_ERRORS = new Set(['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError', 'KafkaJSBrokerNotFound']);
const OUT_OF_TRIES = 'KafkaJSNumberOfRetriesExceeded';

/** Names and protocol error types of an error and its causes, as the client wraps one in another. */
function* chain(error: unknown): Generator<{ name?: string; type?: string }> {
  for (let at = error as { name?: string; type?: string; cause?: unknown } | undefined, depth = 0; at && depth < 10; depth++) {
    yield at;
    at = at.cause as typeof at;
  }
}

/** True where the broker no longer knows the member. */
export function isFencedMember(error: unknown): boolean {
  return [...chain(error)].some(({ type }) => FENCED_TYPES.has(type ?? ''));
}

/** True where the group is between two assignments. */
export function isBetweenAssignments(error: unknown): boolean {
  return [...chain(error)].some(({ type }) => REBALANCING_TYPES.has(type ?? ''));
}

/** True where the broker that keeps the group is not ready for it yet. */
export function isCoordinatorAway(error: unknown): boolean {
  return [...chain(error)].some(({ type }) => COORDINATOR_AWAY_TYPES.has(type ?? ''));
}

/** True where the client itself took the trouble for one that passes, and only its tries have come to an end, e.g. of joining a group that is dealt anew again and again. */
export function isOutOfTries(error: unknown): boolean {
  return [...chain(error)].some(({ name }) => name === OUT_OF_TRIES);
}

/** True where nothing is known to be wrong but the way to the broker that is in charge. */
export function isConnectionTrouble(error: unknown): boolean {
  return [...chain(error)].some(({ name, type }) => CONNECTION_ERRORS.has(name ?? '') || MOVED_TYPES.has(type ?? ''));
}

/** One line for topics that the broker refused to make, as the client packs one reason for each of them behind a general message. */
export function asTopicError(error: unknown): Error {
  const reasons = ((error as { errors?: { topic?: string; message: string }[] }).errors ?? []).map(({ topic, message }) => `${topic}: ${message}`);
  return reasons.length === 0 ? (error as Error) : new Error(`topics could not be made: ${reasons.join('; ')}`, { cause: error });
}
