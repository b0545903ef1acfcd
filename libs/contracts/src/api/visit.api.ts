import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, day, form, id, instant, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

const ANSWERS = { yes: 'It holds.', no: 'It does not hold.', not_applicable: 'There is nothing to see of it.' } as const;
const INVESTIGATOR = text(64, 'Who visits the firm, by the id of the login; may not decide on the loan.', 'demo-risk-officer');
const CHECKLIST_VERSION = form(/^[a-z][a-z0-9.-]{1,59}$/, 'the name of a checklist', 'Checklist that is answered, by its version.', 'field-visit.v1');
const SCORE = whole(0, 100, 'Weighted share of the items that hold; null where none was applicable.', 94, 'points').nullable();

export const VISIT_ITEM = describeAnswer('VisitItem', 'right:reviewTask', 'One item of the checklist with its answer.', {
  item: code('The item.', 'PREMISES_FOUND'),
  answer: choice(ANSWERS, 'What was found.'),
});

export const VISIT_QUESTION = describeAnswer('VisitQuestion', 'right:reviewTask', 'One item of the checklist.', {
  item: code('The item.', 'PREMISES_FOUND'),
  question: text(300, 'What is looked at.', 'The premises are where the registry has them.'),
});

const REPORT = {
  visitedOn: day('When the firm was visited.', '2028-05-09'),
  score: SCORE,
  answers: object(VISIT_ITEM, 'Each item once.').list(50),
  evidenceIds: id('Photos and documents of the visit.').list(50),
} as const;

export const TASK_VISIT = describeAnswer('TaskVisit', 'right:reviewTask', 'A visit, beside the figures of who decides.', {
  visitId: id('Id of the visit.'),
  investigator: INVESTIGATOR,
  checklistVersion: CHECKLIST_VERSION,
  ...REPORT,
});
export type TaskVisitAnswer = AnswerOf<typeof TASK_VISIT>;

export const VISIT_REPORT = describeAnswer('VisitReport', 'right:reviewTask', 'What the investigator has found.', {
  ...REPORT,
  reportedAt: instant('When it was reported.'),
  notes: text(2_000, 'In the words of the investigator.', 'The workshop runs two shifts.').nullable(),
});

export const VISIT = describeAnswer('Visit', 'right:reviewTask', 'A visit to the firm (R-UW-06).', {
  visitId: id('Id of the visit.'),
  reviewTaskId: id('Task that asks for it.'),
  investigator: INVESTIGATOR,
  plannedOn: day('When it is planned.', '2028-05-09'),
  plannedBy: text(64, 'Who has planned it.', 'demo-approver'),
  plannedAt: instant('When that was.'),
  checklistVersion: CHECKLIST_VERSION,
  checklist: object(VISIT_QUESTION, 'What is looked at.').list(50),
  report: object(VISIT_REPORT, 'What was found; null before.').nullable(),
});
export type VisitAnswerView = AnswerOf<typeof VISIT>;

export const VISIT_LIST = describeAnswer('VisitList', 'right:reviewTask', 'Visits to the firm of an application.', {
  items: object(VISIT, 'The first planned one first; the last one counts.').list(100),
});
export type VisitListAnswer = AnswerOf<typeof VISIT_LIST>;

export const PLAN_VISIT_BODY = describeAnswer('PlanVisit', 'callers', 'Who visits the firm, and when.', {
  investigator: INVESTIGATOR,
  plannedOn: day('Today or later.', '2028-05-09'),
});

export const VISIT_ITEM_BODY = describeAnswer('VisitItemBody', 'callers', 'One item of the checklist with its answer.', {
  item: code('The item.', 'PREMISES_FOUND'),
  answer: choice(ANSWERS, 'What was found.'),
});

export const REPORT_VISIT_BODY = describeAnswer('ReportVisit', 'callers', 'What was found at the firm.', {
  visitedOn: day('When the firm was visited.', '2028-05-09'),
  answers: object(VISIT_ITEM_BODY, 'Each item of the checklist once.').list(50),
  evidenceIds: id('Photos and documents of the visit.').list(50).optional(),
  notes: text(2_000, 'In own words, for whoever decides and for auditors; the applicant is not told.', 'The workshop runs two shifts.'),
});

const PATH = '/v1/loan-applications/:applicationId/visits';
const AT = '/loan-applications/:applicationId/visits';
const OWNER = 'loan-application';
const SAID = { 200: { meaning: 'The visits as they stand now.', body: VISIT_LIST } } as const;

export const LIST_VISITS = describeRoute({
  name: 'visit_list',
  method: 'GET',
  path: PATH,
  owner: { service: OWNER, path: AT },
  tag: 'Staff',
  summary: 'Visits to the firm, with checklist and report',
  answers: SAID,
});

export const PLAN_VISIT = describeRoute({
  name: 'visit_plan',
  method: 'PUT',
  path: `${PATH}/:visitId`,
  owner: { service: OWNER, path: `${AT}/:visitId` },
  tag: 'Staff',
  summary: 'Say who visits the firm, and when',
  description: 'While the application is in FIELD_INVESTIGATION. A later plan takes the place of an earlier one.',
  body: PLAN_VISIT_BODY,
  answers: SAID,
  problems: {
    400: { VISIT_DAY_WRONG: 'The day is over.' },
    403: { SOD_VIOLATION: 'Whoever made the application, looks after the firm or cleared its verification does not visit it.' },
  },
});

export const REPORT_VISIT = describeRoute({
  name: 'visit_report',
  method: 'PUT',
  path: `${PATH}/:visitId/reports/:reportId`,
  owner: { service: OWNER, path: `${AT}/:visitId/reports/:reportId` },
  tag: 'Staff',
  summary: 'Report a visit; one approver or the committee then decides',
  body: REPORT_VISIT_BODY,
  answers: SAID,
  problems: {
    400: { CHECKLIST_INCOMPLETE: 'An item is not answered, or answered twice.', VISIT_DAY_WRONG: 'The day is to come, or before the application.' },
    403: {
      NOT_THE_INVESTIGATOR: 'The visit was given to another person.',
      SOD_VIOLATION: 'The investigator has done something else about the application meanwhile.',
    },
    422: { EVIDENCE_UNKNOWN: 'Evidence is named that the application does not have.' },
    409: { VISIT_REPLACED: 'Another visit was planned in place of this one.' },
  },
});
