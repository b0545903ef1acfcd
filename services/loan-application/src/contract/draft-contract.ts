import { businessDate, formatMinor, type RepaymentMethod } from '@millrace/contracts';
import { SENTENCES } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import { percentOfBps, type CostSheetView } from '../offer/make-offer.js';
import { contractText } from './contract-text.js';

const METHODS: Readonly<Record<RepaymentMethod, string>> = {
  equal_instalment: '等额本息 (equal instalments)',
  equal_principal: '等额本金 (equal principal)',
  interest_monthly: '先息后本 (interest monthly, principal at the end)',
  bullet: '一次还本付息 (all at the end)',
};

const PURPOSES: Readonly<Record<string, string>> = {
  working_capital: '日常经营周转 (working capital)',
  purchase: '采购 (purchase of goods)',
  equipment: '购置设备 (equipment)',
  rent: '支付租金 (rent)',
  payroll: '支付工资 (payroll)',
};

const DAY_COUNT_TEXTS: Readonly<Record<string, string>> = {
  periodic: '每月按年利率的十二分之一计息 (a twelfth of the annual rate a month)',
  '30E/360': '30E/360',
  'ACT/365': '实际天数/365 (ACT/365)',
  'ACT/360': '实际天数/360 (ACT/360)',
};

/** Items of the cost sheet; one that a product adds stands under its own code. */
const COST_ITEMS: Readonly<Record<string, string>> = { interest: '利息 (interest)' };

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
}

const yuan = (minor: string): string => formatMinor(BigInt(minor));

/** A charging standard in the binding language, with the English beside it; one that the lender has worded stands as it is. */
function inBoth(standard: string): string {
  const chinese = SENTENCES.translate(standard, 'zh-CN');
  return chinese === undefined ? standard : `${chinese} (${standard})`;
}

function scheduleTable(rows: CostSheetView['schedule']): string {
  const lines = rows.map(
    (row) =>
      `| ${row.number} | ${row.dueOn} | ${yuan(row.principalMinor)} | ${yuan(row.interestMinor)} | ${yuan(row.totalMinor)} | ${yuan(row.balanceMinor)} |`,
  );
  return ['| 期数 | 应还日 | 本金 | 利息 | 合计 | 剩余本金 |', '|---|---|---|---|---|---|', ...lines].join('\n');
}

/** Contract of an accepted offer (民法典 667–680), bound from the committed template. */
export function draftContract(
  application: Application,
  terms: AcceptedTerms,
  { lenderName, lenderUscc, productName }: ContractParties,
  contractId: string,
  now: Date,
): ReturnType<typeof contractText> {
  const { costSheet } = terms;
  const { payeeAccount, payeeRecordId } = application;
  const values = {
    contractId,
    applicationId: application.applicationId,
    contractDate: businessDate(now),
    lenderName,
    lenderUscc,
    companyName: application.companyName,
    uscc: application.uscc,
    productName,
    amountYuan: yuan(terms.amountMinor),
    currency: application.currency,
    tenorMonths: String(terms.tenorMonths),
    purpose: PURPOSES[application.purpose] ?? application.purpose,
    ratePercent: percentOfBps(terms.rateBps),
    dayCount: DAY_COUNT_TEXTS[application.productTerms.dayCount] ?? application.productTerms.dayCount,
    effectiveRatePercent: (costSheet.effectiveAnnualRateBps / 100).toFixed(2),
    costItems: costSheet.items
      .map(({ item, standard, payee, totalMinor }) => `   - ${COST_ITEMS[item] ?? item}:${inBoth(standard)};收取方 ${payee};合计 ${yuan(totalMinor)} 元`)
      .join('\n'),
    repaymentMethod: METHODS[terms.repaymentMethod],
    schedule: scheduleTable(costSheet.schedule),
    policyVersion: application.policyVersion,
  };
  return contractText(values, payeeAccount ? { payeeAccount, payeeRecordId } : undefined);
}
