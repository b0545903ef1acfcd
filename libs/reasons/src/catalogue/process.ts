import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** A refusal of a payment, for the payment officer; the applicant hears of it from a person. */
const refusedPayment = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['payout'], staff: { en, zh }, told: 'MANUAL_CHECK' }) as const satisfies ReasonEntry;
/** Why an account was not debited, for staff. */
const refusedDebit = <E extends string, Z extends string>(en: E, zh: Z) => ({ use: ['debit'], staff: { en, zh }, told: null }) as const satisfies ReasonEntry;
/** Why somebody was not written to, for staff. */
const unsentNotice = <E extends string, Z extends string>(en: E, zh: Z) => ({ use: ['notice'], staff: { en, zh }, told: null }) as const satisfies ReasonEntry;
/** A reason in the history that nobody is told. */
const step = <E extends string, Z extends string>(en: E, zh: Z) => ({ use: ['step'], staff: { en, zh }, told: null }) as const satisfies ReasonEntry;
/** What an applicant may say when it withdraws. */
const withdrawal = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['withdrawal'], staff: { en, zh }, told: 'as-staff' }) as const satisfies ReasonEntry;

/** Told in place of reasons of which no more may be said, the same for all of them (R-LG-02, G-AM-03). */
export const NEUTRAL_REASONS = {
  APPLICATION_NOT_PROCESSED: {
    use: ['neutral', 'routing'],
    staff: { en: 'The application cannot be processed.', zh: '该申请无法办理。' },
    told: { en: 'The application cannot be processed.', zh: '很抱歉，您的申请无法办理。' },
  },
  MANUAL_CHECK: {
    use: ['neutral'],
    staff: { en: 'A person looks at the application.', zh: '申请正在人工审核。' },
    told: { en: 'A person looks at the application.', zh: '您的申请正在人工审核中。' },
  },
  CREDIT_INFORMATION: {
    use: ['neutral'],
    staff: {
      en: 'Credit information that was asked for with consent counts here; the firm is told about it by the lender itself.',
      zh: '经授权查询的信用信息对此有影响；由贷款人直接告知企业。',
    },
    told: {
      en: 'Credit information that was asked for with consent counts here; the firm is told about it by the lender itself.',
      zh: '经您授权查询的信用信息对此有影响；具体内容由贷款人直接告知您。',
    },
  },
  CREDIT_ASSESSMENT: {
    use: ['neutral'],
    staff: { en: 'The overall credit assessment of the firm counts here.', zh: '企业的综合信用评估对此有影响。' },
    told: { en: 'The overall credit assessment of the firm counts here.', zh: '该结果基于对贵企业的综合信用评估。' },
  },
  AMOUNT_REDUCED: {
    use: ['neutral'],
    staff: { en: 'Less is granted than was asked for: the firm’s figures carry no more.', zh: '批准金额低于申请金额：以企业目前的经营数据，仅能支持该额度。' },
    told: {
      en: 'Less is granted than was asked for: the firm’s figures carry no more.',
      zh: '批准金额低于您申请的金额：以贵企业目前的经营数据，仅能支持该额度。',
    },
  },
  DECLINED_BY_PERSON: {
    use: ['neutral'],
    staff: { en: 'A person has looked at the application and declined it.', zh: '申请经人工审核，未获通过。' },
    told: { en: 'A person has looked at the application and declined it.', zh: '很抱歉，您的申请经人工审核未获通过。' },
  },
} as const satisfies ReasonEntries;

/** Deadlines that pass, payments that are refused, and steps whose reason is a matter of course (M-AP-03, R-DB-01). */
export const PROCESS_REASONS = {
  VERIFICATION_TIMED_OUT: {
    use: ['deadline'],
    staff: { en: 'The checks could not be finished in time, so a person looks at the application.', zh: '核查未能按时完成，转人工审核。' },
    told: {
      en: 'The checks could not be finished in time, so a person looks at the application.',
      zh: '核查未能按时完成，您的申请已转人工审核。',
    },
  },
  DISPUTE_DAYS_OVER: {
    use: ['deadline'],
    staff: { en: 'The days in which a dispute has to be answered are over.', zh: '异议答复期限已过。' },
    told: { en: 'The days in which your dispute has to be answered are over; the answer follows.', zh: '您的异议答复期限已过，贷款人将尽快答复。' },
  },
  APPEAL_OVERDUE: {
    use: ['deadline'],
    staff: { en: 'Nobody has decided the appeal in time.', zh: '申诉未在规定期限内处理。' },
    told: { en: 'Your appeal takes longer than it should; a person decides it.', zh: '您的申诉处理超时，将由工作人员尽快作出决定。' },
  },
  SUPPLEMENT_OVERDUE: {
    use: ['deadline'],
    staff: { en: 'The applicant did not answer in time what it was asked.', zh: '申请人未在规定期限内更正或补充材料。' },
    told: { en: 'What you were asked for did not come in time.', zh: '您未在规定期限内更正或补充材料。' },
  },
  DOCUMENT_NEEDED: {
    use: ['supplement'],
    staff: { en: 'A document has to show what was declared.', zh: '需提供证明所申报内容的材料。' },
    told: { en: 'Please send a document that shows what you have declared.', zh: '请提供能够证明所申报内容的材料。' },
  },
  DECLARATION_UNCLEAR: {
    use: ['supplement'],
    staff: { en: 'What was declared is unclear or incomplete.', zh: '所申报的内容不明确或不完整。' },
    told: { en: 'What you have declared is unclear or incomplete; please correct it.', zh: '您所申报的内容不明确或不完整，请更正。' },
  },
  SCORING_TIMED_OUT: {
    use: ['deadline'],
    staff: { en: 'No score came in time, so a person looks at the application.', zh: '评分未能按时完成，转人工审核。' },
    told: {
      en: 'The assessment could not be finished in time, so a person looks at the application.',
      zh: '评估未能按时完成，您的申请已转人工审核。',
    },
  },
  RECHECKED: step('Nothing that was looked at again before the payment speaks against it.', '放款前复核未发现不利情况。'),
  ANSWERS_TOO_OLD: step('Answers of outside sources are too old, and are asked for again before the payment.', '外部数据已过时效，放款前重新查询。'),
  SCORE_TOO_OLD: step('The score is too old, and is made anew before the payment.', '评分已过有效期，放款前重新评分。'),
  RECHECK_FAILED: step('What was looked at again before the payment speaks against it.', '放款前复核发现不利情况。'),
  AUTHORISATION_NEEDED: step('The payment is above what is ordered without people.', '付款金额超过自动放款限额，须双人授权。'),
  AUTHORISATION_EXPIRED: step('The payment was not authorised in time.', '付款未在期限内获得授权。'),
  REVIEW_OVERDUE: step('A person has not decided in time.', '人工审核超过时限。'),
  DRAFT_IDLE: step('Nobody has touched the draft for too long.', '草稿长期未操作。'),
  OFFER_EXPIRED: step('The offer was not answered in time.', '贷款方案逾期未答复。'),
  CONTRACT_EXPIRED: step('The contract was not signed in time.', '合同逾期未签署。'),

  PAYMENT_NOT_EXECUTED: refusedPayment('The bank has not carried the payment out, as two persons have learnt there.', '经两人向银行核实，该笔付款未执行。'),
  FACILITY_FROZEN: refusedPayment('Nothing is paid to the firm before a risk officer says so.', '该企业授信已冻结，风险部门解除之前不予放款。'),
  ACCOUNT_FROZEN: refusedPayment('The bank says that the account is frozen.', '银行反馈：收款账户已冻结。'),
  ACCOUNT_NOT_FOUND: refusedPayment('The bank does not know the account.', '银行反馈：收款账户不存在。'),
  BANK_REFUSED: refusedPayment('The bank refuses the payment and names no reason.', '银行拒绝付款，未说明原因。'),
  NAME_MISMATCH: refusedPayment('The bank says that the account is held under another name.', '银行反馈：收款户名不符。'),
  PAYEE_ACCOUNT_NOT_FOUND: refusedPayment('The bank, asked for the holder, does not know the account.', '核验户名时，银行反馈账户不存在。'),
  PAYEE_NAME_MISMATCH: refusedPayment('The bank, asked for the holder, names another one.', '核验户名时，银行反馈户名不符。'),
  PAYEE_NOT_BORROWER: refusedPayment('The account is not held by the borrower.', '收款账户户名不是借款人。'),
  PAYEE_NOT_VERIFIABLE: refusedPayment('The bank cannot say whose account it is.', '银行无法核验收款账户户名。'),
  PAYEE_UNKNOWN: refusedPayment('There is no record of the account that was named.', '所指定的收款账户没有登记记录。'),
  LIMIT_EXCEEDED: refusedPayment('The payment would exceed what may be lent to the borrower.', '付款将超过对该借款人的可用额度。'),
  COMPLIANCE_REJECTED: {
    use: ['payout'],
    staff: { en: 'The bank refuses the payment for compliance.', zh: '银行因合规原因拒绝付款。' },
    told: 'MANUAL_CHECK',
    restricted: true,
  },

  INSUFFICIENT_FUNDS: refusedDebit('The account has not enough on it.', '账户余额不足。'),
  ACCOUNT_CLOSED: refusedDebit('The account is closed.', '账户已销户。'),
  MANDATE_MISSING: refusedDebit('The bank knows no mandate for the account.', '银行没有该账户的扣款授权。'),
  DEBIT_NOT_SENT_IN_TIME: refusedDebit(
    'The bank had not seen the debit by the end of its day, so it is not sent any more.',
    '扣款日结束时银行仍未收到扣款指令，不再发送。',
  ),
  DEBIT_ACCOUNT_UNKNOWN: refusedDebit('There is no trusted record of the account that the loan was paid to.', '没有可信的放款账户登记记录。'),
  DEBIT_LOAN_RETURNED: refusedDebit('The bank has sent the payout of the loan back, so that nothing is owed.', '放款已被银行退回，贷款不成立，无需扣款。'),
  DEBIT_RECEIVER_UNKNOWN: refusedDebit('No account of the lender is set that the money could come in on.', '未设置贷款人的收款账户。'),

  REFUND_SHOWN_ALREADY: {
    use: ['refund'],
    staff: {
      en: 'The bank’s statement shows that an earlier refund of this money was sent, although the bank had refused it.',
      zh: '银行流水显示该款项此前的退款已汇出，尽管银行曾答复拒绝。',
    },
    told: null,
  },
  REFUND_ACCOUNT_UNKNOWN: {
    use: ['refund'],
    staff: { en: 'The bank has shown no account that the money could go back to.', zh: '银行流水未显示可供退款的付款账户。' },
    told: null,
  },
  NOTICE_TOO_LATE: unsentNotice('Its time was over before it could be sent.', '发送时限已过，不再发送。'),
  NOTICE_WITHOUT_CAUSE: unsentNotice('What it tells of was paid before it could be sent.', '发送之前款项已经归还，不再发送。'),
  NOTICE_DAILY_LIMIT: unsentNotice('The party was spoken to as often as a day allows.', '该联系对象当日联系次数已达上限。'),
  PARTY_REFUSED: unsentNotice('The provider refuses it without a reason that we know.', '服务方拒绝办理，未说明可识别的原因。'),
  REPORT_WITHOUT_NOTICE: unsentNotice(
    'The borrower was not told before that arrears would be reported to the credit bureau.',
    '报送不良信息前未事先告知借款人。',
  ),
  REPORT_BEFORE_ITS_DAY: unsentNotice('The notice before the report was served too short a time ago.', '事先告知送达后的期限未满。'),
  SUBJECT_UNKNOWN: unsentNotice('The provider knows nobody by this reference.', '服务方查无此联系对象。'),

  MORE_THAN_OWED: {
    use: ['held'],
    staff: { en: 'More came in than is owed; the rest waits until a person has looked.', zh: '来款超过应还总额，超出部分待人工处理。' },
    told: { en: 'More came in than is owed; the rest waits until a person has looked.', zh: '您的还款超过应还总额，超出部分待人工处理。' },
  },

  APPLICANT_WITHDREW: withdrawal('The applicant withdrew the application.', '申请人撤回申请。'),
  CHANGED_MIND: withdrawal('The applicant no longer wants the loan.', '申请人不再需要贷款。'),
  RATE_TOO_HIGH: withdrawal('The rate is too high for the applicant.', '申请人认为利率过高。'),
  GUARANTOR_REFUSED: withdrawal('A guarantor does not sign.', '保证人未签署保证合同。'),
  CONSENT_REVOKED: withdrawal('A consent that the loan needs was withdrawn.', '申请所需的授权已撤回。'),
  OFFER_DECLINED: withdrawal('The applicant declined the offer.', '申请人未接受贷款方案。'),

  DUE: step('Something falls due.', '款项到期。'),
  RETURNED: step('Two persons give money in suspense back to its payer.', '经双人确认，待查款项退回付款人。'),
  FILLED_IN: step('The applicant fills the application in.', '申请人填写申请。'),
  SUBMITTED: step('The application was submitted.', '申请已提交。'),
  APPROVED_BY_ENGINE: step('The approval matrix approved it without a person.', '由审批矩阵自动批准。'),
  REJECT_INFERENCE: step('It is scored once more to watch the model; the decision stands.', '为监测模型再次评分；原决定不变。'),
  KNOWN_ALREADY: step('The same was told before; nothing came of it.', '该结果此前已告知，不产生影响。'),
  CORRECTED_ON_FILE: step('The applicant has had what it declared corrected.', '申请人已更正其申报的信息。'),
  SUPPLEMENTED: step('The applicant has answered what it was asked.', '申请人已更正或补充材料。'),
  ASKED_BY_PERSON: step('A person has asked the applicant to correct or add something.', '工作人员请申请人更正或补充材料。'),
  OVERTAKEN: step('An answer of a round that another one has followed; nothing came of it.', '该结果所属轮次已被后续轮次取代，不产生影响。'),
  COST_SHEET_SHOWN: step('The applicant has seen the cost sheet.', '已向申请人展示综合融资成本清单。'),
  ACCEPTED: step('The applicant accepted the offer.', '申请人已接受贷款方案。'),
  SIGNED: step('All parties have signed.', '各方均已签署。'),
  ADDENDUM_SIGNED: step('All parties have signed the addendum.', '各方均已签署补充协议。'),
  PAID: step('The bank has paid the loan out.', '银行已放款。'),
  PAYOUT_RETURNED: step('The bank sent the payout back to the lender.', '放款被银行退回贷款人。'),
  MONEY_TAKEN_BACK: step('The bank took back money that had settled the loan.', '银行退回了结清贷款的款项。'),
  DUE_DATE_MISSED: step('What was due was not paid by the end of its day.', '到期款项未按时偿还。'),
  ACCELERATED: step('Two persons have agreed that the loan is called in; notice was served.', '经两人审核同意宣布提前到期，通知已送达。'),
  IN_COURT: step('A court has the loan.', '贷款已进入司法程序。'),
  CASE_CLOSED: step('A case in court about the loan is over.', '该笔贷款的一宗案件已结束。'),
  CASE_WITHDRAWN: step('The last case in court about the loan was withdrawn.', '该笔贷款的最后一宗案件已撤回。'),
  GUARANTOR_CLAIMED: step('Two persons have agreed that a guarantor is asked to pay.', '经两人审核同意向保证人主张保证责任。'),
  GUARANTOR_PAID: step('A guarantor who was asked has paid of the loan, and can ask the borrower for it.', '保证人已代偿，并取得对借款人的追偿权。'),
  WRITTEN_OFF: step('A committee has taken the loan out of the books; the claim stays.', '经委员会决定核销，债权保留（账销案存）。'),
  CLAIM_TRANSFERRED: step('A committee has had the claim sold; it is its buyer’s.', '经委员会决定转让债权，债权归受让人所有。'),
  ARREARS_CLEARED: step('All that was late is paid.', '逾期款项已全部还清。'),
  RENEWAL_ELIGIBLE: step('The books say that the loan may be renewed.', '经核对账目，该笔贷款可以续贷。'),
  RENEWED: step('The loan was repaid with the one that renews it; no money moved.', '以新贷款结清原贷款（无还本续贷），无资金划转。'),
  FILE_CLOSED: step('The days after the settlement are over: the file is closed and kept.', '结清后的观察期已满，档案关闭留存。'),
  SETTLED: step('The loan is repaid.', '贷款已结清。'),
} as const satisfies ReasonEntries;
