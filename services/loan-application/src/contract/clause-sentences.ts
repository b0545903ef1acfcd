import type { LoanClauses } from '@millrace/contracts';
import type { Language } from '@millrace/reasons';
import { percentOfBps } from '../offer/make-offer.js';

const TENORS = { '1Y': { 'zh-CN': '一年期', en: 'one-year' }, '5Y': { 'zh-CN': '五年期以上', en: 'five-year' } } as const;
const DAYS = {
  january_first: { 'zh-CN': '每年 1 月 1 日', en: 'on every 1 January' },
  anniversary: { 'zh-CN': '实际放款日以后每年的对应日', en: 'on the day of the payout in each later year' },
} as const;

/** What article 2 says of the rate: that it stays, or how it follows the loan prime rate (G-PR-05, M-LN-09). */
export function saysRate(floating: LoanClauses['floatingRate'], language: Language): string {
  if (!floating) return language === 'en' ? 'The rate is fixed for the whole term.' : '借款期限内利率固定不变。';
  const { tenor, spreadBps, repricesOn, ceilingBps } = floating;
  const [which, when, ceiling] = [TENORS[tenor][language], DAYS[repricesOn][language], percentOfBps(ceilingBps)];
  if (language === 'en')
    return (
      `The rate floats: it is the ${which} loan prime rate (LPR) of the National Interbank Funding Center plus ${spreadBps} basis points (0.01% each; below zero they are taken off). ` +
      `At the signing it is the rate stated here. It is set anew ${when}, by the LPR published last on or before that day and the same spread, for what is not due then; ` +
      `it is never above ${ceiling}%, at which the all-in cost of this contract reaches the cap of the law.`
    );
  return (
    `利率为浮动利率:以全国银行间同业拆借中心公布的${which}贷款市场报价利率(LPR)加 ${spreadBps} 个基点确定(1 个基点为 0.01%,负数为减点),签约时为上述利率。` +
    `${when}按当日及以前最近一次公布的 LPR 与同一基点数重新确定利率,适用于当日尚未到期的各期应还款;` +
    `重新确定的年利率不超过 ${ceiling}%,即本合同综合融资成本达到规定上限时的年利率。`
  );
}

/** What article 3 says of direct debit: the mandate, or that there is none (M-DD-01). */
export function saysMandate(mandate: LoanClauses['directDebit'], language: Language): string {
  if (!mandate) return language === 'en' ? 'The borrower pays by transfer; the lender debits no account.' : '借款人自行转账还款,贷款人不从借款人的账户扣划。';
  const { tries, retryDays } = mandate;
  if (language === 'en')
    return (
      'The borrower mandates the lender to have the bank debit, on each due date (where paragraph 2 moves it, the day that it is moved to), what is due on that day and what is late from the account that article 1 names, in payment of the loan under this contract. ' +
      `Where a debit fails, it is tried again ${retryDays} days after it (on the next working day where that is none), at most ${tries} times in all for one due date, and never for more than is owed at the time. ` +
      'The borrower may also pay by transfer; what is paid is not debited.'
    );
  return (
    '借款人授权贷款人于每个应还日(按第二款顺延的,为顺延后的日期)委托银行从第一条约定的收款账户扣划当日到期以及逾期的应还款项,用于清偿本合同项下的借款。' +
    `扣划未成功的,自扣划之日起满 ${retryDays} 日再次扣划(遇非工作日的,顺延至下一个工作日),每个应还日合计不超过 ${tries} 次;每次扣划的金额不超过扣划时的应还款项。` +
    '借款人也可以自行转账还款,已经还清的部分不再扣划。'
  );
}
