/**
 * One topic per producing service, one more for its restricted facts, and one that all services share which leave work to people; the list is applied by a
 * job, topics are never created by use.
 */
export const TOPICS = {
  loanApplication: 'lending.loan-application.v1',
  kycAntifraud: 'lending.kyc-antifraud.v1',
  kycAntifraudRestricted: 'lending.kyc-antifraud.restricted.v1',
  scoring: 'lending.scoring.v1',
  disbursement: 'lending.disbursement.v1',
  postLoanMonitoring: 'lending.post-loan-monitoring.v1',
  tasks: 'lending.tasks.v1',
} as const;

/** Partitions of every topic: the most members of one consumer group that can share its work. */
export const PARTITIONS_PER_TOPIC = 12;

/**
 * Topics with suspicion in them, each with the logins that may read it (R-LG-02, G-AM-03). None of them is a service's: `compliance` is the lender's
 * own system for suspicious-transaction reports. No consumer and no tool of ours reads such a topic.
 */
export const RESTRICTED_TOPICS: Readonly<Record<string, readonly string[]>> = { [TOPICS.kycAntifraudRestricted]: ['compliance'] };

/** True for a topic that only its named logins may read. */
export function isRestrictedTopic(topic: string): boolean {
  return Object.hasOwn(RESTRICTED_TOPICS, topic);
}

/**
 * Topics that several services write, so that the queue of people is read from one place and nobody reads a service's whole topic for it. The source of
 * a record says whose task it is about.
 */
const SHARED_TOPICS: readonly string[] = [TOPICS.tasks];

/** True for a topic that several services write. */
export function isSharedTopic(topic: string): boolean {
  return SHARED_TOPICS.includes(topic);
}

/** Topics that every operator and every read of the log may look into. */
export const OPEN_TOPICS: readonly string[] = Object.values(TOPICS).filter((topic) => !isRestrictedTopic(topic));

/** Holds what the heads of all histories were (SEC-7). Written by operators alone: no service has a right to it, and none reads it. */
export const HISTORY_ANCHORS_TOPIC = 'lending.history-anchors.v1';

/** Every topic of an installation with its partitions, as the topic job makes them. Anchors have one, as each continues the one before. */
export const TOPICS_TO_MAKE: readonly { readonly name: string; readonly partitions: number }[] = [
  ...Object.values(TOPICS).map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC })),
  { name: HISTORY_ANCHORS_TOPIC, partitions: 1 },
];
