import { policyInForce } from '@millrace/policy';
import { deadlineAt, processFaults, walkFaults } from '@millrace/process';
import { APPLICATION_PROCESS } from './application-process.js';
import { DRAFT_PROCESS } from './draft-process.js';
import { DRAWDOWN_PROCESS } from './drawdown-process.js';

/** What is expected of every pair, written down apart from the table: `-` cannot be, `.` is ignored, anything else names the next status. */
const APPLICATION = {
  CH: 'CHECKING',
  SU: 'SUPPLEMENT_REQUIRED',
  ER: 'ENHANCED_REVIEW',
  SC: 'SCORING',
  FI: 'FIELD_INVESTIGATION',
  RS: 'REVIEW_SINGLE',
  RC: 'REVIEW_COMMITTEE',
  AP: 'APPEAL_REVIEW',
  OF: 'OFFERED',
  CO: 'CONTRACTING',
  CP: 'COMPLETED',
  RE: 'REJECTED',
  CA: 'CANCELLED',
  EX: 'EXPIRED',
};
const APPLICATION_WALK = `
                          NEW CH SU ER SC FI RS RC AP OF CO CP RE CA EX
Submitted                 CH -  -  -  -  -  -  -  -  -  -  -  -  -  -
RenewalSubmitted          CH -  -  -  -  -  -  -  -  -  -  -  -  -  -
EntryRefused              RE -  -  -  -  -  -  -  -  -  -  -  -  -  -
RenewalEligible           -  CH .  ER .  .  .  .  .  .  .  .  .  .  .
RenewalRefused            -  RE RE RE .  .  .  .  .  .  .  .  .  .  .
KycPassed                 -  SC SU ER .  .  .  .  AP .  .  .  .  .  .
KycReferred               -  ER SU ER .  .  .  .  AP .  .  .  .  .  .
KycRejected               -  RE RE RE RE RE RE RE AP RE RE .  .  .  .
SupplementNeeded          -  SU -  -  -  -  -  -  -  -  -  -  -  -  -
SupplementAsked           -  -  -  SU -  -  SU -  -  -  -  -  -  -  -
Supplemented              -  -  CH -  -  -  -  -  -  -  -  -  -  -  -
AppealRequested           -  -  -  -  -  -  -  -  -  -  -  -  AP -  -
InfoCorrected             -  -  -  -  -  -  -  -  -  -  -  -  RE CA EX
ReviewCleared             -  -  -  SC -  RS OF OF RS -  -  -  -  -  -
ReviewClearedForCommittee -  -  -  -  -  RC -  -  -  -  -  -  -  -  -
ReviewRejected            -  -  -  RE -  RE RE RE RE -  -  -  -  -  -
ScoredApprove             -  -  .  -  OF .  RS .  AP .  .  .  .  .  .
ScoredRefer               -  -  .  -  RS .  RS .  AP .  .  .  .  .  .
ScoredVisit               -  -  .  -  FI .  FI .  AP .  .  .  .  .  .
ScoredCommittee           -  -  .  -  RC .  RC .  AP .  .  .  .  .  .
ScoredReject              -  -  .  -  RE RE RE RE AP .  .  .  .  .  .
ScoringFailed             -  -  .  .  ER .  .  .  AP .  .  .  .  .  .
ScoreRecorded             -  .  .  .  .  .  .  .  AP .  .  .  RE .  .
OfferAccepted             -  -  -  -  -  -  -  -  -  CO -  -  -  -  -
OfferDeclined             -  -  -  -  -  -  -  -  -  CA -  -  -  -  -
ContractSigned            -  -  -  -  -  -  -  -  -  -  CP .  .  .  .
GuarantorRefused          -  -  -  -  -  -  -  -  -  -  CA .  .  .  .
DeadlinePassed            -  ER EX ER RS FI RS RC AP EX EX -  -  -  -
Cancelled                 -  CA CA CA CA CA CA CA CA CA CA -  -  -  -
ConsentRevoked            -  CA CA CA CA CA CA CA CA CA CA -  -  -  -
`;

const DRAWDOWN = {
  RC: 'RECHECKING',
  AU: 'AUTHORISING',
  CA: 'CANCELLED',
  EX: 'EXPIRED',
  RQ: 'REQUESTED',
  HE: 'HELD',
  PA: 'PAID',
  RE: 'REJECTED',
  RT: 'RETURNED',
};
const DRAFT = { DR: 'DRAFT', SU: 'SUBMITTED', CA: 'CANCELLED', EX: 'EXPIRED' };
const DRAFT_WALK = `
                 NEW DR SU CA EX
Created          DR  -  -  -  -
Saved            -   DR -  -  -
ConsentGiven     -   DR -  -  -
ConsentWithdrawn -   DR -  -  -
PageShown        -   DR -  -  -
Submitted        -   SU -  -  -
Cancelled        -   CA -  -  -
DeadlinePassed   -   EX -  -  -
`;

const DRAWDOWN_WALK = `
                     NEW RC AU RQ HE PA RE CA EX RT
Requested            RQ  -  -  -  -  -  -  -  -  -
RecheckNeeded        RC  -  -  -  -  -  -  -  -  -
RecheckAsked         -   RC -  -  -  -  -  -  -  -
RecheckScoring       -   RC -  -  -  -  -  -  -  -
AuthorisationNeeded  -   AU -  -  -  -  -  -  -  -
RecheckCleared       -   RQ -  -  -  -  -  -  -  -
RecheckHeld          -   HE -  -  -  -  -  -  -  -
RecheckRefused       -   RE -  -  -  -  -  -  -  -
RenewalSigned        RQ  -  -  -  -  -  -  -  -  -
LoanRenewed          -   -  -  PA -  .  -  -  -  -
RenewalRefused       -   -  -  RE -  -  .  -  -  -
LoanDisbursed        -   PA PA PA PA .  -  -  -  .
DisbursementFailed   -   .  .  HE .  -  .  .  .  -
DisbursementReturned -   -  -  -  -  RT -  -  -  .
AccountChanged       -   .  .  .  HE .  .  .  .  .
KycRejected          -   RE RE .  RE .  .  .  .  .
ReviewCleared        -   -  RC -  RC -  -  -  -  -
ReviewRejected       -   -  RE -  RE -  -  -  -  -
Cancelled            -   CA CA -  CA -  -  -  -  -
LoanSettled          -   -  -  -  -  PA -  -  -  .
LoanRenewedByAnother -   -  -  -  -  PA -  -  -  -
LoanTransferred      -   -  -  -  -  PA -  -  -  -
LoanReopened         -   -  -  -  -  PA -  -  -  .
LoanStatusChanged    -   -  -  -  -  PA -  -  -  RT
DeadlinePassed       -   HE EX -  HE -  -  -  -  -
`;

test('R-OP-09: every status × every trigger of an application is as expected', () => {
  expect(walkFaults(APPLICATION_PROCESS, APPLICATION_WALK, APPLICATION)).toEqual([]);
});

test('R-OP-09: every status × every trigger of a draft is as expected', () => {
  expect(walkFaults(DRAFT_PROCESS, DRAFT_WALK, DRAFT)).toEqual([]);
});

test('R-OP-09: every status × every trigger of a drawdown is as expected', () => {
  expect(walkFaults(DRAWDOWN_PROCESS, DRAWDOWN_WALK, DRAWDOWN)).toEqual([]);
});

test('R-OP-09: the tables are sound: all is reachable and comes to an end, and whatever waits has a party, a way out, and its deadline leads somewhere', () => {
  expect([DRAFT_PROCESS, APPLICATION_PROCESS, DRAWDOWN_PROCESS].map((process) => processFaults(process))).toEqual([[], [], []]);
});

test('S06, R-IT-06: no path from a deadline to an offer goes round a person or a score', () => {
  const { rows } = APPLICATION_PROCESS.table;
  expect(rows.filter(({ next, from }) => next === 'OFFERED' && from !== next).map(({ on }) => on)).toEqual(['ScoredApprove', 'ReviewCleared', 'ReviewCleared']);
  expect(APPLICATION_PROCESS.consult('CHECKING', 'DeadlinePassed')).toMatchObject({ row: { next: 'ENHANCED_REVIEW', emits: ['ManualReviewRequested'] } });
});

test('M-AP-09: the applicant may withdraw until the contract is signed, and may do nothing after', () => {
  const { statuses } = APPLICATION_PROCESS;
  expect(statuses.filter((status) => APPLICATION_PROCESS.isRevocable(status))).toEqual(statuses.filter((status) => APPLICATION_PROCESS.isLive(status)));
  expect(APPLICATION_PROCESS.possibleActions('OFFERED')).toEqual(['OfferAccepted', 'OfferDeclined', 'Cancelled']);
  expect(APPLICATION_PROCESS.possibleActions('COMPLETED')).toEqual([]);
});

test('M-AP-03: deadlines of the policy; working days skip the weekend', () => {
  const { deadlines } = policyInForce('online_microloan', '2026-03-02');
  const friday = new Date('2026-03-06T02:00:00Z');
  expect(deadlineAt('verificationHours', friday, deadlines).toISOString()).toBe('2026-03-07T02:00:00.000Z');
  expect(deadlineAt('offerDays', friday, deadlines).toISOString()).toBe('2026-04-05T02:00:00.000Z');
  expect(deadlineAt('reviewBusinessDays', friday, deadlines).toISOString()).toBe('2026-03-13T02:00:00.000Z');
  expect(deadlineAt('disbursementReviewBusinessDays', friday, deadlines).toISOString()).toBe('2026-03-10T02:00:00.000Z');
});

test.each([
  ['SCORING', 'OFFERED', { outcome: 'approved', decider: 'engine' }],
  ['SCORING', 'REVIEW_SINGLE', { outcome: 'referred', decider: 'engine' }],
  ['SCORING', 'FIELD_INVESTIGATION', { outcome: 'referred', decider: 'engine' }],
  ['SCORING', 'REVIEW_COMMITTEE', { outcome: 'referred', decider: 'engine' }],
  ['REVIEW_COMMITTEE', 'OFFERED', { outcome: 'approved', decider: 'person' }],
  ['CHECKING', 'REJECTED', { outcome: 'rejected', decider: 'engine' }],
  ['CHECKING', 'ENHANCED_REVIEW', { outcome: 'referred', decider: 'engine' }],
  ['REVIEW_SINGLE', 'OFFERED', { outcome: 'approved', decider: 'person' }],
  ['ENHANCED_REVIEW', 'REJECTED', { outcome: 'rejected', decider: 'person' }],
  ['CHECKING', 'SCORING', undefined],
  ['CHECKING', 'CANCELLED', undefined],
  ['REVIEW_SINGLE', 'REVIEW_SINGLE', undefined],
  ['OFFERED', 'REJECTED', undefined],
  ['CONTRACTING', 'COMPLETED', undefined],
] as const)('R-TC-08: %s → %s is the decision %j', (from, to, decision) => expect(APPLICATION_PROCESS.decisionOf(from, to)).toEqual(decision));
