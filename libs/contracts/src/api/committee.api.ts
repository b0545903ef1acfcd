import { TASK_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, flag, form, id, instant, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

const decision = (meaning: string) => form(/^[a-z][a-z0-9-]{0,59}$/, 'the name of a decision: lower case with hyphens', meaning, 'apply');

export const COMMITTEE_VOTE = describeAnswer('CommitteeVote', 'right:reviewTask', 'What one member of a committee has said.', {
  voter: text(64, 'Who has voted.', 'carla'),
  decision: decision('What for.'),
  reasonCode: code('Reason that was given.', 'ALL_MEANS_USED'),
  comment: text(2_000, 'Comment of the member; null where there is none.', 'The file is complete.').nullable(),
  hasVeto: flag('True for a member whose no decides alone.', false),
  at: instant('When.'),
});

export const COMMITTEE_CONFLICT = describeAnswer('CommitteeConflict', 'right:reviewTask', 'A member whom a conflict of interest excludes.', {
  voter: text(64, 'Who has declared it.', 'carla'),
  reason: text(500, 'What the conflict is.', 'I know the owner.'),
  at: instant('When.'),
});

const MINUTES = {
  taskId: id('Id of the task.'),
  kind: form(/^[a-z][a-z0-9-]{1,59}$/, 'the name of a kind: lower case with hyphens', 'Kind of the task.', 'write-off'),
  question: text(300, 'What is asked.', 'Is the loan written off?'),
  status: choice(TASK_STATUSES, 'How it stands.'),
  decisions: decision('A decision that may be voted for.').list(10),
  reasonCodes: code('A reason that may be given.', 'ALL_MEANS_USED').list(30),
  seats: whole(2, 20, 'Most members who may take part; a declared conflict takes a seat too.', 5),
  quorum: whole(2, 20, 'Least votes without which nothing is decided.', 3),
  convenedAt: instant('When it was asked.'),
  dueAt: instant('Until when a decision is due.', '2026-03-05T01:00:00.000Z'),
  votes: object(COMMITTEE_VOTE, 'By name.').list(20),
  conflicts: object(COMMITTEE_CONFLICT, 'By name.').list(20),
  outcome: decision('What was decided; null before.').nullable(),
  because: choice(
    { MAJORITY: 'The majority that it needs was there.', NO_MAJORITY: 'The majority was not reached.', VETO: 'A member with a veto has said no.' },
    'Why that is the outcome; null before.',
  ).nullable(),
  failure: text(500, 'Why what was decided could not be done, so that it is asked again; null where that is not so.', 'the loan is settled').nullable(),
  decidedAt: instant('When it was decided; null before.').nullable(),
} as const;

export const COMMITTEE_MINUTES = describeAnswer(
  'CommitteeMinutes',
  'right:reviewTask',
  'What a committee was asked, who has said what, and what it has decided (R-UW-05).',
  { ...MINUTES, loanId: id('Loan that it is about.') },
);
export type CommitteeMinutesAnswer = AnswerOf<typeof COMMITTEE_MINUTES>;

export const VOTE_BODY = describeAnswer('CommitteeVoteBody', 'callers', 'What a member says.', {
  decision: decision('What for; one of `decisions` of the minutes.'),
  reasonCode: code('One of `reasonCodes` of the minutes that stands for this decision.', 'ALL_MEANS_USED'),
  comment: text(2_000, 'For colleagues and auditors.', 'The file is complete.').optional(),
});

export const CONFLICT_BODY = describeAnswer('CommitteeConflictBody', 'callers', 'What excludes a member.', {
  reason: text(500, 'What the conflict of interest is, without personal data.', 'I know the owner.'),
});

export const CREDIT_COMMITTEE_MINUTES = describeAnswer(
  'CreditCommitteeMinutes',
  'right:reviewTask',
  'What the credit committee was asked about an application, who has said what, and what it has decided (R-UW-05).',
  { ...MINUTES, applicationId: id('Application that it is about.') },
);
export type CreditCommitteeMinutesAnswer = AnswerOf<typeof CREDIT_COMMITTEE_MINUTES>;

const PATH = '/v1/loans/:loanId/committees/:taskId';
const AT = { service: 'post-loan-monitoring', path: '/loans/:loanId/committees/:taskId' } as const;
const SAID = { 200: { meaning: 'The minutes as they stand now.', body: COMMITTEE_MINUTES } } as const;
const REFUSED = {
  400: { DECISION_UNKNOWN: 'The committee does not vote on this.', REASON_UNKNOWN: 'The reason is none that stands for this decision.' },
  403: { SOD_VIOLATION: 'Whoever has asked for it does not decide it.' },
  409: {
    ALREADY_DECIDED: 'The committee has decided.',
    ALREADY_VOTED: 'The member has spoken already; a vote is not changed.',
    SEATS_TAKEN: 'All members have spoken.',
    TASK_CLOSED: 'The question has fallen away.',
  },
} as const;

export const SHOW_COMMITTEE = describeRoute({
  name: 'committee_show',
  method: 'GET',
  path: PATH,
  owner: AT,
  tag: 'Staff',
  summary: 'Minutes of a committee about a loan',
  answers: SAID,
});

export const VOTE_IN_COMMITTEE = describeRoute({
  name: 'committee_vote',
  method: 'PUT',
  path: `${PATH}/votes/:voteId`,
  owner: { ...AT, path: `${AT.path}/votes/:voteId` },
  tag: 'Staff',
  summary: 'Vote in a committee about a loan',
  description: 'Each member votes once. It is decided when no further vote can change the outcome; before, a member may conclude the vote.',
  body: VOTE_BODY,
  answers: SAID,
  problems: REFUSED,
});

export const DECLARE_CONFLICT = describeRoute({
  name: 'committee_conflict',
  method: 'PUT',
  path: `${PATH}/conflicts/:conflictId`,
  owner: { ...AT, path: `${AT.path}/conflicts/:conflictId` },
  tag: 'Staff',
  summary: 'Say that a conflict of interest excludes oneself from a committee',
  body: CONFLICT_BODY,
  answers: SAID,
  problems: REFUSED,
});

export const CONCLUDE_VOTE = describeRoute({
  name: 'committee_conclude',
  method: 'PUT',
  path: `${PATH}/conclusions/:conclusionId`,
  owner: { ...AT, path: `${AT.path}/conclusions/:conclusionId` },
  tag: 'Staff',
  summary: 'Close the vote of a committee with those who have spoken',
  answers: SAID,
  problems: { ...REFUSED, 409: { ...REFUSED[409], VOTE_INCOMPLETE: 'Too few have voted, or the one with the veto has not been heard.' } },
});
