import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** An internal of the model or of the approval matrix: told one by one, such reasons could be learned by trying, so the applicant is told of the assessment. */
const internal = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['routing'], staff: { en, zh }, told: 'CREDIT_ASSESSMENT' }) as const satisfies ReasonEntry;

/** Where an application goes after its score, and why (M-AM-01 to M-AM-06). */
export const ROUTING_REASONS = {
  ALL_IN_COST_OVER_CAP: {
    use: ['routing'],
    staff: {
      en: 'All costs together are above the cap on the annual rate, so no offer may be made.',
      zh: '综合融资成本超过年化上限，不得出具贷款方案。',
    },
    told: {
      en: 'All costs together are above the cap on the annual rate, so no offer may be made.',
      zh: '综合融资成本超过年化上限，因此无法向您提供贷款方案。',
    },
  },
  AMOUNT_CAPPED_TO_AUTHORITY: {
    use: ['routing'],
    staff: {
      en: 'The amount is what a single approver may grant; more needs the credit committee.',
      zh: '该金额为单人审批权限内的最高额；更高金额须经贷审会审批。',
    },
    told: 'as-staff',
  },
  AMOUNT_CAPPED_TO_GRADE: {
    use: ['routing'],
    staff: { en: 'The amount is the most that may be lent for this risk grade.', zh: '该金额为该风险等级下的最高可授信额。' },
    told: 'AMOUNT_REDUCED',
  },
  AMOUNT_NEEDS_APPROVER: {
    use: ['routing'],
    staff: { en: 'An amount above the automatic tier needs a person.', zh: '金额超过自动审批额度，须人工审批。' },
    told: 'as-staff',
  },
  AMOUNT_NEEDS_COMMITTEE: {
    use: ['routing'],
    staff: { en: 'An amount this large needs the credit committee for this grade.', zh: '该风险等级下，此金额须经贷审会审批。' },
    told: { en: 'An amount this large needs the credit committee.', zh: '此金额须经贷审会审批。' },
  },
  AMOUNT_NEEDS_FIELD_VISIT: {
    use: ['routing'],
    staff: { en: 'An amount this large needs a field visit and the credit committee.', zh: '此金额须实地调查并经贷审会审批。' },
    told: 'as-staff',
  },
  LIMIT_BELOW_PRODUCT_MINIMUM: {
    use: ['routing'],
    staff: { en: 'The limit that the firm can carry is below the smallest amount of the product.', zh: '企业可承受的额度低于产品最低金额。' },
    told: 'as-staff',
  },
  FRAUD_SCORE_MISSING: internal('The checks against fraud gave no result, so a person looks.', '反欺诈核查无结果，转人工审核。'),
  MISMATCH_NEEDS_VISIT: internal(
    'What was declared and what a source says differ, and nobody has cleared it: the firm is visited.',
    '申报信息与核查结果不一致且尚未排除，须实地调查。',
  ),
  INDUSTRY_NEEDS_VISIT: internal('An amount this large in an industry of high risk needs a field visit.', '高风险行业的此金额须实地调查。'),
  GRADE_NEEDS_APPROVER: internal('The risk grade needs a person.', '该风险等级须人工审批。'),
  GRADE_NEEDS_COMMITTEE: internal('The risk grade needs a field visit and the credit committee.', '该风险等级须实地调查并经贷审会审批。'),
  GRADE_NOT_LENT: internal('The risk grade is one that the lender does not lend to.', '该风险等级不予授信。'),
  RISK_INDEX_MISSING: internal('The comprehensive risk index cannot be computed from what is known.', '现有信息不足以计算综合风险指数。'),
  RISK_INDEX_TOO_LOW: internal('The comprehensive risk index is below what the lender accepts.', '综合风险指数低于准入标准。'),
  RISK_INDEX_WEAK: internal('The comprehensive risk index is below 50, so the decision goes one tier up.', '综合风险指数低于 50，审批层级上调一级。'),
  VERIFICATION_NOT_CLEAN: internal('A finding of the verification wants a person to look.', '核查有待人工确认的事项。'),
  BUREAU_NOT_QUERIED: {
    use: ['finding'],
    staff: {
      en: 'No credit bureau was asked, because the identity is not proven beyond doubt.',
      zh: '身份尚未确证，因此未查询征信。',
    },
    told: 'CREDIT_ASSESSMENT',
  },
  VERIFICATION_SIGNALS: {
    use: ['routing'],
    staff: { en: 'Checks of the application want a person to look.', zh: '申请核查中有须人工查看的事项。' },
    told: 'APPLICATION_NOT_PROCESSED',
    restricted: true,
  },
  APPEAL_ALLOWED: {
    use: ['routing'],
    staff: { en: 'The refusal by the engine was appealed, and a person has allowed the appeal.', zh: '对系统拒绝决定的申诉已获准。' },
    told: { en: 'Your appeal was allowed; a person decides on the loan.', zh: '您的申诉已获准，将由工作人员审批贷款。' },
  },
} as const satisfies ReasonEntries;
