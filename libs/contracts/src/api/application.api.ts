import { IsUscc } from '../identifiers.js';
import { APPLICATION_STATUSES, DRAFT_STATUSES, DRAWDOWN_STATUSES, LOAN_STATUSES } from '../statuses.js';
import type { Grade } from '../facts.js';
import { describeAnswer, type AnswerOf } from './field.js';
import { bps, choice, code, currency, form, id, instant, money, months, object, sha256, text, whole } from './fields.js';
import { LIST_PAGE, LIST_QUERY } from './list.api.js';
import { OFFER } from './offer-terms.api.js';
import { REPAYMENT_METHOD_MEANINGS } from './product.api.js';
import { REASON } from './reason.api.js';
import { describeRoute } from './route.js';

/** Meaning of each stage at which a person decides (R-IT-06). */
export const REVIEW_STAGE_MEANINGS = {
  verification: 'What the verification found.',
  approval: 'Whether the loan is made.',
  appeal: 'Whether a refusal by the engine stands.',
  visit: 'What a visit to the firm finds.',
  committee: 'Whether the loan is made, by the credit committee.',
  disbursement: 'What becomes of a refused payout.',
} as const;

/** Meaning of each grade of the master scale (M-GR-01). */
export const GRADE_MEANINGS = {
  R1: 'The lowest risk of the master scale.',
  R2: 'Second grade of the master scale.',
  R3: 'Third grade of the master scale.',
  R4: 'Fourth grade of the master scale.',
  R5: 'Fifth grade of the master scale.',
  R6: 'Sixth grade of the master scale.',
  R7: 'Seventh grade of the master scale.',
  R8: 'Eighth grade of the master scale.',
  R9: 'Ninth grade of the master scale.',
  R10: 'The highest risk of the master scale.',
} as const satisfies Readonly<Record<Grade, string>>;

export const COMPANY = describeAnswer('Company', 'callers', 'The firm that borrows.', {
  uscc: form(
    /^[0-9A-Z]{18}$/,
    '18 digits and capital letters',
    'Unified social credit code (GB 32100); one with a wrong structure or check character is refused.',
    '91990100MA0TE00010',
    [IsUscc()],
  ),
  name: text(200, 'Registered name.', '样例商贸有限公司'),
  declaredRevenueMinor: money('Revenue of the last 12 months, as the firm states it.', '480000000'),
  industryCode: form(/^([A-Z]\d{0,4}|\d{1,4})$/, 'a GB/T 4754 code, such as C13 or 5173', 'Industry (GB/T 4754).', 'F51'),
  employees: whole(0, 10_000_000, 'Staff, as the firm states it; counts for who is micro and small (G-SZ-01).', 12).optional(),
  assetsMinor: money('Assets at the last year-end, as the firm states them; counts likewise in some industries.', '200000000').optional(),
});

export const DECISION = describeAnswer('Decision', 'callers', 'The decision on an application.', {
  outcome: choice({ approved: 'The loan can be offered.', declined: 'It is not made.' }, 'What was decided.'),
  tier: choice({ T0: 'The engine.', T1: 'One approver.', T2: 'A committee.' }, 'Who decided.'),
  decidedAt: instant('When it was decided.'),
  amountMinor: money('What was approved; null for a decline.').nullable(),
  rateBps: bps('Interest rate a year; null for a decline.').nullable(),
  reasons: object(REASON, 'Why.').list(30),
});

export const REVIEW = describeAnswer('Review', 'callers', 'A person looks at the application.', {
  stage: choice(REVIEW_STAGE_MEANINGS, 'What the person decides.'),
  reasons: object(REASON, 'Why a person looks at it.').list(30),
});

export const SCORE_SUMMARY = describeAnswer('ScoreSummary', 'right:score', 'The score that the application was decided on.', {
  score: whole(0, 1_000, 'Points of the scorecard.', 700, 'points'),
  pd: form(/^0(\.\d+)?$/, 'a decimal', 'Probability of default within 12 months, as a decimal.', '0.01299'),
  grade: choice(GRADE_MEANINGS, 'Grade of the master scale.'),
  riskIndex: whole(0, 100, 'Risk index (R-CR-08), the least risk at 100; null where too little is known.', 68, 'points').nullable(),
  limitMinor: money('What the firm can carry after all caps.', '30000000'),
  bindingCap: text(40, 'The cap that set the limit.', 'dscr'),
  rateBps: bps('Interest rate a year that the price gives.'),
  reasons: object(REASON, 'What weighed most.').list(30),
  scorecardId: text(64, 'Scorecard that made it.', 'sme-invoice-v1'),
  scorecardSha256: sha256('Hash of that scorecard.'),
  policyVersion: text(64, 'Policy that it was made under.', 'cn-online-microloan-2026-01'),
});

export const CONTRACT_SUMMARY = describeAnswer('ContractSummary', 'callers', 'The contract inside an application.', {
  contractId: id('Id of the contract.'),
  contractSha256: sha256('Hash of its text; what is signed.'),
  templateVersion: text(64, 'Template that it was drawn up from.', 'loan-contract-v3'),
  signedAt: instant('When all parties had signed; null before.').nullable(),
});

export const DRAWDOWN = describeAnswer('Drawdown', 'callers', 'The drawing of the money of a signed contract.', {
  drawdownId: id('Id of the drawdown.'),
  status: choice(DRAWDOWN_STATUSES, 'Whether the money is out.'),
  amountMinor: money('What is drawn.'),
  currency: currency(),
  reasons: object(REASON, 'Why the money is not paid; empty but for a drawdown that was given up.').list(30),
});

export const LOAN_STANDING = describeAnswer('LoanStanding', 'callers', 'The loan that came of it; `GET /v1/loans/{loanId}` tells the rest.', {
  loanId: id('Id of the loan.'),
  status: choice(LOAN_STATUSES, 'Where the loan stands.'),
});

/** What is applied for. */
export const REQUESTED_TERMS = {
  productCode: text(64, 'Product that is applied for.', 'invoice-loan'),
  requestedAmountMinor: money('Amount that is asked for.'),
  currency: currency(),
  tenorMonths: months('Tenor that is asked for.'),
  repaymentMethod: choice(REPAYMENT_METHOD_MEANINGS, 'How it is to be repaid.'),
  purpose: text(40, 'What the money is for.', 'working_capital'),
} as const;

/** The same, as far as a draft says it: null where it does not. */
const DRAFTED_TERMS = {
  productCode: REQUESTED_TERMS.productCode.nullable(),
  requestedAmountMinor: REQUESTED_TERMS.requestedAmountMinor.nullable(),
  currency: REQUESTED_TERMS.currency.nullable(),
  tenorMonths: REQUESTED_TERMS.tenorMonths.nullable(),
  repaymentMethod: REQUESTED_TERMS.repaymentMethod.nullable(),
  purpose: REQUESTED_TERMS.purpose.nullable(),
} as const;

export const APPLICATION = describeAnswer('Application', 'callers', 'An application as it stands.', {
  applicationId: id('Id that the client made.'),
  status: choice({ DRAFT: DRAFT_STATUSES.DRAFT, ...APPLICATION_STATUSES }, 'Where it stands.'),
  ...DRAFTED_TERMS,
  renewsLoanId: id('Loan that the new one is to renew; null for any other application.').nullable(),
  company: object(COMPANY, 'The firm that borrows; null in a draft that does not say all of it yet.').nullable(),
  submittedAt: instant('When it was submitted; null in a draft.').nullable(),
  updatedAt: instant('Last change of anything that is shown here.'),
  deadlineAt: instant(
    'When what is waited for ends by itself: the status of the application or, once it is completed, of the drawdown; null where nothing does.',
    '2026-03-09T01:00:00.000Z',
  ).nullable(),
  waitingFor: choice(
    { system: 'A service works on it.', applicant: 'The applicant has to act.', staff: 'A person of the lender has to act.' },
    'Who has to act next, about the application or its drawdown; null where nothing more comes by itself.',
  ).nullable(),
  decision: object(DECISION, 'The decision; null before there is one.').nullable(),
  score: object(SCORE_SUMMARY, 'The score that it was decided on; null before there is one.').nullable(),
  review: object(REVIEW, 'Why a person looks at it now; null while none does.').nullable(),
  offer: object(OFFER, 'The offer; null before there is one.').nullable(),
  contract: object(CONTRACT_SUMMARY, 'The contract; null before there is one.').nullable(),
  drawdown: object(DRAWDOWN, 'The drawing of the money; null until the contract is signed.').nullable(),
  loan: object(LOAN_STANDING, 'The loan as far as it was told; null until the money is out.').nullable(),
  loanId: id('Given when the contract is signed; there is a loan under it once the money is out. Null before.').nullable(),
});
export type ApplicationAnswer = AnswerOf<typeof APPLICATION>;

export const APPLICATION_LIST = describeAnswer('ApplicationList', 'callers', 'A page of applications.', {
  items: object(APPLICATION, 'Newest first.').list(200),
  ...LIST_PAGE,
});

export const CANCEL_BODY = describeAnswer('CancelApplication', 'callers', 'Body of a withdrawal.', {
  reasonCode: code('Why, in the caller’s own words.', 'APPLICANT_WITHDREW'),
});

const LIST = '/v1/loan-applications';
const ONE = `${LIST}/:applicationId` as const;

export const LIST_APPLICATIONS = describeRoute({
  name: 'application_list',
  method: 'GET',
  path: LIST,
  owner: { service: 'loan-application', path: '/loan-applications' },
  tag: 'Applications',
  summary: 'Applications, newest first',
  description: '`from` and `to` mean the day of the submission.',
  query: {
    ...LIST_QUERY,
    status: choice(APPLICATION_STATUSES, 'Applications in this status.').optional(),
    drawdownStatus: choice(DRAWDOWN_STATUSES, 'Applications whose drawdown is in this status.').optional(),
    loanStatus: choice(LOAN_STATUSES, 'Applications whose loan is in this status.').optional(),
    uscc: form(/^[0-9A-Z]{18}$/, '18 digits and capital letters', 'Unified social credit code of the firm.', '91990100MA0TE00010').optional(),
  },
  answers: { 200: { meaning: 'A page of applications.', body: APPLICATION_LIST } },
});

export const SHOW_APPLICATION = describeRoute({
  name: 'application_show',
  method: 'GET',
  path: ONE,
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId' },
  tag: 'Applications',
  summary: 'One application',
  answers: { 200: { meaning: 'The application.', body: APPLICATION } },
});

export const CANCEL_APPLICATION = describeRoute({
  name: 'application_cancel',
  method: 'PUT',
  path: `${ONE}/cancellations/:cancellationId`,
  owner: { service: 'loan-application', path: '/loan-applications/:applicationId/cancellations/:cancellationId' },
  tag: 'Applications',
  summary: 'Withdraw an application that is not paid out yet',
  body: CANCEL_BODY,
  answers: { 200: { meaning: 'The application as it stands now.', body: APPLICATION } },
});
