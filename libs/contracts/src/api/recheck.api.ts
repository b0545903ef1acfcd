import { FACILITY_STATUSES, TASK_STATUSES } from '../statuses.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { APPLICATION, CANCEL_BODY } from './application.api.js';
import { choice, code, id, instant, object, text, whole } from './fields.js';
import { RECHECK_LINE } from './recheck-line.api.js';
import { describeRoute } from './route.js';

export const RECHECK_RECORD = describeAnswer('RecheckRecord', 'right:payout', 'One look at what the loan was decided by, before its money left (R-DB-01).', {
  trigger: text(60, 'What came of it, by the trigger of the drawdown’s process.', 'RecheckHeld'),
  statusTo: text(40, 'Status of the drawdown after it.', 'HELD'),
  at: instant('When it was looked at.'),
  policyVersion: text(64, 'Release of the policy whose limits it was held to.', 'online_microloan.v13'),
  checks: object(RECHECK_LINE, 'What was looked at.').list(60),
});
export type RecheckRecordAnswer = AnswerOf<typeof RECHECK_RECORD>;

export const RECHECK_LIST = describeAnswer('RecheckList', 'right:payout', 'Every look before the payment of a loan.', {
  items: object(RECHECK_RECORD, 'Oldest first.').list(100),
  unchecked: choice(
    {
      ordered_before: 'The payment was ordered by an earlier version, which did not look again.',
      renewal: 'No money leaves: the loan settles the one that it renews.',
    },
    'Why nothing was looked at; null where something was.',
  ).nullable(),
});
export type RecheckListAnswer = AnswerOf<typeof RECHECK_LIST>;

export const LIST_RECHECKS = describeRoute({
  name: 'recheck_list',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/drawdown/rechecks',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/drawdown/rechecks' },
  tag: 'Staff',
  summary: 'What was looked at again before the money left',
  answers: { 200: { meaning: 'The looks.', body: RECHECK_LIST } },
});

export const AUTHORISATION = describeAnswer('Authorisation', 'right:payout', 'What payment officers have said of a payment (R-DB-02).', {
  taskId: id('Id of the question.'),
  status: choice(TASK_STATUSES, 'How it stands.'),
  decision: text(20, 'What enough of them have said: `authorise` or `refuse`; null before.', 'authorise').nullable(),
  votes: whole(0, 20, 'How many have said something that counts.', 1),
  votesNeeded: whole(2, 2, 'How many have to say the same.', 2),
  dueAt: instant('Until when; after it the contract is void.'),
});
export type AuthorisationAnswer = AnswerOf<typeof AUTHORISATION>;

export const AUTHORISE_BODY = describeAnswer('AuthorisePayment', 'callers', 'Body of what a payment officer says of a payment.', {
  decision: choice({ authorise: 'The payment may be made.', refuse: 'The money is not paid.' }, 'What is said.'),
  reasonCode: code('Why: `PAYMENT_IN_ORDER` to authorise, `PAYMENT_NOT_IN_ORDER` to refuse.', 'PAYMENT_IN_ORDER'),
  comment: text(2_000, 'What whoever reads it later has to know.', 'Amount and payee compared.').optional(),
});

export const AUTHORISE_PAYMENT = describeRoute({
  name: 'drawdown_authorise',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId/drawdown/authorisations/:authorisationId',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/drawdown/authorisations/:authorisationId' },
  tag: 'Staff',
  summary: 'Authorise a large payment, or refuse it; two persons have to say the same',
  body: AUTHORISE_BODY,
  answers: { 200: { meaning: 'What was said until now.', body: AUTHORISATION } },
  problems: {
    403: { SOD_VIOLATION: 'The person made or decided about the application.' },
    409: { WRONG_STATUS: 'The payment does not wait for people.', AUTHORISATION_REFUSED: 'It is not taken, e.g. as a second person has to confirm it.' },
  },
});

export const GIVE_UP_DRAWDOWN = describeRoute({
  name: 'drawdown_cancel',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId/drawdown/cancellations/:cancellationId',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/drawdown/cancellations/:cancellationId' },
  tag: 'Offer and contract',
  summary: 'Give the money of a signed contract up before its payment is ordered',
  body: CANCEL_BODY,
  answers: { 200: { meaning: 'The application as it stands now.', body: APPLICATION } },
  problems: { 409: { WRONG_STATUS: 'The payment is ordered already, or all is over.' } },
});

const ACTIONS = { freeze: 'Nothing more is paid to the firm.', unfreeze: 'The firm may be paid again.' } as const;

export const FACILITY_CHANGE = describeAnswer('FacilityChange', 'right:payout', 'A change of whether a firm may be paid.', {
  facilityChangeId: id('Id of the change.'),
  applicationId: id('Application at which it was changed.'),
  action: choice(ACTIONS, 'What was changed.'),
  reasonCode: code('Why.', 'WARNING_SEEN'),
  comment: text(2_000, 'Comment of who has changed it; null where there is none.', 'The tax declarations have stopped.').nullable(),
  changedBy: text(64, 'Who has changed it: a login, or the service.', 'olga'),
  changedAt: instant('When.'),
});

export const FACILITY = describeAnswer('Facility', 'right:payout', 'Whether the firm of an application may be paid (R-DB-01).', {
  uscc: text(18, 'Unified social credit code of the firm.', '91990100MA0TE00010'),
  status: choice(FACILITY_STATUSES, 'How it stands.'),
  changes: object(FACILITY_CHANGE, 'Oldest first.').list(1_000),
});
export type FacilityAnswer = AnswerOf<typeof FACILITY>;

export const CHANGE_FACILITY_BODY = describeAnswer('ChangeFacility', 'callers', 'Body of a change of a firm’s facilities.', {
  action: choice(ACTIONS, 'What is to be changed.'),
  reasonCode: code('Why: `WARNING_SEEN`, `FUNDS_MISUSED` to freeze; `WARNING_FALSE`, `WARNING_CAUSE_MENDED` to unfreeze.', 'WARNING_SEEN'),
  comment: text(2_000, 'What whoever reads it later has to know.', 'The tax declarations have stopped.').optional(),
});

export const SHOW_FACILITY = describeRoute({
  name: 'facility_show',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/facility',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/facility' },
  tag: 'Staff',
  summary: 'Whether the firm may be paid, and who has said so',
  answers: { 200: { meaning: 'The facility.', body: FACILITY } },
});

export const CHANGE_FACILITY = describeRoute({
  name: 'facility_change',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId/facility-changes/:facilityChangeId',
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/facility-changes/:facilityChangeId' },
  tag: 'Staff',
  summary: 'Freeze the facilities of a firm, or let it be paid again',
  body: CHANGE_FACILITY_BODY,
  answers: { 200: { meaning: 'The facility as it is now.', body: FACILITY } },
  problems: {
    400: { REASON_UNKNOWN: 'There is no such reason for this change.' },
    409: { FACILITY_FROZEN_ALREADY: 'It is frozen already.', FACILITY_NOT_FROZEN: 'It is not frozen.' },
  },
});
