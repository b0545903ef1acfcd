import type { Text } from './language.js';

/** What each status means to whoever reads an answer, by what it is a status of. What follows what is said by the process tables. */
export const STATUS_MEANINGS = {
  application: {
    CHECKING: { en: 'The firm and its people are being verified.', zh: '正在核查企业及相关人员。' },
    ENHANCED_REVIEW: { en: 'A person looks at what the verification found.', zh: '核查发现的问题正在人工审核。' },
    SCORING: { en: 'The firm is being scored.', zh: '正在评分。' },
    REVIEW_SINGLE: { en: 'A credit approver decides.', zh: '正在由审批人审批。' },
    OFFERED: { en: 'An offer waits for the applicant.', zh: '已出具贷款方案，待申请人答复。' },
    CONTRACTING: { en: 'The contract waits for the signature.', zh: '合同待签署。' },
    DISBURSING: { en: 'The money is being paid out.', zh: '放款中。' },
    DISBURSEMENT_REVIEW: { en: 'The bank has refused the payout; a person decides.', zh: '银行拒绝付款，正在人工处理。' },
    ACTIVE: { en: 'The money is out, and the loan is being repaid.', zh: '已放款，还款中。' },
    SETTLED: { en: 'Nothing is owed any more.', zh: '贷款已结清。' },
    COMPLETED: { en: 'The contract is signed; the drawdown and the loan tell what becomes of the money.', zh: '合同已签署；放款与还款情况见提款和贷款状态。' },
    REJECTED: { en: 'The application was declined.', zh: '申请未获批准。' },
    CANCELLED: { en: 'The applicant has withdrawn, or declined the offer.', zh: '申请人已撤回申请或未接受贷款方案。' },
    EXPIRED: { en: 'The offer or the contract was not answered in time.', zh: '贷款方案逾期未答复或合同逾期未签署。' },
  },
  drawdown: {
    REQUESTED: { en: 'The payment is ordered, and the bank has not said yet what became of it.', zh: '已发起放款，银行尚未反馈结果。' },
    HELD: { en: 'The payment was refused; a person decides whether it is ordered again.', zh: '付款被拒，是否再次放款由人工决定。' },
    PAID: { en: 'The money is out: there is a loan.', zh: '已放款，贷款成立。' },
    REJECTED: { en: 'The money will not be paid.', zh: '不予放款。' },
  },
  loan: {
    ACTIVE: { en: 'The loan is being repaid.', zh: '还款中。' },
    SETTLED: { en: 'Nothing is owed any more.', zh: '贷款已结清。' },
  },
  instalment: {
    upcoming: { en: 'It is not due yet.', zh: '未到期。' },
    due: { en: 'It is due today.', zh: '今日到期。' },
    overdue: { en: 'Its day is past, and something of it is unpaid.', zh: '已逾期。' },
    paid: { en: 'It is paid in full.', zh: '已还清。' },
  },
  payout: {
    RESERVED: { en: 'The limit is taken; the bank knows nothing yet.', zh: '额度已占用，尚未通知银行。' },
    INSTRUCTED: { en: 'The bank was told to pay.', zh: '已向银行发出付款指令。' },
    UNKNOWN: { en: 'The bank was told, and gave no final answer; it is asked again.', zh: '已通知银行但未得到最终结果，正在查询。' },
    PAID: { en: 'The bank has paid.', zh: '银行已付款。' },
    FAILED: { en: 'The bank or the lender’s own check has refused it; nothing was paid.', zh: '银行拒绝付款或未通过贷款人检查，未付款。' },
  },
  task: {
    open: { en: 'It waits for a person.', zh: '待处理。' },
    decided: { en: 'A person has decided.', zh: '已审批。' },
    applied: { en: 'What was decided has been done.', zh: '决定已执行。' },
    closed: { en: 'It was closed without a decision, as what it was about went on otherwise.', zh: '未审批即关闭（事项已另行处理）。' },
  },
  verification: {
    in_progress: { en: 'Sources are being asked.', zh: '正在查询数据源。' },
    completed: { en: 'There is an outcome.', zh: '已有结果。' },
  },
  accountChange: {
    open: { en: 'The addendum waits for the signature.', zh: '补充协议待签署。' },
    signed: { en: 'All parties have signed the addendum.', zh: '各方均已签署补充协议。' },
    void: { en: 'It no longer stands: another account was named, or the loan was ended.', zh: '已失效：已另行提供账户或贷款已终止。' },
  },
  product: {
    open: { en: 'It takes applications.', zh: '受理申请。' },
    closed: { en: 'It takes no applications now.', zh: '暂不受理申请。' },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Text>>>>;
