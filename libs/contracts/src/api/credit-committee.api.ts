import { describeAnswer } from './field.js';
import { money, months } from './fields.js';
import { CONFLICT_BODY, CREDIT_COMMITTEE_MINUTES, VOTE_BODY } from './committee.api.js';
import { describeRoute } from './route.js';

const PATH = '/v1/loan-applications/:applicationId/committees/:taskId';
const AT = { service: 'loan-application', path: '/loan-applications/:applicationId/committees/:taskId' } as const;
const SAID = { 200: { meaning: 'The minutes as they stand now.', body: CREDIT_COMMITTEE_MINUTES } } as const;
const REFUSED = {
  400: { DECISION_UNKNOWN: 'The committee does not vote on this.', REASON_UNKNOWN: 'The reason is none that stands for this decision.' },
  403: { SOD_VIOLATION: 'Whoever made the application, looks after the firm, visited it or decided another stage of it has no vote.' },
  409: {
    ALREADY_DECIDED: 'The committee has decided.',
    ALREADY_VOTED: 'The member has spoken already; a vote is not changed.',
    SEATS_TAKEN: 'All members have spoken.',
    TASK_CLOSED: 'The application went on without the committee.',
    HARD_RULE_STANDS: 'A rule that nobody may set aside refuses the loan; a yes is not taken.',
    SCORE_TOO_OLD: 'The score is too old for an offer; a yes is not taken.',
    ALL_IN_COST_OVER_CAP: 'All costs together are above the cap on the annual rate; a yes is not taken.',
  },
} as const;

export const SHOW_CREDIT_COMMITTEE = describeRoute({
  name: 'creditCommittee_show',
  method: 'GET',
  path: PATH,
  owner: AT,
  tag: 'Staff',
  summary: 'Minutes of the credit committee about an application',
  answers: SAID,
});

export const VOTE_IN_CREDIT_COMMITTEE = describeRoute({
  name: 'creditCommittee_vote',
  method: 'PUT',
  path: `${PATH}/votes/:voteId`,
  owner: { ...AT, path: `${AT.path}/votes/:voteId` },
  tag: 'Staff',
  summary: 'Vote in the credit committee about an application',
  description: 'Each member votes once. It is decided when no further vote can change the outcome; before, a member may conclude the vote.',
  body: VOTE_BODY,
  answers: SAID,
  problems: REFUSED,
});

export const DECLARE_CREDIT_CONFLICT = describeRoute({
  name: 'creditCommittee_conflict',
  method: 'PUT',
  path: `${PATH}/conflicts/:conflictId`,
  owner: { ...AT, path: `${AT.path}/conflicts/:conflictId` },
  tag: 'Staff',
  summary: 'Say that a conflict of interest excludes oneself from the credit committee',
  body: CONFLICT_BODY,
  answers: SAID,
  problems: REFUSED,
});

export const MOTION_BODY = describeAnswer('CommitteeMotion', 'callers', 'Other terms that are to be voted on.', {
  amountMinor: money('At most what the engine proposes; that where it is not given.').optional(),
  tenorMonths: months('Over another time than was asked for.').optional(),
});

export const MOVE_CREDIT_TERMS = describeRoute({
  name: 'creditCommittee_motion',
  method: 'PUT',
  path: `${PATH}/motions/:motionId`,
  owner: { ...AT, path: `${AT.path}/motions/:motionId` },
  tag: 'Staff',
  summary: 'Have the credit committee vote on less, or on another time',
  description: 'The votes of before are void: they were about other terms.',
  body: MOTION_BODY,
  answers: SAID,
  problems: {
    ...REFUSED,
    409: {
      ...REFUSED[409],
      TERMS_NOT_POSSIBLE: 'Amount or time are not among those that may be approved.',
      TERMS_UNCHANGED: 'These terms are voted on already.',
    },
  },
});

export const CONCLUDE_CREDIT_VOTE = describeRoute({
  name: 'creditCommittee_conclude',
  method: 'PUT',
  path: `${PATH}/conclusions/:conclusionId`,
  owner: { ...AT, path: `${AT.path}/conclusions/:conclusionId` },
  tag: 'Staff',
  summary: 'Close the vote of the credit committee with those who have spoken',
  answers: SAID,
  problems: { ...REFUSED, 409: { ...REFUSED[409], VOTE_INCOMPLETE: 'Too few have voted, or the one with the veto has not been heard.' } },
});
