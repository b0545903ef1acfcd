/** One topic per producing service; the list is applied by a job, topics are never created by use. */
export const TOPICS = {
  loanApplication: 'lending.loan-application.v1',
  kycAntifraud: 'lending.kyc-antifraud.v1',
  scoring: 'lending.scoring.v1',
  disbursement: 'lending.disbursement.v1',
  postLoanMonitoring: 'lending.post-loan-monitoring.v1',
} as const;

/** Partitions of every topic: the most members of one consumer group that can share its work. */
export const PARTITIONS_PER_TOPIC = 12;
