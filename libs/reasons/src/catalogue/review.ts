import type { ReviewStage } from '@millrace/contracts';
import type { ReasonEntries, ReasonEntry, ReviewUse } from '../reason-entry.js';

const approves = <E extends string, Z extends string>(stages: readonly ReviewStage[], en: E, zh: Z) =>
  ({ use: ['review'], staff: { en, zh }, told: null, review: { decision: 'approve', stages } }) as const satisfies ReasonEntry;
const rejects = (...stages: readonly ReviewStage[]): ReviewUse => ({ decision: 'reject', stages });

/** What a person may give as the reason of a decision, and at which stages (R-UW-05, R-DB-02). */
export const REVIEW_REASONS = {
  CHECKED_BY_PHONE: approves(['verification'], 'The finding was cleared in a call with the applicant.', '已与申请人电话核实，疑点排除。'),
  CHECKED_BY_HAND: approves(['verification'], 'The finding was cleared by comparing documents.', '已比对材料，疑点排除。'),
  IDENTITY_PROVEN: approves(['verification'], 'The person was identified by a person, face to face or by video.', '已由工作人员当面或视频核实身份。'),
  NOT_THE_LISTED_PERSON: approves(
    ['verification'],
    'The name resembles a listed one, and is another person or firm.',
    '名称与名单中的相似，但并非同一人或同一企业。',
  ),
  EXPLAINED: approves(
    ['verification', 'approval', 'committee'],
    'The applicant has explained what was found, with evidence.',
    '申请人已就所发现的问题作出说明并提供证明。',
  ),
  LOOKED_AT: approves(['verification', 'approval', 'committee'], 'Nothing that was found speaks against the application.', '已审阅，未发现不利于申请的情况。'),
  CASH_FLOW_SOUND: approves(['approval', 'committee'], 'The cash flow carries the loan.', '现金流足以支撑该笔贷款。'),
  OWNER_KNOWN: approves(['approval', 'committee'], 'The owner and the business are known from experience.', '对业主及其经营情况有实际了解。'),
  WITHIN_AUTHORITY: approves(
    ['approval'],
    'The loan lies within the authority of one approver, and nothing speaks against it.',
    '贷款在单人审批权限之内，且无不利情况。',
  ),
  DATA_WAS_CORRECTED: approves(['appeal'], 'The data that the refusal rested on was wrong, and is corrected.', '拒绝所依据的数据有误，现已更正。'),
  REFUSAL_NOT_JUSTIFIED: approves(['appeal'], 'The refusal does not do justice to the firm.', '原拒绝决定对该企业不合理。'),
  ACCOUNT_CORRECTED: approves(['disbursement'], 'The account was corrected, or the bank’s reason is gone.', '收款账户已更正，或银行拒付原因已消除。'),
  FINDING_LOOKED_AT: approves(
    ['disbursement'],
    'What was found before the payment was looked at, with evidence, and does not stand in its way.',
    '放款前发现的问题已核实并有证明，不影响放款。',
  ),
  PAY_AGAIN: approves(['disbursement'], 'The same payout can be tried again.', '可再次发起该笔放款。'),

  VISIT_REPORTED: approves(['visit'], 'The firm was visited, and the report is there.', '已完成实地调查并提交报告。'),

  AFFORDABILITY: {
    use: ['review'],
    staff: { en: 'The cash flow does not carry the loan.', zh: '现金流不足以支撑该笔贷款。' },
    told: { en: 'The firm’s cash flow does not carry the loan.', zh: '贵企业的现金流不足以支撑该笔贷款。' },
    review: rejects('approval', 'committee'),
  },
  INDUSTRY_OUTLOOK: {
    use: ['review'],
    staff: { en: 'The outlook of the industry does not carry the loan.', zh: '行业前景不足以支撑该笔贷款。' },
    told: { en: 'The outlook of the firm’s industry does not carry the loan.', zh: '从贵企业所在行业的前景看，目前不足以支撑该笔贷款。' },
    review: rejects('approval', 'committee'),
  },
  ABOVE_AUTHORITY: {
    use: ['review'],
    staff: { en: 'The decision is above the authority of one approver, and no committee decides.', zh: '超出单人审批权限，且无贷审会审批。' },
    told: 'DECLINED_BY_PERSON',
    review: rejects('approval'),
  },
  INFORMATION_INCOMPLETE: {
    use: ['review'],
    staff: { en: 'What is needed to decide could not be had.', zh: '无法取得审批所需的信息。' },
    told: { en: 'What was needed to decide could not be had.', zh: '我们未能取得审批所需的信息。' },
    review: rejects('verification', 'visit', 'approval', 'committee'),
  },
  IDENTITY_UNPROVEN: {
    use: ['review'],
    staff: { en: 'The person could not be identified; nothing says that it was on purpose.', zh: '未能核实该人员身份；无迹象表明系故意所为。' },
    told: { en: 'The identity of the legal representative could not be proven.', zh: '未能核实法定代表人的身份。' },
    review: rejects('verification'),
  },
  DECLINED: {
    use: ['review'],
    staff: { en: 'Another ground, which the comment names.', zh: '其他原因，见审批意见。' },
    told: 'DECLINED_BY_PERSON',
    review: rejects('verification', 'visit', 'approval', 'committee', 'disbursement'),
  },
  PAYOUT_REFUSED: {
    use: ['review'],
    staff: { en: 'The bank does not pay to this account, and no other was named.', zh: '银行无法向该账户付款，且未提供其他账户。' },
    told: { en: 'The loan could not be paid to the account that was named.', zh: '贷款未能划付至您指定的账户。' },
    review: rejects('disbursement'),
  },
  REFUSAL_STANDS: {
    use: ['review'],
    staff: { en: 'What was sent with the appeal changes nothing.', zh: '申诉所提交的内容不足以改变原决定。' },
    told: { en: 'A person has looked at the refusal again: what you sent does not change it.', zh: '经人工复核，您提交的内容不足以改变原决定。' },
    review: rejects('appeal'),
  },
  // The applicant may have what is untrue corrected, so it is told; that it counts as fraud is not.
  UNTRUE_INFO: {
    use: ['review'],
    staff: { en: 'The applicant declared what is not true, on purpose.', zh: '申请人故意申报不实信息。' },
    told: { en: 'Information in the application is not true; you may have it corrected.', zh: '申请中的部分信息与实际不符；您有权要求更正。' },
    review: rejects('verification', 'visit', 'approval', 'committee'),
    fraud: true,
  },
  FRAUD_CONFIRMED: {
    use: ['review'],
    staff: { en: 'A fraud is confirmed.', zh: '确认欺诈。' },
    told: 'APPLICATION_NOT_PROCESSED',
    review: rejects('verification', 'visit', 'approval', 'committee', 'disbursement'),
    fraud: true,
    restricted: true,
  },
  STOLEN_IDENTITY: {
    use: ['review'],
    staff: { en: 'Somebody applies in the name of another person.', zh: '冒用他人名义申请。' },
    told: 'APPLICATION_NOT_PROCESSED',
    review: rejects('verification', 'visit', 'approval', 'committee', 'disbursement'),
    fraud: true,
    restricted: true,
  },
} as const satisfies ReasonEntries;
