import { policyInForce } from '@millrace/policy';
import type { Application } from '../application/application.entity.js';
import { makeOffer } from '../offer/make-offer.js';
import { clausesOf } from './contract-clauses.js';
import { draftContract } from './draft-contract.js';

const now = new Date('2026-03-02T01:00:00Z');
const policy = policyInForce('online_microloan', '2026-03-02');
const product = { minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic' as const, fees: [] };
const application = {
  applicationId: '0190a000-0000-7000-8000-000000000001',
  companyName: 'Sample Trading Ltd',
  uscc: '91990100MA0TE00010',
  currency: 'CNY',
  purpose: 'working_capital',
  productTerms: product,
  policyVersion: 'online_microloan.v0',
  payeeAccount: '6222********1234',
  renewsLoanId: null,
  payeeRecordId: '0190a000-0000-7000-8000-000000000003',
} as unknown as Application;
const parties = { lenderName: 'Millrace Lending', lenderUscc: '91990100MA0LENDER2', productName: 'Invoice loan', productNameZh: '发票贷' };
const drafted = { contractId: '0190a000-0000-7000-8000-000000000002', now };

function draft(servicing: Partial<typeof policy.servicing> = {}, change: Partial<Application> = {}, rateBps = 720) {
  const terms = { amountMinor: 30_000_000n, rateBps, tenorMonths: 12, repaymentMethod: 'equal_instalment' as const, product, lenderName: 'Millrace Lending' };
  const { offer } = makeOffer({ ...terms, scoredAt: now }, policy, now);
  return draftContract({ ...application, ...change } as Application, offer, parties, { ...policy.servicing, ...servicing }, drafted);
}

test('G-PR-07, G-PR-08, M-LN-03, M-LN-04: the signed text states penalty, compound interest, grace, misuse and early repayment by the parameters of the day', () => {
  const { text, textEn, templateVersion } = draft();
  expect(templateVersion).toBe('loan-contract.v3');
  for (const words of [
    '罚息利率在合同利率的基础上加收 40.00%,即年利率 10.08%。',
    '逾期的利息,在同一期间按罚息利率计收复利。',
    '应还日之后 3 日内付清该期全部应还款项的,不收取该期的罚息和复利',
    '在合同利率的基础上加收 80.00%,即按年利率 12.96% 计收罚息。',
    '适用其中较重的一项,不并处',
    '提前还款的费用为提前偿还本金的 0.00%',
    '罚息和复利的计息方式:实际天数/360 (ACT/360)。',
  ])
    expect(text).toContain(words);
  expect(textEn).toContain('the contract rate raised by 40.00%, which is 10.08% a year.');
  expect(textEn).toContain('paid within 3 days after its due date');
});

test.each([
  [{ penaltyUpliftBps: 5_000 }, '加收 50.00%,即年利率 10.80%'],
  [{ misuseUpliftBps: 10_000 }, '加收 100.00%,即按年利率 14.40%'],
  [{ graceDays: 5 }, '应还日之后 5 日内付清'],
  [{ prepaymentFeeBps: 100 }, '提前还款的费用为提前偿还本金的 1.00%'],
])('R-LG-04: another number of the day, %j, is another text, another hash, and the clause that the loan keeps', (servicing, words) => {
  const { text, sha256, clauses } = draft(servicing);
  expect(text).toContain(words);
  expect(sha256).not.toBe(draft().sha256);
  expect(clauses).toEqual({ ...draft().clauses, ...servicing });
});

test('G-PR-10, M-LN-05: the clauses that the loan keeps are what the text says in words and numbers', () => {
  expect(draft().clauses).toEqual({
    penaltyUpliftBps: 4_000,
    graceDays: 3,
    compound: true,
    misuseUpliftBps: 8_000,
    prepaymentInterest: 'to_the_day',
    prepaymentEffect: 'shorter_term',
    prepaymentFeeBps: 0,
    holidayCalendar: 'CN',
  });
});

test('a penalty rate is stated exactly, however many decimals it has', () => {
  expect(draft({ penaltyUpliftBps: 3_333 }, {}, 635).text).toContain('加收 33.33%,即年利率 8.466455%');
});

test.each([
  ['periodic', '实际天数/360 (ACT/360)'],
  ['30E/360', '实际天数/360 (ACT/360)'],
  ['ACT/360', '实际天数/360 (ACT/360)'],
  ['ACT/365', '实际天数/365 (ACT/365)'],
] as const)('M-RS-02: a contract that counts %s counts lateness by actual days', (dayCount, words) => {
  expect(draft({}, { productTerms: { ...product, dayCount } as Application['productTerms'] }).text).toContain(`罚息和复利的计息方式:${words}。`);
});

test('M-DD-01, M-DD-02: a mandate is worded, and kept as a clause, where the parameters of the day have one; without it the wording is that of before', () => {
  expect(draft().clauses).not.toHaveProperty('directDebit');
  const { text, textEn, templateVersion, clauses } = draft({ directDebit: true, debitTries: 4, debitRetryDays: 2 });
  expect(templateVersion).toBe('loan-contract.v4');
  expect(clauses).toEqual({ ...draft().clauses, directDebit: { tries: 4, retryDays: 2 } });
  expect(text).toContain('自扣划之日起满 2 日再次扣划');
  expect(text).toContain('每个应还日合计不超过 4 次');
  expect(textEn).toContain('it is tried again 2 days after it (on the next working day where that is none), at most 4 times in all');
  expect(draft({ directDebit: true }, { payeeAccount: null })).toMatchObject({ templateVersion: 'loan-contract.v1', clauses: null });
});

test('M-LN-08, R-DB-05: the newest wording says how a part is repaid early, and the loan keeps that the borrower chooses what it changes', () => {
  const { text, textEn, templateVersion, clauses } = draft({ prepaymentChoice: true });
  expect(templateVersion).toBe('loan-contract.v5');
  expect(clauses).toEqual({ ...draft().clauses, prepaymentChoice: true });
  for (const words of ['借款人应当告知贷款人该笔转账用于提前还款', '也可以选择借款期限不变', '借款期限内利率固定不变。', '贷款人不从借款人的账户扣划。'])
    expect(text).toContain(words);
  expect(textEn).toContain('The rate is fixed for the whole term.');
  const mandated = draft({ prepaymentChoice: true, directDebit: true, debitTries: 4 });
  expect(mandated.clauses).toHaveProperty('directDebit', { tries: 4, retryDays: 1 });
  expect(mandated.text).toContain('每个应还日合计不超过 4 次');
  expect(draft({ prepaymentChoice: true }, { payeeAccount: null })).toMatchObject({ templateVersion: 'loan-contract.v1', clauses: null });
});

test('M-LN-08: no contract of before is drafted so, whatever the licence', () => {
  for (const lenderType of ['bank', 'online_microloan', 'local_microloan'] as const)
    expect(policyInForce(lenderType, '2028-02-29').servicing.prepaymentChoice).toBe(false);
});

test('G-PR-05, G-PR-03, M-LN-09: a floating rate is LPR plus what the price of the risk is above it, up to where all costs reach the cap', () => {
  const floatingRate = { tenor: '1Y', repricesOn: 'january_first' } as const;
  const floats = (fees: typeof product.fees = []) => draft({}, { productTerms: { ...product, fees, floatingRate } as Application['productTerms'] });
  const { text, textEn, templateVersion, clauses } = floats();
  expect(templateVersion).toBe('loan-contract.v5');
  // 7.20% is 4.20% above the 3.00% published on 20 May 2025; 2,170 bps cost no more than 24% a year, everything included, and 2,171 do.
  expect(clauses!.floatingRate).toEqual({ tenor: '1Y', spreadBps: 420, repricesOn: 'january_first', ceilingBps: 2_170 });
  expect(text).toContain('一年期贷款市场报价利率(LPR)加 420 个基点');
  expect(text).toContain('每年 1 月 1 日按当日及以前最近一次公布的 LPR');
  expect(text).toContain('不超过 21.70%');
  expect(textEn).toContain('the one-year loan prime rate (LPR) of the National Interbank Funding Center plus 420 basis points');
  const fee = { item: 'f', payee: 'p', standard: 's', bps: 100, when: 'upfront' } as never;
  expect(floats([fee]).clauses!.floatingRate!.ceilingBps).toBeLessThan(2_170);
});

test('M-DD-01: only a bank takes a mandate, and only in contracts from the day on which that holds', () => {
  const taken = (lenderType: 'bank' | 'online_microloan' | 'local_microloan', day: string) => policyInForce(lenderType, day).servicing.directDebit;
  expect([taken('bank', '2027-11-30'), taken('bank', '2027-12-01')]).toEqual([false, true]);
  expect([taken('online_microloan', '2027-12-01'), taken('local_microloan', '2027-12-01')]).toEqual([false, false]);
});

test('a wording that says nothing of lateness gives the loan no clause: nothing binds that was not signed', () => {
  expect(draft({}, { payeeAccount: null })).toMatchObject({ templateVersion: 'loan-contract.v1', clauses: null });
  expect(clausesOf('loan-contract.v2', policy.servicing)).toBeNull();
});
