import { businessDate, formatMinor, type LoanClauses, type RepaymentMethod } from '@millrace/contracts';
import type { ServicingParameters } from '@millrace/policy';
import { SENTENCES, type DraftedDocument, type Language, type Text } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import { percentOfBps, type CostSheetView } from '../offer/make-offer.js';
import { clausesOf, clauseValues, versionOf } from './contract-clauses.js';
import { contractText, type ContractValues, type TemplateVersion } from './contract-text.js';
import { floatingClause } from './floating-clause.js';
import { renewalTerms } from './renewal-terms.js';

const METHODS: Readonly<Record<RepaymentMethod, Text>> = {
  equal_instalment: { zh: '等额本息', en: 'equal instalments' },
  equal_principal: { zh: '等额本金', en: 'equal principal' },
  interest_monthly: { zh: '先息后本', en: 'interest monthly, principal at the end' },
  bullet: { zh: '一次还本付息', en: 'all at the end' },
};

const PURPOSES: Readonly<Record<string, Text>> = {
  working_capital: { zh: '日常经营周转', en: 'working capital' },
  purchase: { zh: '采购', en: 'purchase of goods' },
  equipment: { zh: '购置设备', en: 'equipment' },
  rent: { zh: '支付租金', en: 'rent' },
  payroll: { zh: '支付工资', en: 'payroll' },
};

const DAY_COUNT_TEXTS: Readonly<Record<string, Text>> = {
  periodic: { zh: '每月按年利率的十二分之一计息', en: 'a twelfth of the annual rate a month' },
  'ACT/365': { zh: '实际天数/365', en: 'ACT/365' },
  'ACT/360': { zh: '实际天数/360', en: 'ACT/360' },
};

/** Items of the cost sheet that are ours; one that a product adds is worded by the lender. */
const COST_ITEMS: Readonly<Record<string, Text>> = { interest: { zh: '利息', en: 'interest' } };

/** Terms of the accepted offer. */
export interface AcceptedTerms {
  readonly amountMinor: string;
  readonly rateBps: number;
  readonly tenorMonths: number;
  readonly repaymentMethod: RepaymentMethod;
  readonly costSheet: CostSheetView;
}

/** The names of the parties outside the application. */
export interface ContractParties {
  readonly lenderName: string;
  readonly lenderUscc: string;
  readonly productName: string;
  readonly productNameZh: string;
}

const yuan = (minor: string): string => formatMinor(BigInt(minor));

/** Words as a document has them: in the binding text the Chinese with the English beside it. What has only one language stands so in both. */
function say(english: string, chinese: string | undefined, language: Language): string {
  return language === 'en' || chinese === undefined ? english : `${chinese} (${english})`;
}

const sayText = (text: Text | undefined, otherwise: string, language: Language): string => say(text?.en ?? otherwise, text?.zh, language);

function costLine({ item, itemZh, standard, standardZh, payee, payeeZh, totalMinor }: CostSheetView['items'][number], language: Language): string {
  const what = say(item, itemZh ?? COST_ITEMS[item]?.zh, language);
  const how = say(standard, standardZh ?? SENTENCES.translate(standard, 'zh-CN'), language);
  const whom = say(payee, payeeZh, language);
  const total = yuan(totalMinor);
  return language === 'en' ? `   - ${what}: ${how}; paid to ${whom}; in all ${total} yuan` : `   - ${what}:${how};收取方 ${whom};合计 ${total} 元`;
}

const SCHEDULE_HEADS: Readonly<Record<Language, string>> = {
  'zh-CN': '| 期数 | 应还日 | 本金 | 利息 | 合计 | 剩余本金 |',
  en: '| No. | Due on | Principal | Interest | Total | Principal left |',
};

function scheduleTable(rows: CostSheetView['schedule'], language: Language): string {
  const lines = rows.map(
    (row) =>
      `| ${row.number} | ${row.dueOn} | ${yuan(row.principalMinor)} | ${yuan(row.interestMinor)} | ${yuan(row.totalMinor)} | ${yuan(row.balanceMinor)} |`,
  );
  return [SCHEDULE_HEADS[language], '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** A contract as it is drafted, with what it says of lateness, misuse and early repayment; null where its wording says nothing. */
export interface DraftedContract extends DraftedDocument<TemplateVersion> {
  readonly clauses: LoanClauses | null;
}

/**
 * Contract of an accepted offer (民法典 667–680), bound from the committed template, with its English of the same values.
 * @param servicing parameters of the day: the contract keeps their numbers
 */
export function draftContract(
  application: Application,
  terms: AcceptedTerms,
  parties: ContractParties,
  servicing: ServicingParameters,
  { contractId, now }: { readonly contractId: string; readonly now: Date },
): DraftedContract {
  const { payeeAccount, payeeRecordId, productTerms } = application;
  const special = renewalTerms(application, terms.amountMinor);
  // No payout has shown whose the account of a renewal is, so that no mandate to debit it is taken.
  const bound = special ? { ...servicing, directDebit: false } : servicing;
  const floatingRate = payeeAccount && productTerms.floatingRate ? floatingClause(productTerms, productTerms.floatingRate, terms, now) : undefined;
  const version = payeeAccount ? versionOf(bound, floatingRate !== undefined) : 'loan-contract.v1';
  const clauses = clausesOf(version, bound, floatingRate);
  const wording = { version, rateBps: terms.rateBps, dayCount: productTerms.dayCount };
  const valuesIn = (language: Language): Readonly<Record<string, string>> => ({
    ...contractValues(application, terms, parties, { contractId, now, language }),
    ...(payeeAccount ? { payeeAccount, payeeRecordId } : {}),
    ...special?.values,
    ...(clauses ? clauseValues(clauses, { ...wording, language, sayDayCount: (dayCount) => sayDayCount(dayCount, language) }) : {}),
  });
  return { ...contractText(version, { chinese: valuesIn('zh-CN'), english: valuesIn('en') }, special?.template), clauses };
}

const sayDayCount = (dayCount: string, language: Language): string => sayText(DAY_COUNT_TEXTS[dayCount], dayCount, language);

function contractValues(
  application: Application,
  terms: AcceptedTerms,
  { lenderName, lenderUscc, productName, productNameZh }: ContractParties,
  { contractId, now, language }: { readonly contractId: string; readonly now: Date; readonly language: Language },
): ContractValues {
  const { costSheet } = terms;
  const { dayCount } = application.productTerms;
  return {
    contractId,
    applicationId: application.applicationId,
    contractDate: businessDate(now),
    lenderName,
    lenderUscc,
    companyName: application.companyName,
    uscc: application.uscc,
    productName: language === 'en' ? productName : productNameZh,
    amountYuan: yuan(terms.amountMinor),
    currency: application.currency,
    tenorMonths: String(terms.tenorMonths),
    purpose: sayText(PURPOSES[application.purpose], application.purpose, language),
    ratePercent: percentOfBps(terms.rateBps),
    dayCount: sayDayCount(dayCount, language),
    effectiveRatePercent: (costSheet.effectiveAnnualRateBps / 100).toFixed(2),
    costItems: costSheet.items.map((item) => costLine(item, language)).join('\n'),
    repaymentMethod: sayText(METHODS[terms.repaymentMethod], terms.repaymentMethod, language),
    schedule: scheduleTable(costSheet.schedule, language),
    policyVersion: application.policyVersion,
  };
}
