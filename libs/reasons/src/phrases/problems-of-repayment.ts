import type { Text } from '../language.js';

/** Titles and details of problems about money that comes in. */
export const PROBLEMS_OF_REPAYMENT: readonly Text[] = [
  { en: 'The amount is negative.', zh: '金额为负数。' },
  { en: 'Send the positive amount that came in; money sent back is no repayment.', zh: '请发送实际到账的正数金额；退回的款项不是还款。' },
  { en: 'The amount is not a whole number of fen.', zh: '金额不是以分为单位的整数。' },
  { en: 'Send a whole number without decimals or leading zeros.', zh: '请发送不含小数和前导零的整数。' },
  { en: 'The amount is zero.', zh: '金额为零。' },
  { en: 'Send the amount that came in.', zh: '请发送实际到账的金额。' },
  { en: 'The loan cannot hold this much money.', zh: '该金额超出贷款账户可记载的范围。' },
  { en: 'Check the amount: it is in fen, not in yuan.', zh: '请检查金额：单位为分，不是元。' },
  { en: 'The loan is in another currency.', zh: '贷款为其他币种。' },
  { en: 'The money has not been received yet.', zh: '款项尚未到账。' },
  { en: 'Today is {today} in Shanghai, where the books are kept.', zh: '账务以上海时间为准，今日为 {today}。' },
  { en: 'The money came before the loan was paid out.', zh: '到账日期早于放款日期。' },
  { en: 'The loan was paid out on {day}.', zh: '贷款于 {day} 放款。' },
  { en: 'The claim was sold.', zh: '债权已转让。' },
  {
    en: 'It is that of {name} since {day}. Money for it is paid on to the buyer, or sent back.',
    zh: '该债权自 {day} 起归 {name} 所有。相关款项应转付受让人或者退回。',
  },
  { en: 'The claim of this loan was sold.', zh: '该笔贷款的债权已转让。' },
  {
    en: 'It is that of {name} since {day}, as it stood then. Nothing was changed.',
    zh: '该债权自 {day} 起按当时状况归 {name} 所有。未作任何更改。',
  },
  { en: 'The loan is void.', zh: '贷款不成立。' },
  { en: 'The bank sent its payout back on {day}: nothing was ever owed of it.', zh: '放款已于 {day} 被银行退回，贷款自始无欠款。' },
  { en: 'The bank has shown this transfer, and the lender keeps it or has sent it back.', zh: '该笔转账已在银行流水中列示，现由贷款机构挂账或已退回。' },
  {
    en: 'It named no loan that could take it. Tell the lender which loan it is for; two persons decide. Nothing was changed.',
    zh: '该款项未指明可入账的贷款。请告知贷款机构所属贷款，由两人决定。未作任何更改。',
  },
  { en: 'It was asked already to take this repayment back.', zh: '该笔还款已有冲正申请。' },
  { en: 'The request is {id}; ask for it to see how it stands. Nothing was changed.', zh: '申请编号为 {id}，可查询其状态。未作任何更改。' },
  { en: 'The bank’s statement shows this money: it was not told wrongly.', zh: '该笔款项已在银行流水中列示，不属于误报。' },
  {
    en: 'Say booked_wrongly where the bank still has it for another loan or payer, bounced or recalled where the bank took it back. Nothing was changed.',
    zh: '款项仍在账户内、但属于其他贷款或付款人的，请填 booked_wrongly；银行已收回的，请填 bounced 或 recalled。未作任何更改。',
  },
  { en: 'The bank’s statement does not show this money: there is none to give to another.', zh: '银行流水未列示该笔款项，没有可转给他人的资金。' },
  {
    en: 'Say told_wrongly where it never came; told rightly, it is a new repayment. Nothing was changed.',
    zh: '款项从未到账的，请填 told_wrongly；更正后应作为新的还款提交。未作任何更改。',
  },
  { en: 'This bank reference already names another transfer.', zh: '该银行流水号已用于另一笔转账。' },
  {
    en: 'One transfer is one amount, received on one day, for one loan. Compare it with the bank’s own record. Nothing was changed.',
    zh: '一笔转账对应一个金额、一个到账日和一笔贷款。请与银行记录核对。系统未作任何更改。',
  },
  { en: 'The lender has looked at this transfer and refused it.', zh: '贷款人已核查该笔转账并予以拒绝。' },
  {
    en: 'Compare it with the bank’s record. Told rightly, it is a new repayment with an id of its own; its bank reference may be used again.',
    zh: '请与银行记录核对。更正后应作为新的还款以新的 id 提交；银行流水号可再次使用。',
  },
  { en: 'The contract says nothing of repaying a part before it is due.', zh: '合同未约定部分提前还款。' },
  {
    en: 'Money beyond what is due is held and pays what falls due next; with the whole amount of `payoff` the loan ends at once.',
    zh: '超出到期应还款的款项将暂存，用于偿还下一期；足额支付 `payoff` 所列金额的，贷款随即结清。',
  },
  { en: 'Nothing of the loan can be repaid early any more.', zh: '该笔贷款已不能提前还款。' },
  {
    en: 'It is settled, or all of it is due already. What still comes in is announced as a repayment.',
    zh: '贷款已结清或者已全部到期；后续款项请作为还款申报。',
  },
  { en: 'The contract lets a prepayment change nothing else than it says.', zh: '提前还款只能产生合同约定的效果。' },
  { en: 'Leave the effect out, or send {effect}.', zh: '请省略 effect，或者发送 {effect}。' },
  { en: 'The money was booked too long ago to become a prepayment.', zh: '该款项入账已久，不能再改作提前还款。' },
  {
    en: 'It could have been told until {day}. What is held of it pays what falls due next.',
    zh: '最迟可在 {day} 前提出。其中暂存的部分将用于偿还下一期。',
  },
];
