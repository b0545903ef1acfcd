import { describeAnswer, type AnswerOf } from './field.js';
import { choice, day, flag, id, instant, money, object, whole } from './fields.js';
import { describeRoute } from './route.js';

/** Where a report to the credit bureau stands. */
export const CREDIT_REPORT_STATES = {
  planned: 'The bureau has not been told yet.',
  sent: 'The bureau may have it, and has not said yet what became of it.',
  unknown: 'The bureau was told and gives no final answer; it is asked again.',
  done: 'The bureau has taken it in.',
  refused: 'The bureau does not take it in.',
} as const;

export const CREDIT_REPORT = describeAnswer('CreditReport', 'right:loanChanges', 'What was reported of a loan to the credit bureau for a month.', {
  reportId: id('Id of the report, and the bureau’s key of it.'),
  loanId: id('Id of the loan.'),
  asOf: day('Last day of the month that it is of.', '2026-06-30'),
  daysPastDue: whole(0, 100_000, 'Calendar days past due on that day.', 28, 'days'),
  outstandingPrincipalMinor: money('Principal that was owed.'),
  overdueMinor: money('What was due and unpaid.', '2585050'),
  negative: flag('It tells of arrears or a loss, and was reported after its notice (G-CB-03).'),
  keepUntil: day('Last day on which the negative data of it may be kept (G-CB-06); null where it has none.', '2031-06-30').nullable(),
  state: choice(CREDIT_REPORT_STATES, 'Where it stands.'),
  recordedAt: instant('When it was made.'),
});
export type CreditReportAnswer = AnswerOf<typeof CREDIT_REPORT>;

export const CREDIT_REPORT_LIST = describeAnswer('CreditReportList', 'right:loanChanges', 'Reports of a loan to the credit bureau.', {
  items: object(CREDIT_REPORT, 'Newest first, and no more than 500.').list(500),
});

export const LIST_CREDIT_REPORTS = describeRoute({
  name: 'loan_creditReports',
  method: 'GET',
  path: '/v1/loans/:loanId/credit-reports',
  owner: { service: 'post-loan-monitoring', path: '/loans/:loanId/credit-reports' },
  tag: 'Staff',
  summary: 'What was reported of a loan to the credit bureau',
  answers: { 200: { meaning: 'The reports.', body: CREDIT_REPORT_LIST } },
});
