import type { Text } from '../language.js';

/** What happened, as the timeline of an application and its loan says it: made of amounts, days and numbers alone, so that it names nobody. */
export const TIMELINE = {
  submitted: { en: 'The firm applied for {amount} yuan over {months} months.', zh: '企业申请贷款 {amount} 元，期限 {months} 个月。' },
  checksBegan: { en: 'The checks of the firm and its people began.', zh: '开始核查企业及相关人员。' },
  scored: { en: 'The checks are done; the firm is being scored.', zh: '核查完成，正在评分。' },
  scoredAgain: {
    en: 'The firm is scored once more, to watch the model only; the decision stands.',
    zh: '为监测模型对企业再次评分，原审批结果不变。',
  },
  reviewed: { en: 'A person looks at the application.', zh: '申请正在人工审核。' },
  letGoOn: { en: 'A person looked at the application and let it go on.', zh: '人工审核通过，申请继续办理。' },
  declinedByPerson: { en: 'A person looked at the application and declined it.', zh: '人工审核未通过。' },
  approved: { en: 'The loan was approved: {amount} yuan.', zh: '贷款已获批准：{amount} 元。' },
  declined: { en: 'The application was declined.', zh: '申请未获批准。' },
  offered: { en: 'An offer of {amount} yuan over {months} months was made.', zh: '已出具贷款方案：{amount} 元，期限 {months} 个月。' },
  accepted: { en: 'The offer was accepted.', zh: '贷款方案已被接受。' },
  contractDrawnUp: { en: 'The contract was drawn up and can be signed.', zh: '合同已生成，可以签署。' },
  contractSigned: { en: 'All parties have signed the contract.', zh: '各方均已签署合同。' },
  accountChanged: { en: 'All parties have signed that the money goes to another account.', zh: '各方均已签署变更收款账户的补充协议。' },
  paymentOrdered: { en: 'The payment of {amount} yuan was ordered.', zh: '已发起放款：{amount} 元。' },
  paidOut: { en: 'The money is out: {amount} yuan.', zh: '已放款：{amount} 元。' },
  ended: { en: 'The application has come to its end: the loan is repaid.', zh: '贷款已还清，申请办结。' },
  offerLapsed: { en: 'The offer was not answered in time.', zh: '贷款方案逾期未答复，已失效。' },
  contractLapsed: { en: 'The contract was not signed in time.', zh: '合同逾期未签署，已失效。' },
  lapsed: { en: 'An answer that was due did not come in time.', zh: '未在规定期限内收到答复。' },
  withdrawn: { en: 'The application was withdrawn.', zh: '申请已撤回。' },
  booked: {
    en: 'The loan account was opened: {instalments} instalments, the first due on {day}.',
    zh: '贷款账户已开立：共 {instalments} 期，首期应还日为 {day}。',
  },
  repaid: { en: '{amount} yuan came in; {outstanding} yuan of principal are left.', zh: '收到还款 {amount} 元；剩余本金 {outstanding} 元。' },
  takenBack: { en: 'The bank took {amount} yuan back; {outstanding} yuan of principal are owed.', zh: '银行退回还款 {amount} 元；剩余本金 {outstanding} 元。' },
  owedAgain: { en: 'The loan is owed again, as the bank took money back.', zh: '因银行退回还款，贷款恢复为未结清。' },
  overdue: { en: 'The loan is overdue: what was due was not paid by the end of its day.', zh: '贷款已逾期：到期款项未按时偿还。' },
  caughtUp: { en: 'What was late is paid; the loan goes on as agreed.', zh: '逾期款项已还清，贷款恢复正常还款。' },
  settled: { en: 'Nothing is owed any more.', zh: '贷款已结清。' },
} as const satisfies Readonly<Record<string, Text>>;
