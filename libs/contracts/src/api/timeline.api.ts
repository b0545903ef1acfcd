import { describeAnswer, type AnswerOf } from './field.js';
import { code, flag, form, id, instant, object, text } from './fields.js';
import { ACTOR } from './reason.api.js';
import { describeRoute } from './route.js';

export const TIMELINE_REASON = describeAnswer('TimelineReason', 'callers', 'A reason of a step, as the applicant is told it.', {
  code: code('Stable code of the reason.', 'CASH_FLOW_WEAK'),
  sentence: text(300, 'What it means; null for a code of the caller’s own.', 'The cash flow does not carry the instalments.').nullable(),
});

export const TIMELINE_ENTRY = describeAnswer('TimelineEntry', 'callers', 'One step of an application or its loan.', {
  eventId: id('Id of the event that told it.'),
  type: form(
    /^dev\.millrace\.lending\.[a-z-]+\.[a-z-]+$/,
    'an event type without its version',
    'Type of that event, without its version.',
    'dev.millrace.lending.loan-application.submitted',
  ),
  title: text(300, 'What happened, in one sentence.', 'The firm applied for 300,000.00 yuan over 12 months.'),
  occurredAt: instant('When it happened.'),
  actor: object(ACTOR, 'Who did it. Partners are told that it was staff, not who.'),
  reasons: object(TIMELINE_REASON, 'Why.').list(30),
  applicationId: id('Id of the application.'),
  loanId: id('Id of the loan; null before there is one.').nullable(),
});
export type TimelineEntryAnswer = AnswerOf<typeof TIMELINE_ENTRY>;

export const TIMELINE = describeAnswer('Timeline', 'callers', 'Every step of an application and its loan.', {
  items: object(TIMELINE_ENTRY, 'Oldest first.').list(1_000),
  complete: flag('False where there are older steps than these.'),
});
export type TimelineAnswer = AnswerOf<typeof TIMELINE>;

export const SHOW_APPLICATION_TIMELINE = describeRoute({
  name: 'timeline_ofApplication',
  method: 'GET',
  path: '/v1/loan-applications/:applicationId/timeline',
  tag: 'Timeline',
  summary: 'Every step of an application and its loan',
  description: 'With time, actor and reason; a step shows up a moment after it happened.',
  answers: { 200: { meaning: 'The steps.', body: TIMELINE } },
});

export const SHOW_LOAN_TIMELINE = describeRoute({
  name: 'timeline_ofLoan',
  method: 'GET',
  path: '/v1/loans/:loanId/timeline',
  tag: 'Timeline',
  summary: 'Every step of a loan',
  answers: { 200: { meaning: 'The steps.', body: TIMELINE } },
});
