import { TASK_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, decimal, flag, form, id, instant, object, queryWhole, text, whole } from './fields.js';
import { describeRoute } from './route.js';

/** Meaning of each sort of thing that a task is about. */
export const TASK_SUBJECT_MEANINGS = {
  application: 'An application.',
  loan: 'A loan account.',
  payout: 'One payment of a loan.',
  case: 'A case that people work on.',
  release: 'A release of the lending policy.',
  firm: 'A firm as such, e.g. the block after a refusal.',
} as const;

const kind = (meaning: string) => form(/^[a-z][a-z0-9-]{1,59}$/, 'the name of a kind: lower case with hyphens', meaning, 'approval-review');
const login = (meaning: string) => form(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'the id of a login', meaning, 'carla');

export const QUEUED_TASK = describeAnswer('QueuedTask', 'callers', 'A task of any service, as the queue has it.', {
  taskId: id('Id of the task; a review is decided under it at `/v1/review-tasks`.'),
  owner: text(64, 'Service that has the task.', 'loan-application'),
  kind: kind('Kind of the task.'),
  subjectType: choice(TASK_SUBJECT_MEANINGS, 'Sort of thing that it is about.'),
  subjectId: id('Id of what it is about.'),
  applicationId: id('Application behind it; null where no single one is meant.').nullable(),
  loanId: id('Loan behind it; null where there is none.').nullable(),
  roles: text(60, 'Roles of which one is needed to decide.', 'credit_approver').list(10),
  votesNeeded: whole(1, 20, 'Least number of people who decide.', 1),
  votes: whole(0, 20, 'How many have said something that counts.', 0),
  status: choice(TASK_STATUSES, 'How it stands.'),
  claimedBy: text(64, 'Login that has taken it; null where nobody has.', 'carla').nullable(),
  openedAt: instant('When it was opened.'),
  dueAt: instant('Until when a decision is due.', '2026-03-04T01:00:00.000Z'),
  overdue: flag('True where it waits and the due instant has passed.', false),
  reminders: whole(0, 1_000, 'How often the due instant passed without a decision.', 0),
  decision: text(60, 'What was decided; null where nothing is.', 'approve').nullable(),
  decidedAt: instant('When it was decided; null where it is not.').nullable(),
});

export const QUEUED_TASK_LIST = describeAnswer('QueuedTaskList', 'callers', 'A page of the queue.', {
  items: object(QUEUED_TASK, 'Oldest first.').list(200),
  nextCursor: id('Send it as `cursor` to get the next page; null on the last one.').nullable(),
});

export const TASK_COUNT = describeAnswer('TaskCount', 'callers', 'How many tasks of one kind stand so, and since when.', {
  owner: text(64, 'Service that has them.', 'loan-application'),
  kind: kind('Kind of the tasks.'),
  status: choice(TASK_STATUSES, 'How they stand.'),
  count: whole(1, 1_000_000_000, 'How many there are.', 12),
  overdue: whole(0, 1_000_000_000, 'How many of them wait and are over due.', 1),
  oldestOpenedAt: instant('When the oldest was opened.'),
  oldestSeconds: decimal('Age of the oldest.', 86_400, 'seconds'),
});

export const TASK_COUNT_LIST = describeAnswer('TaskCountList', 'callers', 'Counts by kind, standing and service.', {
  items: object(TASK_COUNT, 'One of each that there is.').list(1_000),
});

/** What of the queue is asked for; all that is given holds. */
const TASK_FILTER = {
  kind: kind('Only tasks of this kind.').optional(),
  role: form(/^[a-z][a-z_]{1,59}$/, 'the name of a role', 'Only tasks that this role may decide.', 'credit_approver').optional(),
  status: choice(TASK_STATUSES, 'Only tasks that stand so; without it those that wait, `open` and `decided`.').optional(),
  subjectType: choice(TASK_SUBJECT_MEANINGS, 'Only tasks about this sort of thing.').optional(),
  subjectId: id('Only tasks about this one.').optional(),
  applicationId: id('Only tasks with this application behind them.').optional(),
  claimedBy: login('Only tasks that this login has taken.').optional(),
  overdue: choice({ true: 'Those that wait and are over due.', false: 'All others.' }, 'Only tasks that are over due, or only the others.').optional(),
} as const;

export const LIST_TASKS = describeRoute({
  name: 'task_list',
  method: 'GET',
  path: '/v1/tasks',
  tag: 'Staff',
  summary: 'The queue of the staff: tasks of all services, oldest first',
  description:
    'A task shows up a moment after it was opened. Reviews are read and decided at `/v1/review-tasks/{id}`, whose id is the `taskId`; what two persons decide is decided by operators.',
  query: { ...TASK_FILTER, cursor: id('`nextCursor` of the page before.').optional(), limit: queryWhole(1, 200, 'Most tasks of the page; 50 without it.', 50) },
  answers: { 200: { meaning: 'A page of the queue.', body: QUEUED_TASK_LIST } },
});

export const COUNT_TASKS = describeRoute({
  name: 'task_counts',
  method: 'GET',
  path: '/v1/tasks/counts',
  tag: 'Staff',
  summary: 'How many tasks wait, by kind and standing, and since when',
  query: TASK_FILTER,
  answers: { 200: { meaning: 'The counts.', body: TASK_COUNT_LIST } },
});

export const HELD_TASK = describeAnswer('HeldTask', 'callers', 'Who has a review task now.', {
  reviewTaskId: id('Id of the task.'),
  claimedBy: text(64, 'Login that has it; null where nobody has.', 'carla').nullable(),
  claimedAt: instant('Since when; null where nobody has it.').nullable(),
});
export type ReviewHolderAnswer = AnswerOf<typeof HELD_TASK>;
export const DELEGATION = describeAnswer('Delegation', 'callers', 'To whom a task is handed on.', { to: login('Login of the colleague.') });

const REFUSED = {
  403: { FORBIDDEN: 'The role does not decide this task.', SOD_VIOLATION: 'The person made the application, looks after the firm or decided another stage.' },
  404: { NOT_FOUND: 'There is no such task.' },
  409: {
    CLAIMED_BY_OTHER: 'A colleague has taken the task.',
    NOT_CLAIMED: 'The task is not taken by who gives it back or hands it on.',
    ALREADY_DECIDED: 'The task is decided already.',
    WRONG_STATUS: 'The application went on without the people.',
  },
} as const;

const hold = <const N extends string, const P extends string>(name: N, what: P, summary: string) =>
  ({
    name,
    method: 'PUT',
    path: `/v1/review-tasks/:reviewTaskId/${what}`,
    owner: { service: 'loan-application', path: `/review-tasks/:reviewTaskId/${what}` },
    tag: 'Staff',
    summary,
    answers: { 200: { meaning: 'Who has the task now.', body: HELD_TASK } },
    problems: REFUSED,
  }) as const;

export const CLAIM_REVIEW = describeRoute(hold('review_claim', 'claims/:claimId', 'Take a review task, so that nobody else works on it'));
export const RELEASE_REVIEW = describeRoute(hold('review_release', 'releases/:releaseId', 'Give a review task back to the queue'));
export const DELEGATE_REVIEW = describeRoute({
  ...hold('review_delegate', 'delegations/:delegationId', 'Hand a review task on to a colleague'),
  body: DELEGATION,
});
