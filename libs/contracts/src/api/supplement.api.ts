import { ASKED_FIELDS, CORRECTED_FIELDS, type AskedField, type CorrectedField } from '../supplement.events.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, flag, form, id, instant, money, object, text, whole } from './fields.js';
import { REASON } from './reason.api.js';
import { describeRoute } from './route.js';
import { REVIEW_TASK } from './review-task.api.js';

export const CORRECTED_MEANINGS = {
  declaredRevenueMinor: 'Revenue of 12 months, as declared.',
  companyName: 'Name of the firm.',
  industryCode: 'Industry of the firm (GB/T 4754).',
} as const satisfies Readonly<Record<CorrectedField, string>>;

const ASKED_MEANINGS = {
  ...CORRECTED_MEANINGS,
  invoices: 'What the invoice platform has of the firm.',
  taxRecords: 'What the tax authority has of the firm.',
  documents: 'Documents, named as evidence.',
} as const satisfies Readonly<Record<AskedField, string>>;

export const CORRECTED_VALUE = describeAnswer('CorrectedValue', 'callers', 'A declared value before and after.', {
  field: choice(CORRECTED_MEANINGS, 'What was corrected.'),
  before: text(200, 'As it was declared before.', '595200000'),
  after: text(200, 'As it is declared now.', '480000000'),
});

export const ASKED_ITEM = describeAnswer('AskedItem', 'callers', 'One thing that the applicant is asked for.', {
  field: choice(ASKED_MEANINGS, 'What is to be mended.'),
  reason: object(REASON, 'Why, as the applicant is told it.'),
});

export const SUPPLEMENT = describeAnswer('Supplement', 'callers', 'One time that the applicant was asked, and its answer.', {
  round: whole(1, 20, 'Which time it is.', 1),
  askedBy: choice({ engine: 'The checks, by themselves.', person: 'A person.' }, 'Who asked.'),
  items: object(ASKED_ITEM, 'What is asked for.').list(20),
  askedAt: instant('When it was asked.'),
  dueAt: instant('Until when it can be answered; the application then expires.', '2028-05-09T01:00:00.000Z'),
  supplementId: id('Id that the client made for the answer; null until it has come.').nullable(),
  evidenceIds: id('Documents that the answer names.').list(50),
  corrected: object(CORRECTED_VALUE, 'What the answer has corrected.').list(CORRECTED_FIELDS.length),
  answeredAt: instant('When it was answered; null before.').nullable(),
});

export const SUPPLEMENT_LIST = describeAnswer('SupplementList', 'callers', 'What the applicant was asked, round by round.', {
  items: object(SUPPLEMENT, 'Oldest first; empty where nothing was asked.').list(20),
});
export type SupplementListAnswer = AnswerOf<typeof SUPPLEMENT_LIST>;

export const CORRECTIONS = describeAnswer('Corrections', 'callers', 'Values that take the place of those that were declared.', {
  declaredRevenueMinor: money('Revenue of 12 months.', '480000000').optional(),
  companyName: text(200, 'Name of the firm.', '样例商贸有限公司').optional(),
  industryCode: form(/^[A-Z]?\d{0,4}$/, 'a GB/T 4754 code, such as C13 or 5173', 'Industry of the firm.', 'F51').optional(),
});

export const ANSWER_SUPPLEMENT_BODY = describeAnswer('AnswerSupplement', 'callers', 'Body of an answer; one of its parts at least.', {
  corrections: object(CORRECTIONS, 'What is corrected of what was declared.').optional(),
  evidenceIds: id('Documents of the application.').list(50).optional(),
  providedAtSource: flag('True where what a source lacked is there now, and it is to be asked again.').optional(),
});

export const ASKED_ITEM_BODY = describeAnswer('AskForItem', 'callers', 'One thing that is asked for.', {
  field: choice(ASKED_MEANINGS, 'What is to be mended.'),
  reasonCode: code('Why: a reason for asking an applicant.', 'DOCUMENT_NEEDED'),
});

export const REQUEST_SUPPLEMENT_BODY = describeAnswer('RequestSupplement', 'callers', 'Body of a question to the applicant.', {
  items: object(ASKED_ITEM_BODY, 'What is asked for, each with its reason.').list(ASKED_FIELDS.length),
});

export const FILED_CORRECTION = describeAnswer('FiledCorrection', 'callers', 'A correction of what was declared.', {
  correctionId: id('Id that the client made of the supplement, the appeal or the correction.'),
  occasion: choice(
    { supplement: 'An answer to a question.', appeal: 'An appeal.', on_file: 'On the file of an application that has ended.' },
    'What brought it.',
  ),
  corrected: object(CORRECTED_VALUE, 'What was corrected.').list(CORRECTED_FIELDS.length),
  correctedAt: instant('When it was corrected.'),
});

export const CORRECTION_LIST = describeAnswer('CorrectionList', 'callers', 'Corrections of an application.', {
  items: object(FILED_CORRECTION, 'Oldest first.').list(100),
});
export type CorrectionListAnswer = AnswerOf<typeof CORRECTION_LIST>;

export const CORRECT_ON_FILE_BODY = describeAnswer('CorrectOnFile', 'callers', 'Body of a correction on file.', {
  corrections: object(CORRECTIONS, 'What is corrected of what was declared.'),
});

const OWNER = 'loan-application';
const ONE = '/v1/loan-applications/:applicationId/supplements';
const AT_OWNER = '/loan-applications/:applicationId/supplements';

export const LIST_SUPPLEMENTS = describeRoute({
  name: 'supplement_list',
  method: 'GET',
  path: ONE,
  owner: { service: OWNER, path: AT_OWNER },
  tag: 'Applications',
  summary: 'What the applicant was asked to correct or add, and what it has answered',
  answers: { 200: { meaning: 'The rounds.', body: SUPPLEMENT_LIST } },
});

export const ANSWER_SUPPLEMENT = describeRoute({
  name: 'supplement_answer',
  method: 'PUT',
  path: `${ONE}/:supplementId`,
  owner: { service: OWNER, path: `${AT_OWNER}/:supplementId` },
  tag: 'Applications',
  summary: 'Correct what was declared, or add what was asked for',
  description: 'The checks run again with what is answered.',
  body: ANSWER_SUPPLEMENT_BODY,
  answers: { 200: { meaning: 'The rounds.', body: SUPPLEMENT_LIST } },
  problems: {
    422: {
      SUPPLEMENT_EMPTY: 'The answer changes and adds nothing.',
      CORRECTION_NOT_ASKED: 'Something is corrected that was not asked for.',
      EVIDENCE_UNKNOWN: 'Evidence is named that the application does not have.',
    },
  },
});

export const REQUEST_SUPPLEMENT = describeRoute({
  name: 'reviewTask_requestSupplement',
  method: 'PUT',
  path: '/v1/review-tasks/:reviewTaskId/supplement-requests/:supplementRequestId',
  owner: { service: OWNER, path: '/review-tasks/:reviewTaskId/supplement-requests/:supplementRequestId' },
  tag: 'Staff',
  summary: 'Send the application back to the applicant, naming field and reason',
  description: 'Verification: risk officer. Approval: credit approver. The task ends with it; the checks run again with the answer.',
  body: REQUEST_SUPPLEMENT_BODY,
  answers: { 200: { meaning: 'The task as it stands now.', body: REVIEW_TASK } },
  problems: {
    409: {
      SUPPLEMENT_ROUNDS_USED: 'The applicant was asked as often as it may be.',
      CLAIMED_BY_OTHER: 'A colleague has taken the task.',
    },
    400: { REASON_UNKNOWN: 'A reason is none of those for asking an applicant.' },
    403: { SOD_VIOLATION: 'Whoever made the application, looks after the firm or decided another stage of it may not ask.' },
  },
});

const CORRECTIONS_OF = '/v1/loan-applications/:applicationId/corrections';
const CORRECTIONS_AT_OWNER = '/loan-applications/:applicationId/corrections';

export const LIST_CORRECTIONS = describeRoute({
  name: 'correction_list',
  method: 'GET',
  path: CORRECTIONS_OF,
  owner: { service: OWNER, path: CORRECTIONS_AT_OWNER },
  tag: 'Applications',
  summary: 'Corrections of what the applicant has declared, with what it was before',
  answers: { 200: { meaning: 'The corrections.', body: CORRECTION_LIST } },
});

export const CORRECT_ON_FILE = describeRoute({
  name: 'correction_file',
  method: 'PUT',
  path: `${CORRECTIONS_OF}/:correctionId`,
  owner: { service: OWNER, path: `${CORRECTIONS_AT_OWNER}/:correctionId` },
  tag: 'Applications',
  summary: 'Correct what was declared, on the file of an application that has ended without a loan',
  description: 'The decision stays as it is; to have it looked at again, appeal.',
  body: CORRECT_ON_FILE_BODY,
  answers: { 200: { meaning: 'The corrections.', body: CORRECTION_LIST } },
  problems: { 422: { CORRECTION_EMPTY: 'The correction changes nothing.' } },
});
