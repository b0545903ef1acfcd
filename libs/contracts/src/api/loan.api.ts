import type { LoanBucket, LoanClass } from '../facts.js';
import { GUARANTEE_STATUS_MEANINGS, INSTALMENT_STATUSES, LOAN_STATUSES } from '../statuses.js';
import { CLAUSES } from './clauses.api.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, currency, day, id, instant, money, months, object, text, whole } from './fields.js';
import { LIST_PAGE, LIST_QUERY } from './list.api.js';
import { DAY_COUNT_MEANINGS, REPAYMENT_METHOD_MEANINGS } from './product.api.js';
import { describeRoute } from './route.js';

const DUE_FIELDS = {
  number: whole(1, 600, 'Number of the instalment, 1 for the first.', 1),
  dueOn: day('Day on which it is due.'),
  principalMinor: money('Principal of the instalment.', '2426300'),
  interestMinor: money('Interest of the instalment.', '158750'),
  totalMinor: money('Principal and interest together.', '2585050'),
} as const;

export const DUE = describeAnswer('Due', 'callers', 'What is due next, as far as it is not paid.', DUE_FIELDS);

export const PAYOFF = describeAnswer('Payoff', 'callers', 'What pays the loan off if it comes in on a day (G-PR-10).', {
  on: day('Day on which the money has to come in.'),
  principalMinor: money('Principal that is owed.'),
  interestMinor: money('Interest that is owed up to that day.', '158750'),
  penaltyMinor: money('Penalty and compound interest that is owed up to that day (G-PR-07).', '0'),
  feesMinor: money('Fee of the contract for principal that is paid before it is due.', '0'),
  totalMinor: money('All of it together.', '30158750'),
  toPayMinor: money('The total less what is held already.', '30158750'),
});

export const BUCKET_MEANINGS = {
  M0: 'Not late.',
  M1: '1 to 30 days past due.',
  M2: '31 to 60 days.',
  M3: '61 to 90 days.',
  M4: '91 to 120 days.',
  M5: '121 to 150 days.',
  M6: '151 to 180 days.',
  'M7+': 'More than 180 days.',
} as const satisfies Record<LoanBucket, string>;

export const CLASS_MEANINGS = {
  NORMAL: 'Nothing speaks against full repayment.',
  SPECIAL_MENTION: 'Something could harm repayment, e.g. that it is late.',
  SUBSTANDARD: 'Non-performing: repayment cannot be expected in full.',
  DOUBTFUL: 'Non-performing: a great part will be lost.',
  LOSS: 'Non-performing: nothing or very little will be recovered.',
} as const satisfies Record<LoanClass, string>;

export const LOAN = describeAnswer('Loan', 'callers', 'A loan account as of a business date.', {
  loanId: id('Id of the loan; the application names it.'),
  applicationId: id('Application that it came of.'),
  contractId: id('Contract that it is owed under.'),
  status: choice(LOAN_STATUSES, 'Where the loan stands.'),
  currency: currency(),
  principalMinor: money('What was lent.'),
  outstandingPrincipalMinor: money('Principal that is not paid back yet.'),
  heldMinor: money('Money of the borrower that waits for the next due date, or is left over.', '0'),
  dueMinor: money('Unpaid and due by today, with what lateness costs.', '2585050'),
  penaltyMinor: money('Penalty interest on principal that is late or misused, up to today and not paid (G-PR-07).', '0'),
  compoundMinor: money('Compound interest on interest that is late, up to today and not paid (G-PR-07).', '0'),
  rateBps: bps('Interest rate a year.'),
  tenorMonths: months('Tenor of the contract.'),
  repaymentMethod: choice(REPAYMENT_METHOD_MEANINGS, 'How it is repaid.'),
  dayCount: choice(DAY_COUNT_MEANINGS, 'How interest counts days.'),
  instalmentMinor: money('Amount of a usual instalment.', '2585050'),
  totalInterestMinor: money('Interest of the whole schedule.', '1041859'),
  disbursedOn: day('Day on which the money was paid out.', '2026-03-02'),
  maturesOn: day('Day of the last instalment.', '2027-03-02'),
  extendedOn: day('Day from which its term is longer than the contract had it; null for one that was not extended.', '2027-02-10').nullable(),
  restructuredOn: day(
    'Day on which it got other terms, as the borrower could not pay by those of before; null for one that was not restructured.',
    '2026-06-10',
  ).nullable(),
  settledOn: day('Day on which the last of it was paid; null before.', '2027-03-02').nullable(),
  renewsLoanId: id('Loan that this one has renewed, and settled; null for one that was paid out.').nullable(),
  renewedByLoanId: id('Loan that has renewed this one; null for one that was not renewed.').nullable(),
  closedOn: day('Day on which its file was closed: from then on it is kept, and nothing is done with it; null before.', '2027-03-09').nullable(),
  retainUntil: day('Day until which the closed file is kept at least; null before.', '2037-03-09').nullable(),
  transferredOn: day('Day from which the claim is that of whoever has bought it; null where it was not sold.', '2027-06-10').nullable(),
  transferredTo: text(
    100,
    'Name of the firm that has bought the claim, to whom the borrower pays; null where it was not sold.',
    '某某资产管理有限公司',
  ).nullable(),
  returnedOn: day('Day from which the bank has sent the payout back, so that the loan is void; null where it has not.', '2026-03-04').nullable(),
  nextDue: object(DUE, 'Oldest instalment that is due today or later and not paid; null where there is none.').nullable(),
  dpd: whole(0, 100_000, 'Calendar days past due; 0 on the due date.', 0, 'days'),
  bucket: choice(BUCKET_MEANINGS, 'Arrears by months, by `dpd`.'),
  loanClass: choice(CLASS_MEANINGS, 'Which of the five classes it is in, as the close of its days and its repayments have left it; null for partners.')
    .nullable()
    .shownTo('staff'),
  guaranteeStatus: choice(
    GUARANTEE_STATUS_MEANINGS,
    'What becomes of who stands for it, the first of these of several; null where nobody does, and for partners.',
  )
    .nullable()
    .shownTo('staff'),
  clauses: object(CLAUSES, 'What its contract says of lateness, misuse and early repayment; null for a loan whose contract said nothing of it.').nullable(),
  payoff: object(PAYOFF, 'What pays the loan off today; null once it is settled.').nullable(),
  bookedAt: instant('When the loan account was opened.'),
  updatedAt: instant('Last booking. What follows from the day alone (`dueMinor`, `dpd`, `payoff`) changes without one.'),
  asOf: day('Business date that the answer is of.'),
});
export type LoanAnswer = AnswerOf<typeof LOAN>;

export const LOAN_LIST = describeAnswer('LoanList', 'callers', 'A page of loans.', { items: object(LOAN, 'Newest first.').list(200), ...LIST_PAGE });

export const INSTALMENT = describeAnswer('Instalment', 'callers', 'One row of the schedule with what was paid of it.', {
  ...DUE_FIELDS,
  startsOn: day('First day of its interest period.', '2026-03-02'),
  balanceMinor: money('Principal owed after it, by the schedule.', '27573700'),
  paidPrincipalMinor: money('Principal that was paid of it.', '2426300'),
  paidInterestMinor: money('Interest that was paid of it.', '158750'),
  waivedInterestMinor: money('Interest that is not owed because the loan was paid off before the period ended (G-PR-10).', '0'),
  status: choice(INSTALMENT_STATUSES, 'Where it stands.'),
});

export const SCHEDULE_TOTALS = describeAnswer('ScheduleTotals', 'callers', 'Sums over all instalments.', {
  principalMinor: money('Principal.'),
  interestMinor: money('Interest.', '1041859'),
  paidPrincipalMinor: money('Principal that was paid.', '2426300'),
  paidInterestMinor: money('Interest that was paid.', '158750'),
  waivedInterestMinor: money('Interest that is not owed because the loan was paid off early.', '0'),
});

export const SCHEDULE = describeAnswer('Schedule', 'callers', 'The whole schedule of a loan with what was paid of it.', {
  loanId: id('Id of the loan.'),
  asOf: day('Business date that the answer is of.'),
  items: object(INSTALMENT, 'In the order of their due dates.').list(600),
  totals: object(SCHEDULE_TOTALS, 'Sums over all of them.'),
});

const MONITORING = 'post-loan-monitoring';

export const LIST_LOANS = describeRoute({
  name: 'loan_list',
  method: 'GET',
  path: '/v1/loans',
  owner: { service: MONITORING, path: '/loans' },
  tag: 'Loans',
  summary: 'Loans, newest first',
  description: 'Each as of today. `from` and `to` mean the day of the payout.',
  query: {
    ...LIST_QUERY,
    status: choice(LOAN_STATUSES, 'Loans in this status.').optional(),
    applicationId: id('The loan of this application, if it has one.').optional(),
  },
  answers: { 200: { meaning: 'A page of loans.', body: LOAN_LIST } },
});

export const SHOW_LOAN = describeRoute({
  name: 'loan_show',
  method: 'GET',
  path: '/v1/loans/:loanId',
  owner: { service: MONITORING, path: '/loans/:loanId' },
  tag: 'Loans',
  summary: 'A loan account as of today',
  answers: { 200: { meaning: 'The loan.', body: LOAN } },
});

export const SHOW_SCHEDULE = describeRoute({
  name: 'loan_schedule',
  method: 'GET',
  path: '/v1/loans/:loanId/schedule',
  owner: { service: MONITORING, path: '/loans/:loanId/schedule' },
  tag: 'Loans',
  summary: 'The schedule with what was paid of it',
  answers: { 200: { meaning: 'The schedule.', body: SCHEDULE } },
});
