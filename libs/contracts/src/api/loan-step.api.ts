import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, flag, id, money, object, sha256, text } from './fields.js';
import { CHANGE_PROBLEMS, LOAN_CHANGE, WAITING_ANSWERS } from './loan-change.api.js';
import { describeRoute } from './route.js';

/** Problems of every step of a loan that people decide about. */
export const STEP_PROBLEMS = { ...CHANGE_PROBLEMS, LOAN_STATUS_WRONG: 'The status of the loan does not allow it.' } as const;

/** Why nothing more can be had from the borrower. */
export const WRITE_OFF_GROUNDS = {
  bankruptcy_closed: 'The bankruptcy of the borrower is closed, and the claim is not satisfied.',
  enforcement_ended: 'A court has ended the enforcement, as nothing was found to enforce on.',
  borrower_gone: 'The borrower is struck off, and nobody answers for it.',
  long_demanded: 'It was demanded for long in every way that the contract and the law give, without success.',
} as const;

export const REQUEST_WRITE_OFF_BODY = describeAnswer('RequestWriteOff', 'callers', 'Why a loan is to be written off, and by what that is shown.', {
  ground: choice(WRITE_OFF_GROUNDS, 'Why nothing more can be had.'),
  evidenceSha256: sha256('Hash of the file that shows that all means are used, which the lender keeps.'),
});

export const REQUEST_WRITE_OFF = describeRoute({
  name: 'loan_writeOff',
  method: 'PUT',
  path: '/v1/loans/:loanId/write-offs/:writeOffId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/write-offs/:writeOffId' },
  tag: 'Loans',
  summary: 'Ask that a loan be written off',
  description:
    'For a loan in the class LOSS on which all means are used. A committee decides; then the loan leaves the books against what was set aside for it, and the claim stays: the borrower still owes.',
  body: REQUEST_WRITE_OFF_BODY,
  answers: WAITING_ANSWERS,
  problems: { 409: { ...STEP_PROBLEMS, CLASS_NOT_LOSS: 'The loan is not in the class LOSS.' } },
});

/** Why a contract lets a loan be called in before its time. */
export const ACCELERATION_GROUNDS = {
  misuse: 'Money was used for something else than agreed (G-EC-06).',
  insolvency: 'The borrower cannot pay its debts, or is in bankruptcy.',
  long_overdue: 'The loan is late by more than the days that the policy names.',
  breach: 'The borrower has broken another duty of the contract.',
} as const;

/** How the borrower was told. */
export const NOTICE_CHANNELS = {
  registered_mail: 'A registered letter.',
  in_person: 'Handed over against a signature.',
  electronic: 'To an address that the contract names for it.',
  notary: 'Through a notary.',
  court: 'Through a court.',
} as const;

export const REQUEST_ACCELERATION_BODY = describeAnswer(
  'RequestAcceleration',
  'callers',
  'Why a loan is to be called in, and by what it is shown that the borrower knows.',
  {
    ground: choice(ACCELERATION_GROUNDS, 'Why the contract allows it.'),
    noticeServedOn: day('Day on which the borrower was given notice.', '2026-06-10'),
    noticeChannel: choice(NOTICE_CHANNELS, 'How it was given.'),
    noticeSha256: sha256('Hash of the proof of service, which the lender keeps.'),
  },
);

export const REQUEST_ACCELERATION = describeRoute({
  name: 'loan_accelerate',
  method: 'PUT',
  path: '/v1/loans/:loanId/accelerations/:accelerationId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/accelerations/:accelerationId' },
  tag: 'Loans',
  summary: 'Ask that a loan be called in before its time',
  description: 'Notice was served. Two persons review it (`lendctl held`); from the day on which they agree all of the loan is due.',
  body: REQUEST_ACCELERATION_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: { ...STEP_PROBLEMS, NOT_LATE_ENOUGH: 'The loan is not late enough to be called in for it.' },
    422: { NOTICE_NOT_SERVED: 'The notice cannot have been served on that day.' },
  },
});

/** What is asked of a court. */
export const LEGAL_CASE_KINDS = {
  suit: 'A suit for the money.',
  payment_order: 'An order to pay (支付令).',
  arbitration: 'An arbitration that the contract names.',
  enforcement: 'The enforcement of a title.',
  bankruptcy: 'The claim in a bankruptcy.',
} as const;

/** Stages of a case. */
export const LEGAL_CASE_UPDATES = {
  accepted: 'The court has taken it up.',
  hearing: 'It was heard.',
  judgment: 'There is a judgment.',
  settled_in_court: 'The parties have settled before the court (调解).',
  final: 'What was decided cannot be challenged any more.',
  enforcing: 'It is being enforced.',
  assets_seized: 'Assets were seized.',
  distribution: 'Money was distributed.',
} as const;

/** How a case ends. */
export const LEGAL_CASE_OUTCOMES = {
  won: 'The claim was granted.',
  won_in_part: 'A part of the claim was granted.',
  lost: 'The claim was refused.',
  settled: 'The parties have settled.',
  withdrawn: 'It was withdrawn; the loan is as it was before it.',
  enforcement_ended: 'The enforcement has ended, as nothing more is found.',
} as const;

/** Why something that a court tells of a case is not taken over. */
export const COURT_FINDINGS = {
  case_unknown: 'The court knows no such case.',
  case_number_differs: 'The court tells it under another name of the case than that of the file.',
  news_unreadable: 'It cannot be read, or is none that is known.',
  day_not_possible: 'It lies before the filing, or in the future.',
  not_possible: 'The file of the loan does not take it, e.g. because it is closed or another end of the case waits for its decision.',
} as const;
export type CourtFinding = keyof typeof COURT_FINDINGS;

const REFERENCE = text(100, 'The court’s own name of the case; of one that it has not taken up yet our id of the electronic filing.', '(2027)沪74民初1号');
const CASE_FIELDS = {
  kind: choice(LEGAL_CASE_KINDS, 'What is asked of the court.'),
  court: text(100, 'The court.', '上海金融法院'),
  filedOn: day('Day on which it was filed.', '2027-01-10'),
  claimMinor: money('What is claimed.'),
} as const;

export const FILE_LEGAL_CASE_BODY = describeAnswer('FileLegalCase', 'callers', 'A case in court about a loan.', {
  ...CASE_FIELDS,
  courtReference: REFERENCE.optional(),
  electronic: flag('It is to be filed electronically once two persons have decided; then the court names the case, and courtReference is left out.').optional(),
  documentSha256: sha256('Hash of what was filed.'),
});

export const UPDATE_LEGAL_CASE_BODY = describeAnswer('UpdateLegalCase', 'callers', 'A stage that a case has reached.', {
  legalCaseId: id('The case.'),
  kind: choice(LEGAL_CASE_UPDATES, 'The stage.'),
  on: day('Day on which it was reached.', '2027-03-10'),
  awardedMinor: money('What was awarded, of a judgment or a settlement in court.').optional(),
  documentSha256: sha256('Hash of the paper of the court.'),
});

export const END_LEGAL_CASE_BODY = describeAnswer('EndLegalCase', 'callers', 'How a case has ended.', {
  legalCaseId: id('The case.'),
  outcome: choice(LEGAL_CASE_OUTCOMES, 'How.'),
  on: day('Day on which it has ended.', '2027-09-10'),
  documentSha256: sha256('Hash of the paper of the court.'),
});

const DEMAND_FIELDS = {
  servedOn: day('Day on which the borrower was asked for the money.', '2026-06-10'),
  channel: choice(NOTICE_CHANNELS, 'How.'),
  documentSha256: sha256('Hash of the proof of service.'),
} as const;

export const RECORD_DEMAND_BODY = describeAnswer('RecordDemand', 'callers', 'A demand that was served on the borrower.', DEMAND_FIELDS);

export const LEGAL_STAGE = describeAnswer('LegalStage', 'right:loanChanges', 'A stage that a case has reached.', {
  kind: choice(LEGAL_CASE_UPDATES, 'The stage.'),
  on: day('Day on which it was reached.', '2027-03-10'),
  awardedMinor: money('What was awarded; null where nothing was.').nullable(),
  documentSha256: sha256('Hash of the paper of the court.'),
});

export const LEGAL_CASE_ANSWER = describeAnswer('LegalCase', 'right:loanChanges', 'A case in court about a loan.', {
  legalCaseId: id('Id of the case.'),
  ...CASE_FIELDS,
  courtReference: REFERENCE,
  filing: choice(
    {
      planned: 'The court has not been told yet.',
      sent: 'The court may have it, and has not said yet what became of it.',
      unknown: 'The court was told and gives no final answer; it is asked again.',
      done: 'The court has taken it in.',
      refused: 'The court does not take it in.',
    },
    'Where an electronic filing stands; null for a case that was filed by hand.',
  ).nullable(),
  findings: choice(COURT_FINDINGS, 'What the court tells and cannot be taken over.').list(100),
  outcome: choice(LEGAL_CASE_OUTCOMES, 'How it has ended; null before.').nullable(),
  closedOn: day('Day on which it has ended; null before.', '2027-09-10').nullable(),
  updates: object(LEGAL_STAGE, 'In the order of recording.').list(200),
});

export const SERVED_DEMAND = describeAnswer('ServedDemand', 'right:loanChanges', 'A demand that was served on the borrower.', {
  demandId: id('Id of the demand.'),
  ...DEMAND_FIELDS,
});

export const LEGAL_FILE = describeAnswer(
  'LegalFile',
  'right:loanChanges',
  'What is done in court about a loan, and until when its claim can be enforced (G-EC-07).',
  {
    loanId: id('Id of the loan.'),
    limitationFrom: day(
      'Day from which the limitation runs: the last due date, the day on which the loan was called in, or a later demand, payment or case.',
      '2027-03-02',
    ),
    limitationEndsOn: day('Last day on which the claim can be enforced; null while a court has it.', '2030-03-02').nullable(),
    cases: object(LEGAL_CASE_ANSWER, 'In the order of recording.').list(100),
    demands: object(SERVED_DEMAND, 'In the order of recording.').list(1_000),
  },
);
export type LegalFileAnswer = AnswerOf<typeof LEGAL_FILE>;

const DAY_PROBLEM = { 422: { DAY_NOT_POSSIBLE: 'It cannot have been on that day.' } } as const;
const HELD_ANSWERS = { 201: { meaning: 'It is new and holds.', body: LOAN_CHANGE }, 200: WAITING_ANSWERS[200] } as const;

export const SHOW_LEGAL_FILE = describeRoute({
  name: 'loan_legalFile',
  method: 'GET',
  path: '/v1/loans/:loanId/legal-file',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/legal-file' },
  tag: 'Loans',
  summary: 'Cases in court, demands and limitation of a loan',
  answers: { 200: { meaning: 'The file.', body: LEGAL_FILE } },
});

export const FILE_LEGAL_CASE = describeRoute({
  name: 'loan_legalCase',
  method: 'PUT',
  path: '/v1/loans/:loanId/legal-cases/:legalCaseId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/legal-cases/:legalCaseId' },
  tag: 'Loans',
  summary: 'Put a case in court on the file of a loan',
  description: 'Two persons decide (`lendctl held`); then the loan is `LEGAL`.',
  body: FILE_LEGAL_CASE_BODY,
  answers: WAITING_ANSWERS,
  problems: {
    409: {
      ...STEP_PROBLEMS,
      LIMITATION_OVER: 'The claim cannot be enforced any more.',
      COURT_NOT_CONNECTED: 'The lender has no court that takes cases in electronically.',
    },
    422: { ...DAY_PROBLEM[422], REFERENCE_NOT_EXPECTED: 'The court names a case itself that is filed electronically.' },
  },
});

export const UPDATE_LEGAL_CASE = describeRoute({
  name: 'loan_legalCaseUpdate',
  method: 'PUT',
  path: '/v1/loans/:loanId/legal-case-updates/:legalCaseUpdateId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/legal-case-updates/:legalCaseUpdateId' },
  tag: 'Loans',
  summary: 'Record a stage that a case has reached',
  body: UPDATE_LEGAL_CASE_BODY,
  answers: HELD_ANSWERS,
  problems: { 409: CHANGE_PROBLEMS, ...DAY_PROBLEM },
});

export const END_LEGAL_CASE = describeRoute({
  name: 'loan_legalCaseEnd',
  method: 'PUT',
  path: '/v1/loans/:loanId/legal-case-ends/:legalCaseEndId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/legal-case-ends/:legalCaseEndId' },
  tag: 'Loans',
  summary: 'Ask that a case be closed',
  description: 'Two persons decide (`lendctl held`).',
  body: END_LEGAL_CASE_BODY,
  answers: WAITING_ANSWERS,
  problems: { 409: STEP_PROBLEMS, ...DAY_PROBLEM },
});

export const RECORD_DEMAND = describeRoute({
  name: 'loan_demand',
  method: 'PUT',
  path: '/v1/loans/:loanId/demands/:demandId',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/demands/:demandId' },
  tag: 'Loans',
  summary: 'Record a demand that was served on the borrower',
  description: 'It begins the limitation anew (G-EC-07).',
  body: RECORD_DEMAND_BODY,
  answers: HELD_ANSWERS,
  problems: { 409: CHANGE_PROBLEMS, ...DAY_PROBLEM },
});
