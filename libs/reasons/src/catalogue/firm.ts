import type { ReasonEntries } from '../reason-entry.js';

/** What registers, courts and the tax authority say of a firm. It is told to everybody in the same words, as it is the firm's own data (R-LG-02). */
export const FIRM_REASONS = {
  ABNORMAL_LIST: {
    use: ['finding'],
    staff: {
      en: 'The firm is on the registry’s list of abnormal operations; it may apply again once it is off the list.',
      zh: '企业被列入经营异常名录；移出名录后可重新申请。',
    },
    told: {
      en: 'The firm is on the registry’s list of abnormal operations; it may apply again once it is off the list.',
      zh: '贵企业目前被列入经营异常名录；移出名录后，您可以重新申请。',
    },
  },
  FIRM_NOT_SMALL: {
    use: ['entry'],
    staff: { en: 'By what it declares the firm is larger than micro and small.', zh: '按申报数据，企业规模超出小微企业标准。' },
    told: { en: 'The firm is larger than a micro or small one; this loan is made for those.', zh: '贵企业规模超出小微企业标准；本产品仅面向小微企业。' },
  },
  INDUSTRY_NOT_LENT: {
    use: ['entry'],
    staff: { en: 'The lender lends to no firm of this industry.', zh: '贷款人不向该行业的企业放款。' },
    told: { en: 'Firms of this industry are not lent to.', zh: '该行业的企业暂不在贷款范围内。' },
  },
  REGION_NOT_SERVED: {
    use: ['entry'],
    staff: { en: 'The firm is registered where the licence does not reach.', zh: '企业注册地不在许可经营区域内。' },
    told: { en: 'Firms that are registered in this region are not lent to.', zh: '注册地在该地区的企业暂不在贷款范围内。' },
  },
  PURPOSE_BARRED: {
    use: ['entry'],
    staff: { en: 'The licence bars this use of the money.', zh: '该贷款用途为监管规定所禁止。' },
    told: {
      en: 'Money may not be lent for this use; an application with another use can be made at once.',
      zh: '贷款不得用于该用途；您可以更换用途后立即重新申请。',
    },
  },
  DISHONEST_DEBTOR: {
    use: ['finding'],
    staff: {
      en: 'The firm or its legal representative is on the courts’ list of dishonest debtors.',
      zh: '企业或其法定代表人被列入失信被执行人名单。',
    },
    told: 'as-staff',
  },
  ENFORCEMENT_HEAVY: {
    use: ['finding'],
    staff: {
      en: 'Court enforcement against the firm or its legal representative is as large as the loan asked for.',
      zh: '企业或其法定代表人被执行案件的未履行金额已达到本次申请金额。',
    },
    told: 'as-staff',
  },
  ENFORCEMENT_OPEN: {
    use: ['finding'],
    staff: {
      en: 'Court enforcement against the firm or its legal representative is open.',
      zh: '企业或其法定代表人有尚未执行完毕的法院执行案件。',
    },
    told: 'as-staff',
  },
  OWNER_ENFORCEMENT: {
    use: ['finding'],
    staff: {
      en: 'Court enforcement against an owner or the legal representative of the firm is open.',
      zh: '企业股东或法定代表人有尚未执行完毕的法院执行案件。',
    },
    told: 'as-staff',
  },
  FIRM_NOT_OPERATING: {
    use: ['finding'],
    staff: { en: 'The registry says that the firm does not operate.', zh: '登记机关显示该企业不在存续（在营）状态。' },
    told: 'as-staff',
  },
  FIRM_YOUNG: {
    use: ['finding'],
    staff: { en: 'The firm has been in business for less than a year.', zh: '企业成立经营不满一年。' },
    told: 'as-staff',
  },
  REGISTRY_NOT_FOUND: {
    use: ['finding'],
    staff: { en: 'The registry does not know the firm.', zh: '企业登记信息中查无该企业。' },
    told: {
      en: 'The registry does not know the firm. Check its unified social credit code and apply again; there is no wait.',
      zh: '企业登记信息中查无该企业。请核对统一社会信用代码后重新申请，无需等待。',
    },
  },
  SERIOUS_VIOLATION: {
    use: ['finding'],
    staff: { en: 'The firm is on the registry’s list of serious violations.', zh: '企业被列入严重违法失信名单。' },
    told: 'as-staff',
  },
  TAX_ARREARS: {
    use: ['finding'],
    staff: { en: 'The firm owes tax that is overdue.', zh: '企业存在逾期未缴的欠税。' },
    told: 'as-staff',
  },
  TAX_ARREARS_HEAVY: {
    use: ['finding'],
    staff: { en: 'The firm owes more than 50,000 yuan of tax that is overdue.', zh: '企业逾期未缴的欠税超过 50,000 元。' },
    told: 'as-staff',
  },
  TAX_CLASS_D: {
    use: ['finding', 'routing'],
    staff: { en: 'The tax authority rates the firm class D.', zh: '企业纳税信用等级为 D 级。' },
    told: 'as-staff',
  },
  TAX_REVENUE_GAP: {
    use: ['finding', 'supplement'],
    staff: { en: 'Revenue declared here and to the tax bureau differ by more than 20%.', zh: '申请时申报的营业收入与向税务机关申报的相差超过 20%。' },
    told: {
      en: 'Revenue declared here and to the tax bureau differ by more than 20%; please correct or explain the declared revenue.',
      zh: '您申报的营业收入与向税务机关申报的相差超过 20%，请更正或说明。',
    },
  },
  REVENUE_GAP: {
    use: ['finding', 'supplement'],
    staff: { en: 'Declared and invoiced revenue differ by more than 20%.', zh: '申报的营业收入与开票收入相差超过 20%。' },
    told: {
      en: 'Declared and invoiced revenue differ by more than 20%; please correct or explain the declared revenue.',
      zh: '您申报的营业收入与开票收入相差超过 20%，请更正或说明。',
    },
  },
  REVENUE_UNTRUE: {
    use: ['finding'],
    staff: { en: 'Declared and invoiced revenue differ by more than 50%.', zh: '申报的营业收入与开票收入相差超过 50%。' },
    told: {
      en: 'Declared and invoiced revenue differ by more than 50%; you may have the declared revenue corrected.',
      zh: '您申报的营业收入与开票收入相差超过 50%；您有权要求更正所申报的营业收入。',
    },
  },
  SALES_STOPPED: {
    use: ['finding'],
    staff: { en: 'The firm has had no net sales for six months or more.', zh: '企业连续六个月及以上没有净销售额。' },
    told: 'as-staff',
  },
} as const satisfies ReasonEntries;
