import type { ReasonEntries } from '../reason-entry.js';

/** What an application says of its firm and people, held against what sources say. The applicant is told what it can correct (R-UW-04). */
export const PEOPLE_REASONS = {
  BENEFICIAL_OWNER_UNKNOWN: {
    use: ['finding'],
    staff: { en: 'No owner holds 25% or more, so the beneficial owner is not known.', zh: '无持股 25% 及以上的股东，受益所有人不明。' },
    told: { en: 'No owner holds 25% or more; please tell who controls the firm.', zh: '贵企业无持股 25% 及以上的股东，请告知企业的实际控制人。' },
  },
  COMPANY_NAME_MISMATCH: {
    use: ['finding'],
    staff: { en: 'The name of the firm in the application is not the registered one.', zh: '申请中的企业名称与登记名称不一致。' },
    told: { en: 'The name of the firm is not the one in the registry; please correct it.', zh: '您填写的企业名称与登记名称不一致，请更正。' },
  },
  CONSENT_MISSING: {
    use: ['finding', 'failure'],
    staff: { en: 'A consent that the checks need was not given, so nothing was asked.', zh: '缺少核查所需的授权，因此未向任何数据源查询。' },
    told: { en: 'A consent that the checks need was not given.', zh: '核查所需的授权尚未取得。' },
  },
  FACE_MISMATCH: {
    use: ['finding'],
    staff: { en: 'The face does not match the identity document.', zh: '人脸与身份证件不符。' },
    told: {
      en: 'The identity of the legal representative could not be proven. Have it proven again with the person present and apply again; there is no wait.',
      zh: '未能核实法定代表人的身份。请由本人到场重新核验后再申请，无需等待。',
    },
  },
  FACE_UNCERTAIN: {
    use: ['finding'],
    staff: { en: 'The face matches the identity document only in part; a person has to compare.', zh: '人脸与身份证件仅部分相符，须人工比对。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  GUARANTOR_DISHONEST_DEBTOR: {
    use: ['finding'],
    staff: { en: 'A guarantor is on the courts’ list of dishonest debtors.', zh: '保证人被列入失信被执行人名单。' },
    told: { en: 'A guarantor does not meet the requirements; please name another one.', zh: '保证人不符合要求，请另行提供保证人。' },
  },
  GUARANTOR_NOT_PROVEN: {
    use: ['finding'],
    staff: { en: 'The identity of a guarantor could not be proven.', zh: '未能核实保证人的身份。' },
    told: { en: 'The identity of a guarantor could not be proven; please have it correct its data.', zh: '未能核实保证人的身份，请核对其信息。' },
  },
  GUARANTOR_NOT_REGISTERED: {
    use: ['finding'],
    staff: {
      en: 'A firm that is to stand for the loan is not in business under the name that the application gives it.',
      zh: '作为保证人的企业并非以申请所填名称正常存续。',
    },
    told: { en: 'A firm that is to stand for the loan is not in the registry as named; please correct it.', zh: '作为保证人的企业与登记信息不符，请更正。' },
  },
  GUARANTOR_OVERDUE: {
    use: ['finding'],
    staff: { en: 'A guarantor has overdue credit at the bureau.', zh: '保证人的信用报告中有当前逾期。' },
    told: { en: 'A guarantor does not meet the requirements; please name another one.', zh: '保证人不符合要求，请另行提供保证人。' },
  },
  GUARANTOR_UNCHECKED: {
    use: ['finding'],
    staff: { en: 'A source about a guarantor stayed away, so that it is not checked in full.', zh: '有关保证人的数据源未答复，核查尚不完整。' },
    told: { en: 'The checks of a guarantor are not complete; a person looks at it.', zh: '保证人的核查尚未完成，正由人工处理。' },
  },
  ID_CHECK_DIGIT: {
    use: ['finding'],
    staff: { en: 'The resident id number has a wrong check digit.', zh: '居民身份证号码校验位有误。' },
    told: { en: 'The resident id number has a wrong check digit; please correct it.', zh: '您填写的居民身份证号码有误（校验位不符），请更正。' },
  },
  IDENTITY_MISMATCH: {
    use: ['finding'],
    staff: { en: 'Name and id number do not belong together.', zh: '姓名与身份证号码不匹配。' },
    told: {
      en: 'Name and id number of the legal representative do not belong together. Correct them and apply again; there is no wait.',
      zh: '法定代表人的姓名与身份证号码不匹配。请更正后重新申请，无需等待。',
    },
  },
  LEGAL_REP_MISMATCH: {
    use: ['finding'],
    staff: { en: 'The applicant is not the legal representative in the registry.', zh: '申请人不是登记的法定代表人。' },
    told: 'as-staff',
  },
  LIVENESS_FAILED: {
    use: ['finding'],
    staff: { en: 'The liveness check failed.', zh: '活体检测未通过。' },
    told: {
      en: 'The identity of the legal representative could not be proven. Have it proven again with the person present and apply again; there is no wait.',
      zh: '未能核实法定代表人的身份。请由本人到场重新核验后再申请，无需等待。',
    },
  },
  LIVENESS_UNCERTAIN: {
    use: ['finding'],
    staff: { en: 'The liveness check is not conclusive; a person has to look.', zh: '活体检测结果不确定，须人工核查。' },
    told: 'APPLICATION_NOT_PROCESSED',
  },
  PHONE_MISMATCH: {
    use: ['finding'],
    staff: { en: 'The mobile number does not belong to the applicant.', zh: '手机号码非申请人本人所有。' },
    told: { en: 'The mobile number does not belong to the applicant; please correct it.', zh: '您填写的手机号码非申请人本人实名登记，请更正。' },
  },
  UNDER_AGE: {
    use: ['finding', 'entry'],
    staff: { en: 'The legal representative is under 18.', zh: '法定代表人未满 18 周岁。' },
    told: 'as-staff',
  },
  USCC_CHECK_DIGIT: {
    use: ['finding'],
    staff: { en: 'The unified social credit code has a wrong check character.', zh: '统一社会信用代码校验码有误。' },
    told: { en: 'The unified social credit code has a wrong check character; please correct it.', zh: '您填写的统一社会信用代码有误（校验码不符），请更正。' },
  },
  SOURCE_UNAVAILABLE: {
    use: ['finding', 'failure'],
    staff: { en: 'A data source gave no usable answer; nothing was assumed in its place.', zh: '某一数据源未返回可用结果，系统未作任何替代假设。' },
    told: { en: 'A data source gave no usable answer; nothing was assumed in its place.', zh: '某一数据源暂未返回可用结果；我们没有用任何假设代替。' },
  },
} as const satisfies ReasonEntries;
