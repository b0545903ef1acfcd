import { APPLICATION_STATUSES } from '../statuses.js';
import { REQUESTED_TERMS, REVIEW_STAGE_MEANINGS } from './application.api.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, code, flag, id, instant, money, months, object, queryWhole, text, whole } from './fields.js';
import { REASON } from './reason.api.js';
import { describeRoute } from './route.js';
import { TASK_VISIT } from './visit.api.js';

const STATUSES = {
  open: 'It waits for a person.',
  decided: 'A person has decided it.',
  closed: 'The application went on without a person.',
} as const;
const DECISIONS = { approve: 'The application goes on.', reject: 'It does not.' } as const;

export const TASK_FINDING = describeAnswer('TaskFinding', 'right:reviewTask', 'What a check found, as the reader’s role may see it.', {
  code: code('Code of the finding.', 'REVENUE_GAP'),
  severity: choice({ info: 'Worth knowing.', amber: 'A person looks at it.', red: 'It stops the application.' }, 'How much it weighs.'),
  observed: text(80, 'The figure that crossed the threshold.', '0.62').optional(),
});

export const TASK_CAP = describeAnswer('TaskCap', 'right:reviewTask', 'One cap on the limit (M-LM-02).', {
  name: text(40, 'The cap.', 'dscr'),
  amountMinor: money('What it allows.'),
});

export const TASK_NEWS = describeAnswer('TaskNews', 'right:reviewTask', 'Something that came after the task was opened, and is new to whoever has read it.', {
  what: choice({ verification: 'What the sources have said.', score: 'The score.' }, 'What has come.'),
  at: instant('When it came.'),
});

/** All of them optional: a task has those of its stage (R-UW-01). */
export const TASK_FIGURES = describeAnswer('TaskFigures', 'right:reviewTask', 'Figures for a decision, by its stage.', {
  findings: object(TASK_FINDING, 'Verification, approval: what the checks found.').list(200).optional(),
  requestedAmountMinor: money('Approval: what the firm asks for.').optional(),
  proposedAmountMinor: money('Approval: what an approval offers.').optional(),
  tenorMonths: months('Committee: the time that is voted on, where it is another one than was asked for.').optional(),
  rateBps: bps('Approval: interest rate a year.').optional(),
  effectiveAnnualRateBps: bps('Approval: effective annual rate with all costs in, rounded.', 654).optional(),
  scoreId: id('Approval: the score.').optional(),
  score: whole(0, 1_000, 'Approval: points of the scorecard.', 700, 'points').optional(),
  pd: text(20, 'Approval: probability of default within 12 months, as a decimal.', '0.01299').optional(),
  grade: text(3, 'Approval: grade of the master scale.', 'R4').optional(),
  riskIndex: whole(0, 100, 'Approval: risk index, the least risk at 100 (R-CR-08); null where too little is known.', 68, 'points').nullable().optional(),
  limitMinor: money('Approval: what the firm can carry.').optional(),
  bindingCap: text(40, 'Approval: the cap that set it.', 'dscr').optional(),
  caps: object(TASK_CAP, 'Approval: every cap.').list(50).optional(),
  scorecardId: text(64, 'Approval: scorecard that made the score.', 'sme-invoice-v1').optional(),
  scoreReasons: object(REASON, 'Approval: what weighed most in the score.').list(30).optional(),
  firstScoreId: id('Appeal: the score that was refused.').optional(),
  firstScore: whole(0, 1_000, 'Appeal: its points.', 555, 'points').optional(),
  firstGrade: text(3, 'Appeal: its grade.', 'R8').optional(),
  firstPd: text(20, 'Appeal: its probability of default, as a decimal.', '0.089400').optional(),
  news: object(TASK_NEWS, 'What has come since the task was opened.').list(20).optional(),
  visit: object(TASK_VISIT, 'Approval, committee: the visit to the firm, where there was one.').optional(),
  loanId: id('Disbursement: the loan.').optional(),
  payoutId: id('Disbursement: the payout that failed.').optional(),
  amountMinor: money('Disbursement: the amount.').optional(),
});
export type TaskFiguresAnswer = AnswerOf<typeof TASK_FIGURES>;

const TASK_FIELDS = {
  reviewTaskId: id('Id of the task.'),
  applicationId: id('Application that it is about.'),
  tenantId: text(64, 'Lender that the application belongs to.', 'demo'),
  stage: choice(REVIEW_STAGE_MEANINGS, 'What is decided.'),
  tier: choice({ T1: 'One person.', T2: 'A committee.', T3: 'A visit to the firm first.' }, 'Whose authority it needs.'),
  status: choice(STATUSES, 'Where it stands.'),
  reasons: object(REASON, 'Why a person looks at it.').list(30),
  figures: object(TASK_FIGURES, 'Figures for the decision, by the stage.'),
  makerId: text(64, 'Who made the application; may not decide (R-UW-05).', 'demo-partner'),
  accountManagerId: text(64, 'Who looks after the firm; may not decide. Null where nobody does.', 'demo-account-manager').nullable(),
  openedAt: instant('When it was opened.'),
  dueAt: instant('Until when it is to be decided.', '2026-03-04T09:00:00.000Z'),
  reminders: whole(0, 1_000, 'How often the deadline passed without a decision.', 0),
  decision: choice(DECISIONS, 'What was decided; null before.').nullable(),
  decisionId: id('Id of the decision; null before.').nullable(),
  decidedBy: text(64, 'Who decided; null before.', 'demo-approver').nullable(),
  decidedAt: instant('When it was decided; null before.').nullable(),
  reasonCode: code('Reason of the decision; null before.', 'CASH_FLOW_SOUND').nullable(),
  comment: text(2_000, 'Comment of who decided; null where there is none.', 'Orders until autumn.').nullable(),
} as const;

export const REVIEW_TASK = describeAnswer(
  'ReviewTask',
  'right:reviewTask',
  'Work for a person: why, with which figures, by when, and what was decided.',
  TASK_FIELDS,
);
export type ReviewTaskAnswer = AnswerOf<typeof REVIEW_TASK>;

export const TASK_COMPANY = describeAnswer('TaskCompany', 'right:reviewTask', 'The firm that borrows.', {
  uscc: text(18, 'Unified social credit code.', '91990100MA0TE00010'),
  name: text(200, 'Registered name.', '样例商贸有限公司'),
});

export const TASK_APPLICATION = describeAnswer('TaskApplication', 'right:reviewTask', 'Figures of the application beside its task.', {
  status: choice(APPLICATION_STATUSES, 'Where the application stands.'),
  ...REQUESTED_TERMS,
  company: object(TASK_COMPANY, 'The firm that borrows.'),
  submittedAt: instant('When it was submitted.'),
});

export const WATCH_MARK = describeAnswer('WatchMark', 'right:reviewTask', 'A mark on a firm that has declared what is not true.', {
  reasonCode: code('Why it was marked.', 'UNTRUE_INFO'),
  markedAt: instant('When it was marked.'),
});

export const REVIEW_TASK_FILE = describeAnswer('ReviewTaskFile', 'right:reviewTask', 'A task with the application beside it.', {
  ...TASK_FIELDS,
  application: object(TASK_APPLICATION, 'Figures of the application.'),
  watchMarks: object(WATCH_MARK, 'Marks that earlier applications have left on the firm; empty where there are none.').list(50),
});
export type ReviewTaskFileAnswer = AnswerOf<typeof REVIEW_TASK_FILE>;

export const REVIEW_TASK_LIST = describeAnswer('ReviewTaskList', 'right:reviewTask', 'A page of tasks.', {
  items: object(REVIEW_TASK, 'Oldest first.').list(200),
  nextCursor: id('Send it as `cursor` to get the next page; null on the last one.').nullable(),
});

export const DECIDE_BODY = describeAnswer('DecideReview', 'callers', 'Body of a decision.', {
  decision: choice(DECISIONS, 'What is decided.'),
  reasonCode: code('One of `GET /v1/review-reasons`, which says what the applicant is told of it.', 'CASH_FLOW_SOUND'),
  amountMinor: money('Approval: less than what is proposed; the proposed amount where it is not given.').optional(),
  tenorMonths: months('Approval: over another time than was asked for.').optional(),
  comment: text(2_000, 'For colleagues and auditors; the applicant is not told.', 'Orders until autumn.').optional(),
});

export const REVIEW_REASON = describeAnswer('ReviewReason', 'right:reviewTask', 'A reason that a person may give for a decision.', {
  code: code('Code that a decision names.', 'CASH_FLOW_SOUND'),
  decision: choice(DECISIONS, 'Decision that it stands for.'),
  stages: choice(REVIEW_STAGE_MEANINGS, 'Stages at which it may be given.').list(10),
  sentence: text(300, 'What it means, for the person who decides.', 'The cash flow carries the instalments.'),
  applicant: object(REASON, 'What the applicant is told; null where nothing is.').nullable(),
  meansFraud: flag('True where the firm then waits for the long term.', false),
});

export const REVIEW_REASON_LIST = describeAnswer('ReviewReasonList', 'right:reviewTask', 'Reasons that a person may give for a decision.', {
  items: object(REVIEW_REASON, 'By stage.').list(200),
});
export type ReviewReasonsAnswer = AnswerOf<typeof REVIEW_REASON_LIST>;

const OWNER = 'loan-application';

export const LIST_REVIEW_TASKS = describeRoute({
  name: 'reviewTask_list',
  method: 'GET',
  path: '/v1/review-tasks',
  owner: { service: OWNER, path: '/review-tasks' },
  tag: 'Staff',
  summary: 'The queue of the staff, oldest first',
  query: {
    status: choice(STATUSES, 'Tasks in this status; open ones where it is not given.').optional(),
    cursor: id('`nextCursor` of the page before.').optional(),
    limit: queryWhole(1, 200, 'Most rows of the page; 50 where it is not given.', 50),
  },
  answers: { 200: { meaning: 'A page of tasks.', body: REVIEW_TASK_LIST } },
});

export const SHOW_REVIEW_TASK = describeRoute({
  name: 'reviewTask_show',
  method: 'GET',
  path: '/v1/review-tasks/:reviewTaskId',
  owner: { service: OWNER, path: '/review-tasks/:reviewTaskId' },
  tag: 'Staff',
  summary: 'One task, with the application beside it',
  answers: { 200: { meaning: 'The task.', body: REVIEW_TASK_FILE } },
});

export const DECIDE_REVIEW = describeRoute({
  name: 'reviewTask_decide',
  method: 'PUT',
  path: '/v1/review-tasks/:reviewTaskId/decisions/:decisionId',
  owner: { service: OWNER, path: '/review-tasks/:reviewTaskId/decisions/:decisionId' },
  tag: 'Staff',
  summary: 'Decide a task',
  description: 'Verification: risk officer. Approval: credit approver. Disbursement: payment officer.',
  body: DECIDE_BODY,
  answers: { 200: { meaning: 'The task as it stands now.', body: REVIEW_TASK } },
  problems: {
    409: {
      ALREADY_DECIDED: 'The task is decided already.',
      SOD_VIOLATION: 'Whoever made the application, looks after the firm or decided another stage of it may not decide.',
      ACCOUNT_REFUSED: 'The bank has refused the account; another has to be named first.',
      VERIFICATION_INCOMPLETE: 'There is no verification yet that could be cleared.',
      SCORE_MISSING: 'There is no score yet that could be approved.',
      APPEAL_STILL_REFUSED: 'The corrected data of an appeal is refused by a rule that nobody may set aside.',
      SCORE_TOO_OLD: 'The score is too old for an offer.',
      ALL_IN_COST_OVER_CAP: 'All costs together are above the cap on the annual rate.',
      TIER_NOT_AVAILABLE: 'A single person may not decide this.',
      VISIT_REPORT_NEEDED: 'The investigator reports the visit; it can only be given up here.',
      COMMITTEE_DECIDES: 'The members of the committee vote on it.',
      TERMS_NOT_POSSIBLE: 'Amount or time are not among those that may be approved.',
      HARD_RULE_STANDS: 'A rule that nobody may set aside refuses it.',
    },
    422: { REASON_UNKNOWN: 'The reason is none of those that may be given for this decision.' },
  },
});

export const LIST_REVIEW_REASONS = describeRoute({
  name: 'reviewReason_list',
  method: 'GET',
  path: '/v1/review-reasons',
  owner: { service: OWNER, path: '/review-reasons' },
  tag: 'Staff',
  summary: 'Reasons that a person may give for a decision, by stage',
  query: { stage: choice(REVIEW_STAGE_MEANINGS, 'Reasons of this stage.').optional() },
  answers: { 200: { meaning: 'The reasons.', body: REVIEW_REASON_LIST } },
});
