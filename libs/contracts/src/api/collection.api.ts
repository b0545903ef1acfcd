import type { CollectionStage } from '../facts.js';
import type { ContactBlock, ContactChannel, ContactMaker, ContactParty } from '../collection.events.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, form, id, instant, money, object, whole } from './fields.js';
import { LIST_PAGE, LIST_QUERY } from './list.api.js';
import { LOAN_PAGE, NEXT_CURSOR } from './loan-page.api.js';
import { describeRoute } from './route.js';

const MONITORING = 'post-loan-monitoring';

export const COLLECTION_STAGE_MEANINGS = {
  C1: 'By message.',
  C2: 'By call.',
  C3: 'By call and visit.',
  C4: 'By letters to debtor and guarantor.',
  C5: 'By law.',
  C6: 'After the write-off: the claim is kept, and so is the pursuit.',
} as const satisfies Record<CollectionStage, string>;

/** How a contact has gone. */
export const CONTACT_OUTCOMES = {
  reached: 'The party was spoken to.',
  not_reached: 'Nobody answered.',
  promised: 'The party says that it will pay.',
  refused: 'The party says that it will not pay.',
  disputed: 'The party says that it does not owe it.',
  wrong_person: 'Somebody else answered, and was told nothing.',
} as const;
export type ContactOutcome = keyof typeof CONTACT_OUTCOMES;

const CHANNEL_MEANINGS = {
  message: 'A message.',
  call: 'A call.',
  visit: 'A visit.',
  letter: 'A letter; neither hours nor number bind it.',
} as const satisfies Record<ContactChannel, string>;
const PARTY_MEANINGS = { debtor: 'The borrower.', guarantor: 'A guarantor of the loan.' } as const satisfies Record<ContactParty, string>;
const MAKER_MEANINGS = { lender: 'The lender itself.', agency: 'The agency that the case is handed over to.' } as const satisfies Record<ContactMaker, string>;
const BLOCK_MEANINGS = {
  OUTSIDE_HOURS: 'It is night (M-CO-02).',
  DAILY_LIMIT: 'The party was spoken to as often as a day allows, on this or another loan (M-CO-03).',
  PARTY_UNKNOWN: 'The loan has no such guarantor (M-CO-04).',
} as const satisfies Record<ContactBlock, string>;

const login = (meaning: string) => form(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'the id of a login', meaning, 'cora');
const agency = (meaning: string) => form(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'the lender’s short name of an agency', meaning, 'agency-1');

export const COLLECTION_CASE = describeAnswer(
  'CollectionCase',
  'callers',
  'Arrears of a loan, from the day on which it became late to the day on which they are gone.',
  {
    caseId: id('Id of the case.'),
    loanId: id('Id of the loan.'),
    applicationId: id('Application that it came of.'),
    state: choice({ open: 'There are arrears.', closed: 'They are gone.' }, 'How it stands.'),
    stage: choice(
      COLLECTION_STAGE_MEANINGS,
      'How the arrears are pursued, as the last close of a day or the last money has left it; null for a case that is closed.',
    ).nullable(),
    stageOn: day('Since when; null for a case that is closed.').nullable(),
    dpd: whole(0, 100_000, 'Calendar days past due today.', 17, 'days'),
    dueMinor: money('Unpaid and due by today, with what lateness costs.', '2585050'),
    outstandingPrincipalMinor: money('Principal of the loan that is not paid back yet.'),
    openedOn: day('Day on which the loan became late.', '2026-04-03'),
    closedOn: day('Day on which the arrears were gone; null while there are any.').nullable(),
    collector: login('Login that works on it; null where nobody does.').nullable(),
    agency: agency('Agency that it is handed over to; null where it is with the lender.').nullable(),
    updatedAt: instant('Last change of the case itself.'),
  },
);
export type CollectionCaseAnswer = AnswerOf<typeof COLLECTION_CASE>;

export const COLLECTION_CASE_LIST = describeAnswer('CollectionCaseList', 'callers', 'A page of cases.', {
  items: object(COLLECTION_CASE, 'Newest first.').list(200),
  ...LIST_PAGE,
});

export const ASSIGN_CASE_BODY = describeAnswer('AssignCase', 'callers', 'Who is to work on the case.', {
  collector: login('Login of the collector; without it nobody has the case.').optional(),
});
export const HAND_OVER_CASE_BODY = describeAnswer('HandOverCase', 'callers', 'Which agency is to pursue the case.', {
  agency: agency('The agency; without it the case is the lender’s own again.').optional(),
});

export const CONTACT = describeAnswer('Contact', 'callers', 'A contact about arrears, or a try that was not allowed.', {
  contactId: id('Id of the contact.'),
  loanId: id('Id of the loan.'),
  caseId: id('Case that it belongs to.'),
  channel: choice(CHANNEL_MEANINGS, 'How.'),
  party: choice(PARTY_MEANINGS, 'With whom.'),
  guarantorId: id('Which guarantor; null for the debtor.').nullable(),
  madeBy: choice(MAKER_MEANINGS, 'By whom.'),
  block: choice(BLOCK_MEANINGS, 'Why it was not allowed; null where it was.').nullable(),
  triedAt: instant('When it was asked for.', '2026-04-20T02:00:00.000Z'),
  triedBy: login('Login that asked for it.'),
  outcome: choice(CONTACT_OUTCOMES, 'How it has gone, as it was told last; null while nobody has told.').nullable(),
});
export type ContactAnswer = AnswerOf<typeof CONTACT>;

export const CONTACT_LIST = describeAnswer('ContactList', 'callers', 'A page of contacts.', {
  items: object(CONTACT, 'In the order in which they were asked for.').list(500),
  nextCursor: NEXT_CURSOR,
});

export const MAKE_CONTACT_BODY = describeAnswer('MakeContact', 'callers', 'Who is to be spoken to, and how.', {
  channel: choice(CHANNEL_MEANINGS, 'How.'),
  party: choice(PARTY_MEANINGS, 'With whom.'),
  guarantorId: id('Which guarantor; needed for one, and left out for the debtor.').optional(),
  madeBy: choice(MAKER_MEANINGS, 'By whom; by the lender where it is left out.').optional(),
});

export const TELL_OUTCOME_BODY = describeAnswer('TellOutcome', 'callers', 'How a contact has gone.', {
  outcome: choice(CONTACT_OUTCOMES, 'How it has gone.'),
});

export const LIST_COLLECTION_CASES = describeRoute({
  name: 'collection_case_list',
  method: 'GET',
  path: '/v1/collection/cases',
  owner: { service: MONITORING, path: '/collection/cases' },
  tag: 'Staff',
  summary: 'The queue of the collectors: loans with arrears, newest first',
  description: '`from` and `to` mean the day on which the loan became late. Closed cases are left out unless `state` asks for them.',
  query: {
    ...LIST_QUERY,
    state: choice({ open: 'Those with arrears.', closed: 'Those whose arrears are gone.' }, 'Cases that stand so; open ones where it is left out.').optional(),
    stage: choice(COLLECTION_STAGE_MEANINGS, 'Cases that are pursued so.').optional(),
    collector: login('Cases of this login.').optional(),
    unassigned: choice({ true: 'Those that nobody has.' }, 'Only cases that nobody has.').optional(),
    minOutstandingMinor: money('Cases of loans that owe at least so much principal.', '10000000').optional(),
  },
  answers: { 200: { meaning: 'A page of cases.', body: COLLECTION_CASE_LIST } },
});

export const SHOW_COLLECTION_CASE = describeRoute({
  name: 'collection_case_show',
  method: 'GET',
  path: '/v1/collection/cases/:caseId',
  owner: { service: MONITORING, path: '/collection/cases/:caseId' },
  tag: 'Staff',
  summary: 'A case as of today',
  answers: { 200: { meaning: 'The case.', body: COLLECTION_CASE } },
});

const CASE_PROBLEMS = {
  409: {
    CASE_CLOSED: 'The arrears are gone, and so is the case.',
    CLAIMED_BY_OTHER: 'A colleague works on the case; only that colleague and a risk officer give it to somebody else.',
  },
} as const;

export const ASSIGN_CASE = describeRoute({
  name: 'collection_case_assign',
  method: 'PUT',
  path: '/v1/collection/cases/:caseId/assignments/:assignmentId',
  owner: { service: MONITORING, path: '/collection/cases/:caseId/assignments/:assignmentId' },
  tag: 'Staff',
  summary: 'Take a case, hand it on to a colleague, or give it back',
  body: ASSIGN_CASE_BODY,
  answers: { 200: { meaning: 'The case as it stands now.', body: COLLECTION_CASE } },
  problems: CASE_PROBLEMS,
});

export const HAND_OVER_CASE = describeRoute({
  name: 'collection_case_hand_over',
  method: 'PUT',
  path: '/v1/collection/cases/:caseId/handovers/:handoverId',
  owner: { service: MONITORING, path: '/collection/cases/:caseId/handovers/:handoverId' },
  tag: 'Staff',
  summary: 'Hand a case over to an agency, or take it back',
  description: 'It is a flag: the agency’s own contacts are asked for here, too, and count as the lender’s do.',
  body: HAND_OVER_CASE_BODY,
  answers: { 200: { meaning: 'The case as it stands now.', body: COLLECTION_CASE } },
  problems: CASE_PROBLEMS,
});

export const LIST_CONTACTS = describeRoute({
  name: 'loan_contacts',
  method: 'GET',
  path: '/v1/loans/:loanId/contacts',
  owner: { service: MONITORING, path: '/loans/:loanId/contacts' },
  tag: 'Staff',
  summary: 'Contacts about the arrears of a loan, and tries that were not allowed',
  query: LOAN_PAGE,
  answers: { 200: { meaning: 'A page of contacts.', body: CONTACT_LIST } },
});

export const MAKE_CONTACT = describeRoute({
  name: 'loan_contact',
  method: 'PUT',
  path: '/v1/loans/:loanId/contacts/:contactId',
  owner: { service: MONITORING, path: '/loans/:loanId/contacts/:contactId' },
  tag: 'Staff',
  summary: 'Ask whether somebody may be spoken to about arrears, before it is done',
  description:
    'A contact that is allowed counts at once. One that is not is written down too, and its id answers so for good: a later try has an id of its own.',
  body: MAKE_CONTACT_BODY,
  answers: {
    200: { meaning: 'The contact is known already; as it stands now.', body: CONTACT },
    201: { meaning: 'The contact is allowed.', body: CONTACT },
  },
  problems: {
    409: {
      NO_ARREARS: 'The loan has no arrears, so that there is nothing to speak about.',
      NOT_WITH_AGENCY: 'The case is not handed over to an agency.',
      CLAIMED_BY_OTHER: 'A colleague works on the case.',
      CONTACT_OUTSIDE_HOURS: 'It is night; nobody may be spoken to.',
      CONTACT_DAILY_LIMIT: 'The party was spoken to as often as a day allows.',
      CONTACT_PARTY_UNKNOWN: 'The loan has no such guarantor.',
    },
  },
});

export const TELL_OUTCOME = describeRoute({
  name: 'loan_contact_outcome',
  method: 'PUT',
  path: '/v1/loans/:loanId/contacts/:contactId/outcomes/:outcomeId',
  owner: { service: MONITORING, path: '/loans/:loanId/contacts/:contactId/outcomes/:outcomeId' },
  tag: 'Staff',
  summary: 'Tell how a contact has gone',
  description: 'Told again under another id it is a correction; the last one counts, and all are kept.',
  body: TELL_OUTCOME_BODY,
  answers: { 200: { meaning: 'The contact with its outcome.', body: CONTACT } },
  problems: { 409: { CONTACT_NOT_MADE: 'The contact was not allowed, so that it has no outcome.' } },
});

export const PROMISE = describeAnswer('PromiseToPay', 'callers', 'A promise to pay arrears, as the books have decided it.', {
  promiseId: id('Id of the promise.'),
  loanId: id('Id of the loan.'),
  caseId: id('Case that it belongs to.'),
  amountMinor: money('What is to be paid.', '2585050'),
  payBy: day('Last day on which it is in time.', '2026-04-25'),
  state: choice(
    {
      open: 'Its day has not ended, and the money has not come.',
      kept: 'The money has come, or the arrears are gone.',
      broken: 'Its day has ended without the money.',
    },
    'How it stands.',
  ),
  madeAt: instant('When it was made.', '2026-04-20T02:00:00.000Z'),
  madeBy: login('Login that has taken it.'),
  decidedOn: day('Business date on which it was kept or broken; null while it is open.').nullable(),
});
export type PromiseAnswer = AnswerOf<typeof PROMISE>;

export const PROMISE_LIST = describeAnswer('PromiseList', 'callers', 'Promises of a loan.', {
  items: object(PROMISE, 'Newest first, and no more than 500.').list(500),
});

export const MAKE_PROMISE_BODY = describeAnswer('MakePromise', 'callers', 'What is promised.', {
  amountMinor: form(/^[1-9]\d{0,17}$/, 'more than zero minor units (fen) as a string', 'What is to be paid, in fen.', '2585050'),
  payBy: day('Last day on which it is in time; today or later.', '2026-04-25'),
});

export const LIST_PROMISES = describeRoute({
  name: 'loan_promises',
  method: 'GET',
  path: '/v1/loans/:loanId/promises',
  owner: { service: MONITORING, path: '/loans/:loanId/promises' },
  tag: 'Staff',
  summary: 'Promises to pay the arrears of a loan',
  answers: { 200: { meaning: 'The promises.', body: PROMISE_LIST } },
});

export const MAKE_PROMISE = describeRoute({
  name: 'loan_promise',
  method: 'PUT',
  path: '/v1/loans/:loanId/promises/:promiseId',
  owner: { service: MONITORING, path: '/loans/:loanId/promises/:promiseId' },
  tag: 'Staff',
  summary: 'Write down that a party promises to pay',
  description: 'Money decides: it is kept as soon as so much has come, or the arrears are gone, and broken at the close of its day otherwise.',
  body: MAKE_PROMISE_BODY,
  answers: {
    200: { meaning: 'The promise is known already; as it stands now.', body: PROMISE },
    201: { meaning: 'The promise is new.', body: PROMISE },
  },
  problems: {
    409: {
      NO_ARREARS: 'The loan has no arrears, so that there is nothing to promise.',
      CLAIMED_BY_OTHER: 'A colleague works on the case.',
      PROMISE_OPEN: 'Another promise is open.',
    },
    422: { PROMISE_IN_PAST: 'The day is over.' },
  },
});
