import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

const refused = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['renewal'], staff: { en, zh }, told: 'as-staff' }) as const satisfies ReasonEntry;

/** Why a loan is not renewed (G-CL-15). */
export const RENEWAL_REASONS = {
  RENEWAL_TOO_EARLY: refused('The loan matures too late for a renewal to be asked for now.', '距贷款到期日尚早，暂不能申请续贷。'),
  RENEWAL_AFTER_MATURITY: refused('The loan had matured before the new contract was signed.', '续贷合同签署时，原贷款已到期。'),
  RENEWAL_IN_ARREARS: refused('Something of the loan that was due is not paid.', '原贷款有到期未还的款项。'),
  RENEWAL_INTEREST_UNPAID: refused(
    'What the loan owes beside the renewed principal was not paid when the contract was signed.',
    '签署续贷合同时，原贷款的利息以及不予续贷的本金尚未付清。',
  ),
  RENEWAL_LOAN_NOT_ACTIVE: refused('The loan is repaid, called in, in court or written off.', '原贷款已结清、已提前到期、已进入司法程序或已核销。'),
  RENEWAL_AMOUNT_TOO_HIGH: refused('More was asked for than the loan still owes of principal.', '申请金额超过原贷款的剩余本金。'),
  RENEWAL_NOT_OFFERED: refused('Loans are not renewed by the rules in force.', '现行规则不提供续贷。'),
  RENEWAL_LOAN_NOT_NORMAL: {
    use: ['renewal'],
    staff: { en: 'The loan is not in the class normal, so that its renewal does not qualify.', zh: '原贷款分类不是正常类，不符合续贷条件。' },
    told: 'CREDIT_ASSESSMENT',
  },
} as const satisfies ReasonEntries;
