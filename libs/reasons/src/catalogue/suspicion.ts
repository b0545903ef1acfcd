import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** A signal of fraud or of a list: it stays at kyc-antifraud, and elsewhere a neutral code stands in its place (R-LG-02, G-AM-03). */
const signal = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['finding'], staff: { en, zh }, told: 'APPLICATION_NOT_PROCESSED', restricted: true }) as const satisfies ReasonEntry;

/** Every finding that points at suspicion. None of them is ever told to the applicant, to a partner or to ordinary staff. */
export const SUSPICION_REASONS = {
  APPLICATIONS_REPEATED: signal('The firm applied more than twice within seven days.', '企业七日内申请超过两次。'),
  APPLICATION_BURST: signal('The firm applied more than five times within seven days.', '企业七日内申请超过五次。'),
  COMPLIANCE_STOP: signal('The application cannot be processed.', '该申请无法办理。'),
  DEVICE_RING: signal('Five firms or more applied from one device within 30 days.', '30 日内有五家及以上企业使用同一设备申请。'),
  DEVICE_SHARED: signal('Three firms or more applied from one device within 30 days.', '30 日内有三家及以上企业使用同一设备申请。'),
  DEVICE_TAMPERED: signal('The device runs an emulator or is tampered with.', '设备为模拟器或已被篡改。'),
  FORM_FILLED_BY_MACHINE: signal('The form was filled in faster than a person can.', '表单填写速度超出人工所能。'),
  FORM_FILLED_FAST: signal('The form was filled in unusually fast.', '表单填写速度异常快。'),
  INVOICES_CONTRADICTORY: signal(
    'Lines of the invoice file contradict themselves or each other; a person has to look.',
    '发票文件中有自相矛盾或相互矛盾的行，须人工核查。',
  ),
  LEGAL_REP_CHANGED: signal('The legal representative changed less than 90 days ago.', '法定代表人变更不满 90 日。'),
  LEGAL_REP_JUST_CHANGED: signal('The legal representative changed less than 30 days ago.', '法定代表人变更不满 30 日。'),
  PHONE_RING: signal('Five firms or more applied with one mobile number within 30 days.', '30 日内有五家及以上企业使用同一手机号码申请。'),
  PHONE_SHARED: signal('Three firms or more applied with one mobile number within 30 days.', '30 日内有三家及以上企业使用同一手机号码申请。'),
  RED_LETTERS: signal('More than a fifth of the valid sales invoices are red letters.', '红字发票超过有效销项发票的五分之一。'),
  RED_LETTERS_FEW: signal('Many red letters among few sales invoices.', '销项发票较少而红字发票较多。'),
  RED_LETTERS_HIGH: signal('More than a tenth of the valid sales invoices are red letters.', '红字发票超过有效销项发票的十分之一。'),
  RED_LETTER_AMOUNT: signal('More than a fifth of the sales was taken back by red letters, by amount.', '按金额计，超过五分之一的销售额被红字发票冲回。'),
  RELATED_SALES: signal('More than half of the sales go to related or circular buyers.', '销售额超过一半来自关联方或循环交易方。'),
  RELATED_SALES_HIGH: signal('More than 30% of the sales go to related or circular buyers.', '销售额超过 30% 来自关联方或循环交易方。'),
  VOID_AMOUNT: signal('More than a fifth of the sales is void, by amount.', '按金额计，作废发票超过销售额的五分之一。'),
  VOID_INVOICES: signal('More than a fifth of the sales invoices are void.', '作废发票超过销项发票的五分之一。'),
  VOID_INVOICES_FEW: signal('Many void invoices among few sales invoices.', '销项发票较少而作废发票较多。'),
  VOID_INVOICES_HIGH: signal('More than a tenth of the sales invoices are void.', '作废发票超过销项发票的十分之一。'),
  WATCHLIST_POSSIBLE: signal('A name resembles one on a watch list; a person has to compare.', '名称与监控名单中的名称相似，须人工比对。'),
} as const satisfies ReasonEntries;
