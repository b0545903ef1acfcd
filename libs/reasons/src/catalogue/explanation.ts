import type { ReasonEntries, ReasonEntry } from '../reason-entry.js';

/** A part of an explanation: what counted, or what would change a decision. */
const told = <E extends string, Z extends string>(en: E, zh: Z) =>
  ({ use: ['explanation'], staff: { en, zh }, told: 'as-staff' }) as const satisfies ReasonEntry;
/** Why an applicant appeals. */
const ground = <E extends string, Z extends string>(en: E, zh: Z) => ({ use: ['appeal'], staff: { en, zh }, told: 'as-staff' }) as const satisfies ReasonEntry;

/** Why an applicant appeals, and what it is told of a decision: what counted, and what would change it (G-PI-03). */
export const EXPLANATION_REASONS = {
  DATA_WRONG: ground('Data that the decision rests on is wrong.', '作出决定所依据的数据有误。'),
  DATA_OUTDATED: ground('Data that the decision rests on is out of date.', '作出决定所依据的数据已过时。'),
  PERSON_WANTED: ground('The applicant wants a person to decide.', '申请人要求由人工作出决定。'),

  COUNTED_DECLARED: told('What the firm has declared.', '企业申报的信息。'),
  COUNTED_IDENTITY: told('Who signs for the firm.', '企业签署人的身份核验结果。'),
  COUNTED_REGISTER: told('What the business register says of the firm.', '企业工商登记信息。'),
  COUNTED_TAX: told('What the tax authority says of the firm.', '企业纳税信息。'),
  COUNTED_INVOICES: told('The invoices of the firm.', '企业发票数据。'),
  COUNTED_CREDIT: told('What credit bureaus say, asked with consent.', '经授权查询的征信信息。'),
  COUNTED_COURTS: told('What courts and public lists say.', '司法及公开名单信息。'),

  CHANGED_BY_TIME: told('A longer history of the business.', '更长的经营时间和数据历史。'),
  CHANGED_BY_SALES: told('Higher or steadier sales, as the invoices show them.', '发票所反映的销售额提高或趋于稳定。'),
  CHANGED_BY_TAX: told('Taxes paid in full, and a better tax class.', '结清欠税、提升纳税信用等级。'),
  CHANGED_BY_REGISTER: told('The entry in the register or on the list put right.', '更正工商登记或移出相关名单。'),
  CHANGED_BY_CREDIT: told('Credit repaid in time, here and elsewhere.', '按时偿还在各机构的债务。'),
  CHANGED_BY_DECLARATION: told('A declaration that agrees with what the sources say.', '申报信息与数据源一致。'),
  CHANGED_BY_DATA: told('More complete and newer data of the firm, or a smaller amount.', '更完整、更新的企业数据，或降低申请金额。'),
} as const satisfies ReasonEntries;
