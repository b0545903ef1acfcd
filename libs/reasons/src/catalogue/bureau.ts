import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** What a credit bureau said: for the lender's own people with that right, and for the firm from the lender itself, never through a partner (G-CB-01, R-CR-09). */
const ofBureau = <U extends ReasonEntry['use'], E extends string, Z extends string>(use: U, en: E, zh: Z) =>
  ({ use, staff: { en, zh }, told: 'CREDIT_INFORMATION', bureau: true }) as const satisfies ReasonEntry;

export const BUREAU_REASONS = {
  BUREAU_NOT_CLEAN: ofBureau(['routing'], 'The credit bureau shows an overdue loan.', '征信报告显示有逾期贷款。'),
  BUREAU_OVERDUE: ofBureau(['finding'], 'The credit bureau shows an overdue loan of the firm.', '征信报告显示企业有逾期贷款。'),
  LENDERS_UNKNOWN: ofBureau(['routing'], 'It is not known from how many lenders the firm borrows.', '企业在多少家机构有借款尚不明确。'),
  LIMIT_BOUND_BY_THIN_FILE: ofBureau(
    ['limit'],
    'The limit is bound because the credit bureau has no record of the firm.',
    '征信机构无该企业记录，额度因此受限。',
  ),
  MANY_LENDERS: ofBureau(
    ['finding', 'routing'],
    'The firm borrows from more lenders than the automatic tier allows.',
    '企业借款的机构家数超过自动审批的上限。',
  ),
  OVERDUE_HISTORY: ofBureau(['finding'], 'The credit bureau shows that the firm was overdue for more than 60 days once.', '征信报告显示企业曾逾期超过 60 天。'),
  OWNER_BUREAU_OVERDUE: ofBureau(['finding'], 'The credit bureau shows an overdue loan of the legal representative.', '征信报告显示法定代表人有逾期贷款。'),
  OWNER_OVERDUE_HISTORY: ofBureau(
    ['finding'],
    'The credit bureau shows that the legal representative was overdue for more than 60 days once.',
    '征信报告显示法定代表人曾逾期超过 60 天。',
  ),
  THIN_FILE: ofBureau(['finding', 'routing'], 'The credit bureau has no record of the firm.', '征信机构无该企业记录。'),
} as const satisfies ReasonEntries;
