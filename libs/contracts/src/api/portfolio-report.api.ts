import { describeAnswer, type AnswerOf, type Fields } from './field.js';
import { choice, day, decimal, form, money, object, queryWhole, text, whole } from './fields.js';
import { BUCKET_MEANINGS } from './loan.api.js';
import { describeRoute, type Problems } from './route.js';

const MONITORING = 'post-loan-monitoring';
const LOANS_MAX = 1_000_000_000;
const SHARE_MAX_BPS = 1_000_000_000;
const ROWS_MAX = 2_000;

const month = (meaning: string) => form(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month as YYYY-MM', meaning, '2026-03');
const share = (meaning: string, example: number) => whole(0, SHARE_MAX_BPS, meaning, example, 'basis points');
const reportedDay = () => day('Business date at whose end the book stood so; what became known later is in the reports of later days.', '2026-08-31');

export const PORTFOLIO_ROW = describeAnswer('PortfolioRow', 'right:portfolioReport', 'Loans that have something in common, with what is set aside for them.', {
  dimension: choice(
    {
      all: 'The whole book.',
      class: 'Loans of one of the five classes.',
      bucket: 'Loans that are late by as many months.',
      product: 'Loans of one product.',
      industry: 'Loans of one section (A to T) of GB/T 4754.',
    },
    'What the loans of the row have in common.',
  ),
  value: text(64, 'Which class, bucket, product or industry; `unknown` for loans of before it was kept.', 'SUBSTANDARD'),
  loans: whole(0, LOANS_MAX, 'Loans that go on.', 120),
  balanceMinor: money('Principal that is owed.', '10000000000'),
  nonPerformingMinor: money('Principal of the substandard, doubtful and loss loans (G-CL-01).', '500000000'),
  nonPerformingBps: share('Non-performing loans against all (不良率); null where nothing is owed.', 500).nullable(),
  provisionMinor: money(
    'What is set aside: for the whole book and its classes as booked, for its other parts as the schedule asks of their principal (G-PV-01).',
    '375000000',
  ),
  coverageBps: share('Provisions against non-performing loans (拨备覆盖率); null where there are none.', 7_500).nullable(),
  loanProvisionBps: share('Provisions against all loans (拨贷比); null where nothing is owed.', 375).nullable(),
  breaches: choice(
    { coverage: 'Provisions against non-performing loans are below the floor.', loan_provision: 'Provisions against all loans are below the floor.' },
    'Floors of G-PV-02 that the whole book is below; the higher of the two amounts must be there.',
  ).list(2),
});
export type PortfolioRowAnswer = AnswerOf<typeof PORTFOLIO_ROW>;

export const PORTFOLIO = describeAnswer('Portfolio', 'right:portfolioReport', 'The book at the end of a day.', {
  day: reportedDay(),
  policyVersion: text(64, 'Release whose shares and floors are used; null where nothing was ever lent.', 'online_microloan.v1').nullable(),
  items: object(PORTFOLIO_ROW, 'The whole book, and its parts by class, bucket, product and industry.').list(ROWS_MAX),
});
export type PortfolioAnswer = AnswerOf<typeof PORTFOLIO>;

export const VINTAGE_ROW = describeAnswer('VintageRow', 'right:portfolioReport', 'What was lent in one month, as it stood at the end of a later month.', {
  bookingMonth: month('Month in which the loans were paid out.'),
  monthsOnBook: whole(0, 600, 'Months since.', 5, 'months'),
  day: day('Newest reported day of that later month.', '2026-08-31'),
  loans: whole(0, LOANS_MAX, 'Loans that were paid out.', 120),
  bookedMinor: money('What was lent.', '3600000000'),
  m1PlusMinor: money('Principal of the loans that are late by one day or more.', '90000000'),
  m1PlusBps: share('The same against what was lent.', 250),
  m4PlusMinor: money('Principal of the loans that are late by more than 90 days.', '18000000'),
  m4PlusBps: share('The same against what was lent.', 50),
});
export type VintageRowAnswer = AnswerOf<typeof VINTAGE_ROW>;

export const VINTAGE = describeAnswer('Vintage', 'right:portfolioReport', 'Loans by the month in which they were paid out, at the end of each month since.', {
  day: reportedDay(),
  items: object(VINTAGE_ROW, 'By month of the payout, and within it by age.').list(ROWS_MAX),
});
export type VintageAnswer = AnswerOf<typeof VINTAGE>;

const bucket = (meaning: string) => choice(BUCKET_MEANINGS, meaning);
const rate = (meaning: string, example: number) => decimal(meaning, example, 'basis points').nullable();

export const ROLL_RATE_ROW = describeAnswer('RollRateRow', 'right:portfolioReport', 'What of a bucket was in the next one a month later.', {
  dayBefore: day('Newest reported day of the month before.', '2026-07-31'),
  day: day('Newest reported day of the month.', '2026-08-31'),
  from: bucket('Bucket of the month before.'),
  to: bucket('The next bucket.'),
  fromMinor: money('Balance of the bucket in the month before; with that of M7+ where it is what can be in M7+.', '9000000000'),
  toMinor: money('Balance of the next bucket in this month.', '162000000'),
  rollBps: rate('Balance of the next bucket now ÷ balance of the bucket before; null where there was none.', 180),
  netFlowBps: rate('Product of the rates so far: what of the loans that are not late gets to this bucket; null where a rate of them is.', 28.75),
});
export type RollRateRowAnswer = AnswerOf<typeof ROLL_RATE_ROW>;

export const ROLL_RATES = describeAnswer('RollRates', 'right:portfolioReport', 'How balances go from bucket to bucket, from month to month.', {
  day: reportedDay(),
  items: object(ROLL_RATE_ROW, 'By month, and within it from M0 on.').list(ROWS_MAX),
});
export type RollRatesAnswer = AnswerOf<typeof ROLL_RATES>;

export const FIRST_PAYMENT_ROW = describeAnswer('FirstPaymentRow', 'right:portfolioReport', 'First payments of the loans of one month.', {
  bookingMonth: month('Month in which the loans were paid out.'),
  daysLate: whole(1, 365, 'Days after the first due date.', 7, 'days'),
  loans: whole(0, LOANS_MAX, 'Loans of that month on whose first due date so many days have passed.', 120),
  lateLoans: whole(0, LOANS_MAX, 'Those of them whose first payment had not come in full by then.', 3),
  lateLoansBps: share('The same as a share of the loans.', 250),
  bookedMinor: money('What was lent to the loans.', '3600000000'),
  lateBookedMinor: money('What was lent to those whose first payment had not come.', '90000000'),
  lateBookedBps: share('The same as a share.', 250),
});
export type FirstPaymentRowAnswer = AnswerOf<typeof FIRST_PAYMENT_ROW>;

export const FIRST_PAYMENTS = describeAnswer('FirstPayments', 'right:portfolioReport', 'First payments that did not come (FPD), by the month of the payout.', {
  day: reportedDay(),
  items: object(FIRST_PAYMENT_ROW, 'By month of the payout, and within it by days.').list(ROWS_MAX),
});
export type FirstPaymentAnswer = AnswerOf<typeof FIRST_PAYMENTS>;

const DATE = day('A day that is closed; the newest where it is not given.', '2026-08-31').optional();
const FORMAT = choice(
  { json: 'The whole answer.', csv: 'Its rows, with a line of names before them (RFC 4180, UTF-8).' },
  'Form of the answer, instead of `accept`.',
).optional();
const ONE_DAY = { date: DATE, format: FORMAT } as const satisfies Fields;
const OVER_MONTHS = {
  date: DATE,
  months: queryWhole(1, 60, 'Months to go back over; 24 where it is not given.', 24),
  format: FORMAT,
} as const satisfies Fields;
const NOT_THERE: Problems = { 404: { REPORT_NOT_THERE: 'The day is not closed, or was closed before reports were written.' } };

export const SHOW_PORTFOLIO = describeRoute({
  name: 'report_portfolio',
  method: 'GET',
  path: '/v1/reports/portfolio',
  owner: { service: MONITORING, path: '/reports/portfolio' },
  tag: 'Reports',
  summary: 'The book at the end of a day, by class, bucket, product and industry',
  query: ONE_DAY,
  answers: { 200: { meaning: 'The book.', body: PORTFOLIO } },
  problems: NOT_THERE,
  csv: 'items',
});

export const SHOW_VINTAGE = describeRoute({
  name: 'report_vintage',
  method: 'GET',
  path: '/v1/reports/vintage',
  owner: { service: MONITORING, path: '/reports/vintage' },
  tag: 'Reports',
  summary: 'Late loans by the month of their payout and their age',
  query: OVER_MONTHS,
  answers: { 200: { meaning: 'The months.', body: VINTAGE } },
  problems: NOT_THERE,
  csv: 'items',
});

export const SHOW_ROLL_RATES = describeRoute({
  name: 'report_rollRates',
  method: 'GET',
  path: '/v1/reports/roll-rates',
  owner: { service: MONITORING, path: '/reports/roll-rates' },
  tag: 'Reports',
  summary: 'What goes from bucket to bucket, month by month',
  query: OVER_MONTHS,
  answers: { 200: { meaning: 'The rates.', body: ROLL_RATES } },
  problems: NOT_THERE,
  csv: 'items',
});

export const SHOW_FIRST_PAYMENTS = describeRoute({
  name: 'report_firstPayments',
  method: 'GET',
  path: '/v1/reports/first-payment-default',
  owner: { service: MONITORING, path: '/reports/first-payment-default' },
  tag: 'Reports',
  summary: 'First payments that did not come, by the month of the payout',
  query: OVER_MONTHS,
  answers: { 200: { meaning: 'The months.', body: FIRST_PAYMENTS } },
  problems: NOT_THERE,
  csv: 'items',
});
