import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, id, instant, object, text, whole } from './fields.js';
import { REASON } from './reason.api.js';
import { describeRoute } from './route.js';
import { CORRECTED_VALUE, CORRECTIONS } from './supplement.api.js';

export const APPEALED_SCORE = describeAnswer('AppealedScore', 'right:score', 'A score of an application that was appealed.', {
  scoreId: id('The score.'),
  score: whole(0, 1_000, 'Points of the scorecard.', 644, 'points'),
  grade: text(3, 'Grade of the master scale.', 'R5'),
  pd: text(20, 'Probability of default within 12 months, as a decimal.', '0.027800'),
});

export const EXPLANATION = describeAnswer('Explanation', 'callers', 'What an applicant is told of a decision (PIPL 24).', {
  counted: object(REASON, 'Kinds of data that counted.').list(20),
  reasons: object(REASON, 'The main reasons.').list(30),
  wouldChange: object(REASON, 'What would change the decision.').list(20),
});

export const APPEAL = describeAnswer('Appeal', 'callers', 'The appeal of a refusal by the engine.', {
  appealId: id('Id that the client made.'),
  ground: object(REASON, 'Why the applicant appeals.'),
  evidenceIds: id('Documents that the appeal names.').list(50),
  corrected: object(CORRECTED_VALUE, 'What the appeal has corrected.').list(10),
  requestedAt: instant('When it came.'),
  dueAt: instant('Until when a person is to decide.', '2028-05-16T01:00:00.000Z'),
  refusedFor: object(REASON, 'Why the application was refused first.').list(30),
  outcome: choice({ upheld: 'The refusal stands.', allowed: 'Another person decides on the loan.' }, 'What was decided; null before.').nullable(),
  decidedAt: instant('When it was decided; null before.').nullable(),
  explanation: object(EXPLANATION, 'What the applicant is told of the decision; null before.').nullable(),
  firstScore: object(APPEALED_SCORE, 'The score that was refused; null where there was none, and for readers without the right.').nullable(),
  newScore: object(APPEALED_SCORE, 'The score of the corrected data; null before it has come, and for readers without the right.').nullable(),
});
export type AppealAnswer = AnswerOf<typeof APPEAL>;

export const REQUEST_APPEAL_BODY = describeAnswer('RequestAppeal', 'callers', 'Body of an appeal.', {
  groundCode: code('Why: `DATA_WRONG`, `DATA_OUTDATED` or `PERSON_WANTED`; words go into a document.', 'DATA_WRONG'),
  corrections: object(CORRECTIONS, 'What is corrected of what was declared.').optional(),
  evidenceIds: id('Documents of the application, the words of the applicant among them.').list(50).optional(),
});

const OWNER = 'loan-application';
const ONE = '/v1/loan-applications/:applicationId';
const AT_OWNER = '/loan-applications/:applicationId';

export const SHOW_APPEAL = describeRoute({
  name: 'appeal_show',
  method: 'GET',
  path: `${ONE}/appeal`,
  owner: { service: OWNER, path: `${AT_OWNER}/appeal` },
  tag: 'Applications',
  summary: 'The appeal of an application, and the explanation of what was decided',
  answers: { 200: { meaning: 'The appeal.', body: APPEAL } },
});

export const REQUEST_APPEAL = describeRoute({
  name: 'appeal_request',
  method: 'PUT',
  path: `${ONE}/appeals/:appealId`,
  owner: { service: OWNER, path: `${AT_OWNER}/appeals/:appealId` },
  tag: 'Applications',
  summary: 'Have a person look at a refusal by the engine again',
  description: 'The corrected data is checked and scored once more, which decides nothing by itself.',
  body: REQUEST_APPEAL_BODY,
  answers: { 200: { meaning: 'The appeal.', body: APPEAL } },
  problems: {
    409: {
      APPEAL_USED: 'The refusal was appealed already.',
      APPEAL_NOT_POSSIBLE: 'A person has refused, or the release of the application knows no appeal.',
      APPEAL_TOO_LATE: 'The time to appeal is over.',
      APPLICATION_NOT_POSSIBLE: 'The firm has applied again since.',
    },
    400: { REASON_UNKNOWN: 'The ground is none of those of an appeal.' },
    422: { EVIDENCE_UNKNOWN: 'Evidence is named that the application does not have.' },
  },
});
