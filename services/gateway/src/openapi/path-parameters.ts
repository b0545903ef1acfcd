/** Version 7 with the variant of RFC 9562, as ids of what clients make have to be. */
export const UUID_V7 = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';

/** What each id of a path names. */
export const PARAMETER_MEANINGS: Readonly<Record<string, string>> = {
  applicationId: 'Id of the application.',
  cancellationId: 'Id of the withdrawal.',
  acceptanceId: 'Id of the acceptance.',
  declineId: 'Id of the decline.',
  signatureId: 'Id of the signature.',
  accountChangeId: 'Id of the change of account.',
  scoreId: 'Id of the score, as the list of scores has it.',
  loanId: 'Id of the loan; the application names it once the payout is ordered.',
  repaymentId: 'Id of the report of the transfer.',
  reviewTaskId: 'Id of the task.',
  decisionId: 'Id of the decision.',
  claimId: 'Id of the claim.',
  releaseId: 'Id of the giving back.',
  delegationId: 'Id of the handing on.',
};
