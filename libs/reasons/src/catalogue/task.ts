import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** A ground on which two persons decide what a service must not; it stays with the lender. */
const ground = <E extends string, Z extends string>(en: E, zh: Z) => ({ use: ['task'], staff: { en, zh }, told: null }) as const satisfies ReasonEntry;

/** What people may give as the reason of a decision about a task of two persons (R-UW-05, R-DB-02). */
export const TASK_REASONS = {
  BANK_STATEMENT_SEEN: ground('The bank’s statement was read and shows it.', '已查阅银行对账单，与之相符。'),
  BANK_CONFIRMED: ground('The bank has confirmed it in writing.', '银行已书面确认。'),
  BANK_SHOWS_OTHERWISE: ground('The bank’s statement shows another amount, or no such transfer.', '银行对账单显示金额不同，或无该笔转账。'),
  TOLD_BY_MISTAKE: ground('Whoever told of the transfer has taken it back.', '报送方已撤回该笔转账信息。'),
  SAMPLE_CONFIRMED: ground('A person would have approved it too.', '人工复核亦会批准。'),
  SAMPLE_CASH_FLOW: ground('A person sees a cash flow that does not carry the loan.', '人工复核认为现金流不足以支撑该笔贷款。'),
  SAMPLE_FINDING_MISSED: ground('A finding was there that the engine did not weigh.', '存在系统未予考量的疑点。'),
  SAMPLE_DATA_WRONG: ground('The engine has decided on wrong or missing data.', '系统依据了错误或缺失的数据。'),
  SAMPLE_OTHER: ground('A person would have refused for another ground, which the comment names.', '人工复核因其他原因不会批准，见复核意见。'),
  ALL_MEANS_USED: ground('Every means that the contract and the law give was used, without success.', '已穷尽合同及法律规定的追偿手段，仍未收回。'),
  COURT_ENDED_IT: ground(
    'A court has ended the bankruptcy or the enforcement, and the claim is not satisfied.',
    '法院已终结破产程序或执行程序，债权未获清偿。',
  ),
  PRICE_IS_FAIR: ground(
    'The price is at least what the lender would get for the claim itself, as the file shows.',
    '材料表明转让价格不低于自行清收的预期回收。',
  ),
  BUYER_IN_ORDER: ground('The buyer may buy such claims, and can pay.', '受让人具备受让资格和付款能力。'),
  PRICE_TOO_LOW: ground('More can be expected for the claim than the price.', '转让价格低于预期回收。'),
  BUYER_NOT_IN_ORDER: ground('The buyer may not buy such claims, or it is not shown that it can pay.', '受让人不具备受让资格，或付款能力未获证明。'),
  MEANS_LEFT: ground('There are means left to get the money.', '仍有可用的追偿手段。'),
  FILE_INCOMPLETE: ground('The file does not show what it has to.', '材料不足以证明。'),
  RECORD_RESTORED: ground('The record was restored as it was stored, and compared.', '记录已按原存储内容恢复并核对。'),
  REFUSAL_EXPLAINED: ground('What led to the refusal is explained, with evidence.', '导致拒绝的情况已有说明并附证明。'),
  REFUSAL_CAUSE_MENDED: ground('What led to the refusal is put right.', '导致拒绝的原因已消除。'),
  REFUSED_ON_WRONG_DATA: ground('The refusal rested on data that was wrong.', '此前的拒绝依据了错误的数据。'),
  EVIDENCE_SEEN: ground('The documents were read and show it.', '已查阅证明文件，与之相符。'),
  EVIDENCE_LACKING: ground('The documents do not show it.', '证明文件不足以证明。'),
  PAYMENT_IN_ORDER: ground('Amount, payee and contract are as they were approved.', '金额、收款人和合同与审批一致。'),
  PAYMENT_NOT_IN_ORDER: ground('Amount, payee or contract are not as they were approved.', '金额、收款人或合同与审批不一致。'),
  WARNING_SEEN: ground('A warning of the firm was seen, and no more is paid to it before it is cleared up.', '发现该企业的预警信号，查清之前不再放款。'),
  FUNDS_MISUSED: ground('Money was not used for what it was lent for.', '贷款资金未按约定用途使用。'),
  WARNING_FALSE: ground('The warning was looked into, and was a false alarm.', '经核查，该预警为误报。'),
  WARNING_CAUSE_MENDED: ground('What led to the warning is put right, as documents show.', '预警原因已消除，并有证明文件。'),
  CONDITIONS_MET: ground('All conditions of the change are met.', '变更的各项条件均已满足。'),
  BORROWER_PAYS: ground('The borrower pays, or gives other security.', '借款人正在还款，或已提供其他担保。'),
  NOTHING_AT_GUARANTOR: ground('Nothing can be had from the guarantor, and to ask would cost more.', '保证人无可供追偿的财产，追偿成本高于可得。'),
  BOOKS_SHOW_OTHERWISE: ground('The books say otherwise than what was reported.', '账务记录与报送内容不一致。'),
  REPORT_IS_RIGHT: {
    use: ['task'],
    staff: { en: 'What was reported is what the books and the papers show.', zh: '报送内容与账务记录及证明文件一致。' },
    told: { en: 'What was reported agrees with the records of the loan.', zh: '报送内容与贷款记录一致。' },
  },
  DISPUTE_WITHOUT_PROOF: {
    use: ['task'],
    staff: { en: 'Nothing shows what the person says, and the books show otherwise.', zh: '无材料证明异议所述，且账务记录与之不符。' },
    told: { en: 'Nothing was found that shows what you say; you may send papers that do.', zh: '未发现能够证明您所述情况的记录，您可以补充证明材料。' },
  },
  CONDITIONS_NOT_MET: ground('A condition of the change is not met.', '变更的条件未全部满足。'),
} as const satisfies ReasonEntries;
