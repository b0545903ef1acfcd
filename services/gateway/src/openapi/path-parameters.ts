import type { JsonSchema } from '@millrace/contracts/api';

/** Version 7 with the variant of RFC 9562, as ids of what clients make have to be. */
export const UUID_V7 = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';

/** A part of a path that names something. */
export interface PathParameter {
  readonly meaning: string;
  readonly schema: JsonSchema;
  readonly example: string;
}

const id = (meaning: string): PathParameter => ({ meaning, schema: { type: 'string', format: 'uuid' }, example: '019cac3d-9a80-7000-8000-5a3c1d2e4f60' });

/** What each of them names; all but one are ids. */
export const PATH_PARAMETERS: Readonly<Record<string, PathParameter>> = {
  applicationId: id('Id of the application.'),
  consentId: id('Id of a consent.'),
  viewId: id('Id of the showing of a page.'),
  withdrawalId: id('Id of the withdrawal of a consent.'),
  cancellationId: id('Id of the withdrawal.'),
  appealId: id('Id of the appeal.'),
  correctionId: id('Id of the correction.'),
  supplementId: id('Id of the answer.'),
  supplementRequestId: id('Id of the question to the applicant.'),
  acceptanceId: id('Id of the acceptance.'),
  declineId: id('Id of the decline.'),
  signatureId: id('Id of the signature.'),
  authorisationId: id('Id of what a payment officer says of a payment.'),
  facilityChangeId: id('Id of the change of a firm’s facilities.'),
  accountChangeId: id('Id of the change of account.'),
  evidenceId: id('Id of the file.'),
  scoreId: id('Id of the score, as the list of scores has it.'),
  creditDisputeId: id('Id of the dispute.'),
  loanId: id('Id of the loan; the application names it once the contract is signed.'),
  repaymentId: id('Id of the report of the transfer.'),
  prepaymentId: id('Id of the report of the transfer that repays early.'),
  reversalId: id('Id of the request to take a repayment back.'),
  classFactId: id('Id of the fact that classes a loan.'),
  classFactEndId: id('Id of the end of such a fact.'),
  letterId: id('Id of the letter, as the list of letters has it.'),
  accelerationId: id('Id of the request to call the loan in.'),
  demandId: id('Id of the demand.'),
  legalCaseId: id('Id of the case in court.'),
  legalCaseUpdateId: id('Id of the stage of a case.'),
  legalCaseEndId: id('Id of the request to close a case.'),
  transferId: id('Id of the request to sell the claim.'),
  writeOffId: id('Id of the request to write the loan off.'),
  reserveUseId: id('Id of the request to take a loss from the reserve.'),
  reserveTopUpId: id('Id of the request to top the reserve up.'),
  taskId: id('Id of the task, as the request or the queue of tasks has it.'),
  voteId: id('Id of the vote.'),
  conflictId: id('Id of the declaration.'),
  conclusionId: id('Id of the conclusion.'),
  motionId: id('Id of the motion.'),
  visitId: id('Id of the visit.'),
  reportId: id('Id of the report.'),
  findingId: id('Id of the finding.'),
  caseId: id('Id of the case, as the list of cases has it.'),
  assignmentId: id('Id of the assignment.'),
  handoverId: id('Id of the handing over.'),
  contactId: id('Id of the contact.'),
  promiseId: id('Id of the promise.'),
  outcomeId: id('Id of what was told of the contact.'),
  guaranteeId: id('Id of the guarantee.'),
  guaranteeClaimId: id('Id of the claim on a guarantor.'),
  guaranteeCompensationId: id('Id under which it is said whose money a transfer is.'),
  extensionId: id('Id of the extension.'),
  restructuringId: id('Id of the restructuring.'),
  reviewTaskId: id('Id of the task.'),
  decisionId: id('Id of the decision.'),
  claimId: id('Id of the claim.'),
  releaseId: id('Id of the giving back.'),
  delegationId: id('Id of the handing on.'),
  name: {
    meaning: 'Versioned type of the event, with the ending `.json`.',
    schema: { type: 'string', maxLength: 200 },
    example: 'dev.millrace.lending.loan-application.submitted.v1.json',
  },
};
