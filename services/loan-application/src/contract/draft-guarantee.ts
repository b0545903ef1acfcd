import { businessDate, formatMinor } from '@millrace/contracts';
import type { GuaranteeParameters } from '@millrace/policy';
import { bilingualTemplateProblems, bindDocument, type DraftedDocument, type Language, type Text } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import type { StoredGuarantor } from '../guarantor/read-guarantors.js';
import { percentOfBps } from '../offer/make-offer.js';
import { readTemplate } from './contract-text.js';
import { RELEASED_TEMPLATES } from './released-templates.js';

/** A new wording is a new file; contracts that were drafted keep theirs. */
const TEMPLATE_VERSION = 'loan-guarantee.v1';
const TEMPLATE = readTemplate(TEMPLATE_VERSION);
const ALL_BPS = 10_000;

/** What a contract of guarantee states; the template uses every one. */
export const GUARANTEE_VARIABLES = [
  'guaranteeId',
  'applicationId',
  'contractDate',
  'lenderName',
  'lenderUscc',
  'guarantorName',
  'guarantorIdentifier',
  'guarantorRecordId',
  'companyName',
  'uscc',
  'contractId',
  'contractSha256',
  'amountYuan',
  'tenorMonths',
  'kindClause',
  'shareClause',
  'limitYuan',
  'periodMonths',
  'periodClause',
] as const;

/** What is wrong with the template, for the start. */
export const checkGuaranteeTemplate = (): string[] =>
  bilingualTemplateProblems({ what: 'contract template', version: TEMPLATE_VERSION, released: RELEASED_TEMPLATES }, TEMPLATE, GUARANTEE_VARIABLES);

const KIND_CLAUSES: Readonly<Record<StoredGuarantor['kind'], Text>> = {
  joint: {
    zh: '连带责任保证。债务人不履行到期债务的,债权人可以请求债务人履行债务,也可以请求保证人在其保证范围内承担保证责任。',
    en: 'joint; when the borrower does not pay what is due, the lender may ask the borrower or the guarantor.',
  },
  general: {
    zh: '一般保证。债务人不能履行债务的,由保证人承担保证责任;主合同纠纷未经审判或者仲裁,并就债务人财产依法强制执行仍不能履行债务前,保证人有权拒绝承担保证责任,法律另有规定的除外。',
    en: 'general; the guarantor may refuse to pay until a court or an arbitrator has decided and nothing can be enforced at the borrower, except where the law says otherwise.',
  },
};
const WHOLE: Text = { zh: '对全部主债权承担保证责任。', en: 'it stands for the whole debt.' };
const NOT_AGREED: Text = {
  zh: '双方未另行约定保证期间,依照民法典第六百九十二条确定。',
  en: 'The parties have agreed nothing else, so that article 692 says it.',
};
const AGREED: Text = { zh: '该期间由双方约定。', en: 'The parties have agreed so.' };

const shareClause = (bps: number | null): Text => {
  if (bps === null || bps === ALL_BPS) return WHOLE;
  const percent = percentOfBps(bps);
  return { zh: `按份保证,对主债权承担 ${percent}% 的保证份额。`, en: `it stands for ${percent}% of the debt.` };
};

/** The loan that a guarantee is for, as its own contract has it. */
export interface GuaranteedLoan {
  readonly contractId: string;
  readonly contractSha256: string;
  readonly amountMinor: string;
  readonly tenorMonths: number;
  readonly lenderName: string;
  readonly lenderUscc: string;
}

/** A contract of guarantee as it is drafted, with the numbers that the books go by. */
export interface DraftedGuarantee extends DraftedDocument {
  readonly agreedLimitMinor: string;
  readonly agreedPeriodMonths: number;
}

/** Most that a guarantor pays, fen: its limit, and no more than its share of the principal, of which at least one fen is left. */
export function agreedLimitMinor({ limitMinor, shareBps }: Pick<StoredGuarantor, 'limitMinor' | 'shareBps'>, amountMinor: string): bigint {
  const limit = BigInt(limitMinor);
  if (shareBps === null) return limit;
  const half = BigInt(ALL_BPS / 2);
  const share = (BigInt(amountMinor) * BigInt(shareBps) + half) / BigInt(ALL_BPS);
  const atLeastOne = share > 0n ? share : 1n;
  return atLeastOne < limit ? atLeastOne : limit;
}

/**
 * Contract of a guarantor (民法典 681–702), bound from the committed template. It names the contract of the loan by id and hash, so that it stands for that debt
 * alone; a person is named masked and by the record of kyc-antifraud, as the account of the loan is.
 * @param guarantee parameters of the day: where no time is agreed, the statute's holds (G-EC-04)
 */
export function draftGuarantee(
  { applicationId, companyName, uscc }: Pick<Application, 'applicationId' | 'companyName' | 'uscc'>,
  guarantor: StoredGuarantor,
  loan: GuaranteedLoan,
  guarantee: Pick<GuaranteeParameters, 'periodMonths'>,
  now: Date,
): DraftedGuarantee {
  const { guarantorId: guaranteeId, name, identifier, guarantorRecordId, kind, shareBps, periodMonths } = guarantor;
  const { contractId, contractSha256, amountMinor, tenorMonths, lenderName, lenderUscc } = loan;
  const limit = agreedLimitMinor(guarantor, amountMinor);
  const agreedPeriodMonths = periodMonths ?? guarantee.periodMonths;
  const valuesIn = (language: Language): Readonly<Record<(typeof GUARANTEE_VARIABLES)[number], string>> => {
    const say = ({ zh, en }: Text): string => (language === 'en' ? en : zh);
    return {
      ...{ guaranteeId, applicationId, contractDate: businessDate(now), lenderName, lenderUscc },
      ...{ guarantorName: name, guarantorIdentifier: identifier, guarantorRecordId, companyName, uscc, contractId, contractSha256 },
      ...{ amountYuan: formatMinor(BigInt(amountMinor)), tenorMonths: String(tenorMonths), limitYuan: formatMinor(limit) },
      ...{ kindClause: say(KIND_CLAUSES[kind]), shareClause: say(shareClause(shareBps)) },
      ...{ periodMonths: String(agreedPeriodMonths), periodClause: say(periodMonths === null ? NOT_AGREED : AGREED) },
    };
  };
  const drafted = bindDocument(TEMPLATE_VERSION, TEMPLATE, { chinese: valuesIn('zh-CN'), english: valuesIn('en') });
  return { ...drafted, agreedLimitMinor: String(limit), agreedPeriodMonths };
}
