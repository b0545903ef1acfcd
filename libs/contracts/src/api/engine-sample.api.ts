import { describeAnswer, type AnswerOf } from './field.js';
import { choice, code, day, form, id, instant, object, text, whole } from './fields.js';
import { describeRoute } from './route.js';

const OUTCOMES = { confirmed: 'The approval is right.', 'would-refuse': 'A person would not have approved it.' } as const;
const many = (meaning: string, example: number) => whole(0, 1_000_000_000, meaning, example);
const queryDay = (meaning: string) => form(/^\d{4}-\d{2}-\d{2}$/, 'a day as YYYY-MM-DD', meaning, '2028-05-01');

export const SAMPLE_FINDING = describeAnswer('SampleFinding', 'right:reviewTask', 'What a person found afterwards of an approval of the engine.', {
  applicationId: id('The application.'),
  taskId: id('Task that has asked.'),
  outcome: choice(OUTCOMES, 'What was found.'),
  reasonCode: code('Why.', 'SAMPLE_CONFIRMED'),
  decidedAt: instant('When.'),
});
export type SampleFindingAnswer = AnswerOf<typeof SAMPLE_FINDING>;

export const SAMPLE_REASON = describeAnswer('SampleReason', 'right:portfolioReport', 'How often one reason was given.', {
  reasonCode: code('The reason.', 'SAMPLE_CASH_FLOW'),
  count: many('How often.', 1),
});

export const ENGINE_SAMPLE_FIGURES = describeAnswer(
  'EngineSample',
  'right:portfolioReport',
  'What came of looking at approvals of the engine (R-UW-07, R-OP-03).',
  {
    from: day('First day.', '2028-05-01'),
    to: day('Last day.', '2028-05-31'),
    approvedByEngine: many('Approvals of the engine.', 400),
    sampled: many('Of them in the sample.', 20),
    lookedAt: many('Of those looked at.', 18),
    confirmed: many('Found right.', 17),
    wouldRefuse: many('A person would have refused.', 1),
    reasons: object(SAMPLE_REASON, 'Why a person would have refused.').list(50),
  },
);
export type EngineSampleAnswer = AnswerOf<typeof ENGINE_SAMPLE_FIGURES>;

export const SAMPLE_FINDING_BODY = describeAnswer('SampleFindingBody', 'callers', 'What is found of an approval of the engine.', {
  outcome: choice(OUTCOMES, 'What is found.'),
  reasonCode: code('SAMPLE_CONFIRMED, or one of SAMPLE_CASH_FLOW, SAMPLE_FINDING_MISSED, SAMPLE_DATA_WRONG, SAMPLE_OTHER.', 'SAMPLE_CONFIRMED'),
  comment: text(2_000, 'For colleagues and auditors.', 'Fine.').optional(),
});

const OWNER = 'loan-application';

export const TELL_SAMPLE_FINDING = describeRoute({
  name: 'engineSample_find',
  method: 'PUT',
  path: '/v1/loan-applications/:applicationId/sample-findings/:findingId',
  owner: { service: OWNER, path: '/loan-applications/:applicationId/sample-findings/:findingId' },
  tag: 'Staff',
  summary: 'Say afterwards whether an approval of the engine is right',
  description: 'Of applications in the sample, whose tasks of the kind engine-sample are in the queue. What was offered stands.',
  body: SAMPLE_FINDING_BODY,
  answers: { 200: { meaning: 'What is kept of it.', body: SAMPLE_FINDING } },
  problems: {
    400: { REASON_UNKNOWN: 'The reason is none that stands for this outcome.' },
    403: { SOD_VIOLATION: 'Whoever made the application or looks after the firm does not look at it afterwards.' },
    409: { ALREADY_DECIDED: 'Somebody has looked at it.' },
  },
});

export const SHOW_ENGINE_SAMPLE = describeRoute({
  name: 'report_engineSample',
  method: 'GET',
  path: '/v1/reports/engine-sample',
  owner: { service: OWNER, path: '/reports/engine-sample' },
  tag: 'Staff',
  summary: 'What came of looking at approvals of the engine in a period',
  query: { from: queryDay('First day of the period, in Shanghai.'), to: queryDay('Last day of the period.') },
  answers: { 200: { meaning: 'The figures.', body: ENGINE_SAMPLE_FIGURES } },
});
