import {
  ACCOUNT_CHANGE_STATUSES,
  APPLICATION_STATUSES,
  DRAFT_STATUSES,
  DRAWDOWN_STATUSES,
  FACILITY_STATUSES,
  GUARANTEE_STATUS_MEANINGS,
  INSTALMENT_STATUSES,
  LOAN_STATUSES,
  PAYOUT_STATUSES,
  PRODUCT_STATUSES,
  SCORE_STATUSES,
  TASK_STATUSES,
  VERIFICATION_STATUSES,
} from '@millrace/contracts';
import type { Text } from './language.js';

/** The meaning of each status in both languages: English as contracts says it, with the Chinese for every one of its statuses. */
function inBoth<S extends Readonly<Record<string, string>>>(
  english: S,
  chinese: { readonly [Status in keyof S]: string },
): { readonly [Status in keyof S]: Text } {
  return Object.fromEntries(Object.entries(english).map(([status, en]) => [status, { en, zh: chinese[status]! }])) as { [Status in keyof S]: Text };
}

/** What each status means to whoever reads an answer, by what it is a status of. What follows what is said by the process tables. */
export const STATUS_MEANINGS = {
  draft: inBoth(DRAFT_STATUSES, {
    DRAFT: '申请人正在填写。',
    SUBMITTED: '已提交；后续情况见同一编号的贷款申请。',
    CANCELLED: '申请人已放弃该草稿。',
    EXPIRED: '长期未操作，草稿已失效。',
  }),
  application: inBoth(APPLICATION_STATUSES, {
    CHECKING: '正在核查企业及相关人员。',
    APPEAL_REVIEW: '正在人工复核原拒绝决定。',
    SUPPLEMENT_REQUIRED: '待申请人更正或补充材料。',
    ENHANCED_REVIEW: '核查发现的问题正在人工审核。',
    SCORING: '正在评分。',
    FIELD_INVESTIGATION: '正在安排实地调查。',
    REVIEW_SINGLE: '正在由审批人审批。',
    REVIEW_COMMITTEE: '正在由贷审会审议。',
    OFFERED: '已出具贷款方案，待申请人答复。',
    CONTRACTING: '合同待签署。',
    COMPLETED: '合同已签署；放款与还款情况见提款和贷款状态。',
    REJECTED: '申请未获批准。',
    CANCELLED: '申请人已撤回申请或未接受贷款方案。',
    EXPIRED: '贷款方案逾期未答复或合同逾期未签署。',
  }),
  drawdown: inBoth(DRAWDOWN_STATUSES, {
    RECHECKING: '放款前复核中。',
    AUTHORISING: '付款待授权。',
    REQUESTED: '已发起放款，银行尚未反馈结果。',
    HELD: '付款暂缓，由人工决定是否放款。',
    PAID: '已放款，贷款成立。',
    REJECTED: '不予放款。',
    CANCELLED: '申请人在放款指令发出前放弃提款，合同失效。',
    EXPIRED: '付款未在期限内获得授权，合同失效。',
    RETURNED: '款项已被银行退回，贷款不成立。',
  }),
  guarantee: inBoth(GUARANTEE_STATUS_MEANINGS, {
    claimed: '已向保证人主张保证责任。',
    live: '贷款逾期达到规定天数后，可向保证人主张保证责任。',
    compensated: '保证人已按主张的金额代偿，并可向借款人追偿。',
    transferred: '保证债权已随主债权转让。',
    released: '主债务已结清，保证责任解除。',
    lapsed: '保证期间已届满（G-EC-04）。',
  }),
  loan: inBoth(LOAN_STATUSES, {
    ACTIVE: '还款中。',
    OVERDUE: '已逾期。',
    ACCELERATED: '已宣布提前到期，全部欠款应立即偿还。',
    LEGAL: '已进入司法程序。',
    WRITTEN_OFF: '贷款人已核销（账销案存），仍须偿还。',
    SETTLED: '贷款已结清。',
    CLOSED: '贷款已结清，档案已关闭，仅作留存。',
    RETURNED: '款项已被银行退回贷款人，贷款不成立，自始无欠款。',
    TRANSFERRED: '贷款人已转让债权，欠款应向受让人偿还。',
  }),
  instalment: inBoth(INSTALMENT_STATUSES, {
    upcoming: '未到期。',
    due: '今日到期。',
    overdue: '已逾期。',
    paid: '已还清。',
    transferred: '未还部分应向债权受让人偿还。',
  }),
  payout: inBoth(PAYOUT_STATUSES, {
    RESERVED: '额度已占用，尚未通知银行。',
    INSTRUCTED: '已向银行发出付款指令。',
    UNKNOWN: '已通知银行但未得到最终结果，正在查询。',
    PAID: '银行已付款。',
    FAILED: '银行拒绝付款或未通过贷款人检查，未付款。',
    RETURNED: '款项已被银行退回。',
  }),
  task: inBoth(TASK_STATUSES, {
    open: '待处理。',
    decided: '已审批。',
    applied: '决定已执行。',
    closed: '未审批即关闭（事项已另行处理）。',
  }),
  verification: inBoth(VERIFICATION_STATUSES, {
    in_progress: '正在查询数据源。',
    completed: '已有结果。',
  }),
  score: inBoth(SCORE_STATUSES, { requested: '正在评分。', failed: '无法给出评分。' }),
  accountChange: inBoth(ACCOUNT_CHANGE_STATUSES, {
    open: '补充协议待签署。',
    signed: '各方均已签署补充协议。',
    void: '已失效：已另行提供账户或贷款已终止。',
  }),
  facility: inBoth(FACILITY_STATUSES, {
    ACTIVE: '可以放款。',
    FROZEN: '已冻结，风险部门解除之前不予放款。',
  }),
  product: inBoth(PRODUCT_STATUSES, {
    open: '受理申请。',
    closed: '暂不受理申请。',
  }),
} as const satisfies Readonly<Record<string, Readonly<Record<string, Text>>>>;
