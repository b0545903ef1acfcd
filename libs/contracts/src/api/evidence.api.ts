import { LOAN_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, code, day, id, instant, money, object, sha256, text, whole } from './fields.js';
import { RECHECK_LINE } from './recheck-line.api.js';
import { SHOWN_DISCLOSURE } from './offer-terms.api.js';

export const EVIDENCED_CONSENT = describeAnswer('EvidencedConsent', 'right:history', 'A consent that came with the application.', {
  consentId: id('Id of the consent.'),
  type: text(40, 'What it allows.', 'credit_query'),
});

export const EVIDENCED_SIGNATURE = describeAnswer('EvidencedSignature', 'right:history', 'A signature that a step rests on.', {
  signatureId: id('Id of the signature.'),
  signerRole: text(20, 'Who has signed: `borrower`, `guarantor` or `lender`.', 'borrower'),
  certificateSerial: text(100, 'Certificate that it was made with.', 'CERT-1'),
  signedAt: instant('When it was made.'),
});

/** Ids, amounts, codes and hashes, all of them optional: a step has those of its trigger. */
export const EVIDENCE = describeAnswer('Evidence', 'right:history', 'What one step of a process rests on.', {
  contentSha256: sha256('`Submitted`: hash of what was sent.').optional(),
  knockOuts: code('`EntryRefused`: what stands against the application.', 'PURPOSE_BARRED').list(10).optional(),
  tableSha256: sha256('`EntryRefused`: hash of the table that refused it.').optional(),
  consents: object(EVIDENCED_CONSENT, '`Submitted`: consents that came with it; `ConsentRevoked`: the one that was withdrawn.').list(30).optional(),
  findings: text(80, 'A verification’s outcome: severity and code of a finding, as far as the reader’s role may see it.', 'amber:REVENUE_GAP')
    .list(200)
    .optional(),
  sources: text(120, 'A verification’s outcome: a source that was asked, with the hash of its reply.', 'registry:7d865e95').list(50).optional(),
  scoreId: id('A score’s outcome: the score.').optional(),
  score: whole(0, 1_000, 'A score’s outcome: its points.', 700, 'points').optional(),
  grade: text(3, 'A score’s outcome: its grade.', 'R4').optional(),
  limitMinor: money('A score’s outcome: what the firm can carry.').optional(),
  rateBps: bps('A score’s outcome: the rate a year.').optional(),
  inputsSha256: sha256('A score’s outcome: hash of its inputs.').optional(),
  scorecardSha256: sha256('A score’s outcome: hash of the scorecard.').optional(),
  matrixSha256: sha256('A score’s outcome: hash of the approval matrix.').optional(),
  failureCode: code('`ScoringFailed`: why there is no score.', 'BATCH_UNREADABLE').optional(),
  tier: text(2, 'A score’s outcome or a review: whose authority it needs.', 'T1').optional(),
  reviewTaskId: id('A review: the task.').optional(),
  decisionId: id('A review: the decision.').optional(),
  stage: text(20, 'A review: what was decided.', 'approval').optional(),
  commentSha256: sha256('A review: hash of the comment, for whoever may read the comment.').optional(),
  round: whole(1, 99, 'A question to the applicant, or an answer of a source that came too late: which round.', 1).optional(),
  asked: text(120, '`SupplementNeeded`, `SupplementAsked`: field and reason.', 'declaredRevenueMinor:REVENUE_GAP').list(20).optional(),
  appealId: id('`AppealRequested`: id of the appeal.').optional(),
  supplementId: id('`Supplemented`: id of the answer.').optional(),
  evidenceIds: id('`Supplemented`, `AppealRequested`: documents that are named.').list(50).optional(),
  corrected: text(40, '`Supplemented`, `AppealRequested`, `InfoCorrected`: what was corrected.', 'declaredRevenueMinor').list(10).optional(),
  correctionId: id('`InfoCorrected`: id of the correction.').optional(),
  deadlineAt: instant('`DeadlinePassed`: the deadline.').optional(),
  withdrawalId: id('`ConsentRevoked`: id of the withdrawal of the consent.').optional(),
  cancellationId: id('`Cancelled`: id of the withdrawal.').optional(),
  offerId: id('The offer that was made, shown, accepted or declined.').optional(),
  effectiveAnnualRateBps: bps('`CostSheetShown`: the effective annual rate with all costs in, rounded.', 654).optional(),
  acceptanceId: id('`OfferAccepted`: id of the acceptance.').optional(),
  declineId: id('`OfferDeclined`: id of the decline.').optional(),
  costSheetShownAt: instant('`OfferAccepted`: when the cost sheet was shown (G-PR-02).').optional(),
  disclosuresShown: object(SHOWN_DISCLOSURE, '`OfferAccepted`: pages that the applicant was shown, with their texts (R-AP-12).').list(10).optional(),
  contractId: id('The contract; null where an addendum is signed.').nullable().optional(),
  contractSha256: sha256('Hash of the contract’s text.').optional(),
  signatures: object(EVIDENCED_SIGNATURE, '`ContractSigned` or a signed addendum: the signatures.').list(5).optional(),
  signatureId: id('A signature that was asked for or declined.').optional(),
  signerRole: text(20, 'A signature that was declined: whose.', 'borrower').optional(),
  why: text(200, 'A signature that was declined: what the provider said.', 'declined').optional(),
  guarantorId: id('`SignatureRequested` of a contract of guarantee, `GuarantorSigned`, `GuarantorRefused`: the guarantor.').optional(),
  certificateSerial: text(100, '`ContractSigned` of earlier versions: the certificate.', 'CERT-1').optional(),
  signedAt: instant('`ContractSigned` of earlier versions: when.').optional(),
  applicationId: id('A drawdown’s first step: the application.').optional(),
  loanId: id('The loan.').optional(),
  payoutId: id('The payout.').optional(),
  amountMinor: money('The amount that was offered, ordered or paid.').optional(),
  payeeRecordId: id('Record of the account that is to be paid.').optional(),
  formerPayeeRecordId: id('An addendum: record of the account that was to be paid before.').optional(),
  evidenceId: id('`EvidenceAdded`: the file; its hash is the one of the content.').optional(),
  accountChangeId: id('An account change: its id.').optional(),
  addendumSha256: sha256('An account change: hash of the addendum.').optional(),
  bankReference: text(100, '`LoanDisbursed`, `DisbursementReturned`: the bank’s own name of the transfer.', 'BANK-1').optional(),
  paidAt: instant('`LoanDisbursed`: when the money went out.').optional(),
  loanStatus: choice(LOAN_STATUSES, '`LoanStatusChanged`: the status that the loan is in.').optional(),
  settledOn: day('`LoanSettled`: the day on which the last was paid.').optional(),
  transferId: id('`LoanTransferred`: the sale of the claim.').optional(),
  transferredOn: day('`LoanTransferred`: the day from which the claim is its buyer’s.').optional(),
  ignoredBecause: text(300, 'A step that came too late and changed nothing: why.', 'The application is over.').optional(),
  recheckId: id('A look before the payment: its id.').optional(),
  recheck: object(RECHECK_LINE, 'A look before the payment: what was looked at, with what outcome (R-DB-01).').list(60).optional(),
  taskId: id('`PayoutMismatch`: the task that cleared it up.').optional(),
  found: text(60, '`PayoutMismatch`: what was found.', 'paid').optional(),
  proposedBy: text(64, '`PayoutMismatch`: who proposed the answer.', 'olga').optional(),
  confirmedBy: text(64, '`PayoutMismatch`: who confirmed it.', 'pavel').optional(),
});
export type EvidenceAnswer = AnswerOf<typeof EVIDENCE>;
