import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** What bound the limit: which cap it was is for the lender's people, the applicant is told that its figures carry no more (S07). */
const bound = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['limit'], staff: { en, zh }, told: 'AMOUNT_REDUCED' }) as const satisfies ReasonEntry;

/** What a score lost points for, and what its limit is bound by (R-UW-04, M-LM-02 to M-LM-08). */
export const SCORE_REASONS = {
  BUSINESS_YOUNG: {
    use: ['score'],
    staff: { en: 'The firm has been in business for a short time.', zh: '企业经营时间较短。' },
    told: 'as-staff',
  },
  HISTORY_SHORT: {
    use: ['score'],
    staff: { en: 'The invoice history is short.', zh: '发票历史较短。' },
    told: 'as-staff',
  },
  INPUT_NOT_AVAILABLE: {
    use: ['score'],
    staff: { en: 'A source that the assessment needs has no data about the firm.', zh: '评估所需的某一数据源没有该企业的数据。' },
    told: 'as-staff',
  },
  MARGIN_THIN: {
    use: ['score'],
    staff: { en: 'Invoiced purchases take up most of the invoiced sales.', zh: '进项金额占销项金额的比例较高，毛利空间较小。' },
    told: 'as-staff',
  },
  SALES_LOW: {
    use: ['score'],
    staff: { en: 'Invoiced sales of the last 36 months are low.', zh: '近 36 个月开票销售额较低。' },
    told: 'as-staff',
  },
  SALES_NOT_RECENT: {
    use: ['score'],
    staff: { en: 'The latest sales invoice is some months old.', zh: '最近一张销项发票距今已有数月。' },
    told: 'as-staff',
  },
  SALES_UNSTEADY: {
    use: ['score'],
    staff: { en: 'Invoiced sales vary strongly from month to month.', zh: '各月开票销售额波动较大。' },
    told: 'as-staff',
  },
  RISK_INDEX_LOW: {
    use: ['score'],
    staff: { en: 'The comprehensive risk index is below the least that is accepted.', zh: '综合风险指数低于准入下限。' },
    told: 'CREDIT_ASSESSMENT',
  },
  LIMIT_BELOW_LEAST: {
    use: ['limit'],
    staff: { en: 'The limit that the firm can carry is below one lending step.', zh: '企业可承受的额度低于最小授信单位。' },
    told: 'as-staff',
  },
  LIMIT_BOUND_BY_GRADE: bound('The risk grade is below those that are lent to.', '风险等级低于可授信等级。'),
  LIMIT_BOUND_BY_REVENUE: bound('The limit is bound by invoiced revenue less existing unsecured debt.', '额度受开票收入减去现有信用类负债限制。'),
  LIMIT_BOUND_BY_TAX: bound('The limit is bound by the taxes paid and the tax class.', '额度受纳税额及纳税信用等级限制。'),
  LIMIT_BOUND_BY_RECEIVABLES: bound('The limit is bound by the eligible receivables.', '额度受合格应收账款限制。'),
  LIMIT_BOUND_BY_DSCR: bound('The limit is bound by the cash flow that can serve debt.', '额度受可用于偿债的现金流限制。'),
  LIMIT_BOUND_BY_WORKING_CAPITAL_NEED: bound('The limit is bound by the working-capital need.', '额度受流动资金需求测算限制。'),
  LIMIT_BOUND_BY_LEVERAGE: bound('The limit is bound by existing debt against revenue.', '额度受现有负债与营业收入之比限制。'),
  LIMIT_BOUND_BY_PRODUCT: bound('The limit is bound by the most that the product lends.', '额度受产品最高额度限制。'),
  LIMIT_BOUND_BY_REGULATORY: bound('The limit is bound by the most that the licence lends to one borrower.', '额度受监管规定的单户贷款上限限制。'),
} as const satisfies ReasonEntries;
