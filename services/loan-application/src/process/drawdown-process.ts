/**
 * The life of a drawdown, as data (R-DB-02): the one that a signed contract implies. The order, the refusals and the payment are here; how the money gets to the
 * bank is the matter of disbursement, and what is repaid that of post-loan-monitoring.
 */
import type { DrawdownStatus, ReviewStage } from '@millrace/contracts';
import { Process, START, type ProcessRow, type StatusRule } from '@millrace/process';

const TRIGGERS = {
  Requested: 'the contract is signed by all parties, which draws the whole amount, and nothing speaks against the payment',
  RecheckNeeded: 'the contract is signed by all parties, and something has to be looked at again before the money leaves',
  RecheckAsked: 'the sources whose answers are too old are asked again',
  RecheckScoring: 'the score is too old, and is made anew',
  AuthorisationNeeded: 'nothing that was looked at again speaks against the payment, and two persons have to authorise it',
  RecheckCleared: 'nothing that was looked at again speaks against the payment',
  RecheckHeld: 'something speaks against the payment, and a person looks at it',
  RecheckRefused: 'a hard rule forbids the payment',
  RenewalSigned: 'the contract of a renewal is signed by all parties: no money is paid out',
  LoanRenewed: 'the loan is booked, and has settled the one that it renews',
  RenewalRefused: 'nothing is booked, as the loan that was to be renewed does not qualify any more',
  LoanDisbursed: 'the bank has paid',
  DisbursementFailed: 'the payout is refused for good',
  DisbursementReturned: 'the bank has credited the payout back, whole',
  AccountChanged: 'all parties have signed the addendum that names another account',
  KycRejected: 'verification found a hard rule or red fraud after the contract was signed',
  ReviewCleared: 'a payment officer has the payment go on, or two persons have authorised it',
  ReviewRejected: 'a payment officer gives the payment up, or two persons do not authorise it',
  Cancelled: 'the applicant gives the money up before its payment is ordered',
  LoanSettled: 'nothing is owed of the loan any more',
  LoanRenewedByAnother: 'another loan has repaid the loan by renewing it',
  LoanTransferred: 'the claim of the loan was sold',
  LoanReopened: 'money that had settled the loan was taken back',
  LoanStatusChanged: 'the loan is in another status, e.g. overdue',
  DeadlinePassed: 'the deadline of the status is over',
} as const;
export type DrawdownTrigger = keyof typeof TRIGGERS;

export type DrawdownEvent =
  | 'RecheckRequested'
  | 'ScoringRequested'
  | 'DisbursementRequested'
  | 'RenewalSettlementRequested'
  | 'RenewalSettled'
  | 'ManualReviewRequested'
  | 'ReviewDecided'
  | 'PayeeAccountChanged'
  | 'LoanActivated'
  | 'LoanReturned'
  | 'LoanClosed'
  | 'LoanClosureReversed'
  | 'LoanApplicationCancelled'
  | 'DrawdownExpired'
  | 'LoanApplicationRejected';

type Row = ProcessRow<DrawdownStatus, DrawdownTrigger, DrawdownEvent>;
const row = (from: Row['from'], on: DrawdownTrigger, next: DrawdownStatus, ...emits: DrawdownEvent[]): Row => ({ from, on, next, emits });

/** What people are asked while a drawdown waits for them: a review by one, or the authorisation by two. */
export type DrawdownTask = ReviewStage | 'authorisation';

const STATUSES: Readonly<Record<DrawdownStatus, StatusRule<DrawdownTask>>> = {
  RECHECKING: { party: 'kyc-antifraud', waitingFor: 'system', deadline: { name: 'verificationHours', reason: 'VERIFICATION_TIMED_OUT' } },
  AUTHORISING: {
    party: 'payment_officer',
    waitingFor: 'staff',
    deadline: { name: 'authorisationBusinessDays', reason: 'AUTHORISATION_EXPIRED' },
    task: 'authorisation',
  },
  REQUESTED: { party: 'disbursement', waitingFor: 'system' },
  HELD: {
    party: 'payment_officer',
    waitingFor: 'staff',
    deadline: { name: 'disbursementReviewBusinessDays', reason: 'REVIEW_OVERDUE' },
    task: 'disbursement',
  },
  PAID: { party: null, waitingFor: null },
  REJECTED: { party: null, waitingFor: null },
  CANCELLED: { party: null, waitingFor: null },
  EXPIRED: { party: null, waitingFor: null },
  RETURNED: { party: null, waitingFor: null },
};

export const DRAWDOWN_PROCESS = new Process<DrawdownStatus, DrawdownTrigger, DrawdownEvent, DrawdownTask>({
  name: 'drawdown',
  about: 'From the signed contract, by a second look, to the money paid, or given up. There is one for each application.',
  statuses: STATUSES,
  triggers: TRIGGERS,
  personTriggers: ['ReviewCleared', 'ReviewRejected', 'Cancelled'],
  withdrawal: 'Cancelled',
  rows: [
    row(START, 'Requested', 'REQUESTED', 'DisbursementRequested'),

    // Before the money leaves the lender looks again (R-DB-01): what is young enough is asked of nobody, so that the straight way does not come here.
    row(START, 'RecheckNeeded', 'RECHECKING'),
    row('RECHECKING', 'RecheckAsked', 'RECHECKING', 'RecheckRequested'),
    row('RECHECKING', 'RecheckScoring', 'RECHECKING', 'ScoringRequested'),
    row('RECHECKING', 'RecheckCleared', 'REQUESTED', 'DisbursementRequested'),
    row('RECHECKING', 'AuthorisationNeeded', 'AUTHORISING'),
    // Two persons, neither of whom has approved the loan (R-DB-02); time has passed, so that it is looked at again.
    row('AUTHORISING', 'ReviewCleared', 'RECHECKING'),
    row('AUTHORISING', 'ReviewRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('AUTHORISING', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('AUTHORISING', 'LoanDisbursed', 'PAID', 'LoanActivated'),
    row('AUTHORISING', 'DeadlinePassed', 'EXPIRED', 'DrawdownExpired'),
    row('AUTHORISING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),
    row('RECHECKING', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),
    row('HELD', 'Cancelled', 'CANCELLED', 'LoanApplicationCancelled'),
    row('RECHECKING', 'RecheckHeld', 'HELD', 'ManualReviewRequested'),
    row('RECHECKING', 'RecheckRefused', 'REJECTED', 'LoanApplicationRejected'),
    row('RECHECKING', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('RECHECKING', 'DeadlinePassed', 'HELD', 'ManualReviewRequested'),

    // The contract is void where the books refuse the settlement.
    row(START, 'RenewalSigned', 'REQUESTED', 'RenewalSettlementRequested'),
    row('REQUESTED', 'LoanRenewed', 'PAID', 'RenewalSettled'),
    row('REQUESTED', 'RenewalRefused', 'REJECTED', 'LoanApplicationRejected'),

    row('REQUESTED', 'LoanDisbursed', 'PAID', 'LoanActivated'),
    row('REQUESTED', 'DisbursementFailed', 'HELD', 'ManualReviewRequested'),

    // Whoever orders it again has it looked at again.
    row('HELD', 'ReviewCleared', 'RECHECKING', 'ReviewDecided'),
    row('HELD', 'ReviewRejected', 'REJECTED', 'ReviewDecided', 'LoanApplicationRejected'),
    // The account alone changes; the payment officer still decides, and an unchanged account that was refused is never ordered again.
    row('HELD', 'AccountChanged', 'HELD', 'PayeeAccountChanged'),
    // The bank's word that it paid outweighs an earlier refusal: a second payout must not be ordered.
    row('HELD', 'LoanDisbursed', 'PAID', 'LoanActivated'),
    row('RECHECKING', 'LoanDisbursed', 'PAID', 'LoanActivated'),
    row('HELD', 'KycRejected', 'REJECTED', 'LoanApplicationRejected'),
    row('HELD', 'DeadlinePassed', 'HELD'),

    // Only the loan has changed; the hub tells disbursement, which frees the limit.
    row('PAID', 'LoanSettled', 'PAID', 'LoanClosed'),
    // Its limit passes to the new loan by the news of that one, so that it is never free between the two.
    row('PAID', 'LoanRenewedByAnother', 'PAID'),
    row('PAID', 'LoanTransferred', 'PAID', 'LoanClosed'),
    row('PAID', 'LoanReopened', 'PAID', 'LoanClosureReversed'),
    row('PAID', 'LoanStatusChanged', 'PAID'),

    // The money is with the lender again: the loan is void, and whoever wants it still applies anew.
    { from: 'PAID', on: 'DisbursementReturned', next: 'RETURNED', emits: ['LoanReturned'], reopens: true },
    row('RETURNED', 'LoanStatusChanged', 'RETURNED'),
  ],
  ignored: [
    { on: 'LoanRenewed', in: ['PAID'], why: 'the loan lives already' },
    { on: 'RenewalRefused', in: ['REJECTED'], why: 'the refusal is known already' },
    { on: 'LoanDisbursed', in: ['PAID'], why: 'the loan lives already' },
    { on: 'LoanDisbursed', in: ['RETURNED'], why: 'the money has come back already' },
    { on: 'DisbursementReturned', in: ['RETURNED'], why: 'the money has come back already' },
    { on: 'LoanSettled', in: ['RETURNED'], why: 'the loan is void, and its limit is free already' },
    { on: 'LoanReopened', in: ['RETURNED'], why: 'the loan is void' },
    { on: 'DisbursementFailed', in: ['RECHECKING', 'AUTHORISING', 'HELD', 'REJECTED', 'CANCELLED', 'EXPIRED'], why: 'the failure is known already' },
    {
      on: 'AccountChanged',
      in: ['RECHECKING', 'AUTHORISING', 'REQUESTED', 'PAID', 'REJECTED', 'CANCELLED', 'EXPIRED', 'RETURNED'],
      why: 'nothing was refused, or the drawdown has ended',
    },
    { on: 'KycRejected', in: ['REQUESTED', 'PAID', 'REJECTED', 'CANCELLED', 'EXPIRED', 'RETURNED'], why: 'the payment is ordered, or the drawdown has ended' },
  ],
});
