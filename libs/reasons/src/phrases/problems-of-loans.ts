import type { Text } from '../language.js';

/** Titles and details of problems about what is asked of a loan, and about committees that decide it. */
export const PROBLEMS_OF_LOANS: readonly Text[] = [
  { en: 'The loan is {status}, which does not allow this.', zh: '贷款状态为 {status}，不允许此操作。' },
  { en: 'docs/loan-process.md says what is possible in which status. Nothing was changed.', zh: '各状态下可进行的操作见 docs/loan-process.md。未作任何更改。' },
  { en: 'There is less in the reserve than is to be taken from it.', zh: '准备金余额不足以支付该笔损失。' },
  { en: 'It has {balanceMinor} fen of this currency. Nothing was changed.', zh: '该币种的准备金余额为 {balanceMinor} 分。未作任何变更。' },
  { en: 'The reserve was asked to bear this loss already.', zh: '已申请用准备金弥补该笔损失。' },
  { en: 'Look at the requests of the event; another loss has a reference of its own.', zh: '请查看该事件的申请记录；其他损失请使用各自的编号。' },
  { en: 'The loan is not in the class LOSS.', zh: '该笔贷款的风险分类不是损失类。' },
  {
    en: 'It is in {class}. What was not set aside in full is not written off. Nothing was changed.',
    zh: '当前分类为 {class}。未足额计提准备的贷款不得核销。未作任何更改。',
  },
  { en: 'The notice was not served on that day.', zh: '通知不可能在该日送达。' },
  {
    en: 'It is served between the payout on {disbursedOn} and today, {today}. Nothing was changed.',
    zh: '送达日应在放款日 {disbursedOn} 至今日 {today} 之间。未作任何更改。',
  },
  { en: 'The loan is not late enough to be called in for it.', zh: '逾期天数不足，不能据此宣布提前到期。' },
  { en: 'It is {dpd} days past due; more than {needed} are needed. Nothing was changed.', zh: '已逾期 {dpd} 天，须超过 {needed} 天。未作任何更改。' },
  { en: 'It cannot have been on that day.', zh: '该事项不可能发生在该日。' },
  {
    en: 'It lies between the payout on {disbursedOn} and today, {today}. Nothing was changed.',
    zh: '日期应在放款日 {disbursedOn} 至今日 {today} 之间。未作任何更改。',
  },
  { en: 'The lender has no court that takes cases in electronically.', zh: '贷款人未接入可网上立案的法院。' },
  { en: 'File it by hand, and record it with the court’s own name of the case. Nothing was changed.', zh: '请线下立案后填写法院案号登记。未作任何更改。' },
  { en: 'The court names a case itself once it has taken it up.', zh: '案号由法院立案后给出。' },
  { en: 'Leave courtReference out of what is to be filed electronically. Nothing was changed.', zh: '网上立案请勿填写 courtReference。未作任何更改。' },
  { en: 'The claim cannot be enforced any more.', zh: '该债权已过诉讼时效。' },
  {
    en: 'The limitation ended on {day}. A demand that was served before begins it anew: record it first. Nothing was changed.',
    zh: '诉讼时效已于 {day} 届满。此前送达的催收可使时效重新起算，请先登记。未作任何更改。',
  },
  { en: 'The committee does not vote on this.', zh: '委员会不就此表决。' },
  { en: 'You have asked for this, so you may not decide it.', zh: '该事项由您申请，您不得参与决定。' },
  { en: 'You have spoken already; a vote is not changed.', zh: '您已表决，表决不得更改。' },
  { en: 'All members of the committee have spoken.', zh: '委员会成员均已表决。' },
  { en: 'The question has fallen away.', zh: '该事项已无需决定。' },
  { en: 'The vote cannot be concluded yet.', zh: '目前尚不能结束表决。' },
];
