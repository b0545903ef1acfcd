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

/** Why the bureau was told of a loan on a day (R-LG-03, M-CB-02). */
export const CREDIT_REPORT_OCCASIONS = {
  month_end: 'The month ended: each loan that is owed is reported.',
  arrears_began: 'The loan is late, and the notice of it was served early enough.',
  arrears_ended: 'What was late is paid.',
  written_off: 'The loan was written off.',
  settled: 'Nothing is owed any more.',
  transferred: 'The claim was sold: its buyer has it.',
  closed: 'The file of the loan is closed.',
  reopened: 'The loan is owed again, as the bank took money back.',
  correction: 'What was reported for that day was disputed, and was wrong.',
} as const;
export type CreditReportOccasion = keyof typeof CREDIT_REPORT_OCCASIONS;

export const CREDIT_REPORT = describeAnswer('CreditReport', 'right:loanChanges', 'What was reported of a loan to the credit bureau for a day.', {
  reportId: id('Id of the report, and the bureau’s key of it.'),
  loanId: id('Id of the loan.'),
  corrects: id('The report that it corrects; null where it corrects none.').nullable(),
  asOf: day('Day at whose end it holds.', '2026-06-30'),
  occasion: choice(CREDIT_REPORT_OCCASIONS, 'Why the bureau was told of the loan on that day.'),
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
