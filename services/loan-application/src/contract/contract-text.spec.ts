import { readFileSync } from 'node:fs';
import { policyInForce } from '@millrace/policy';
import { bindTemplate } from '@millrace/reasons';
import type { Application } from '../application/application.entity.js';
import { makeOffer } from '../offer/make-offer.js';
import { draftContract } from './draft-contract.js';

const now = new Date('2026-03-02T01:00:00Z');
const product = { minAmountMinor: '1000000', maxAmountMinor: '300000000', dayCount: 'periodic' as const, fees: [] };
const application = {
  applicationId: '0190a000-0000-7000-8000-000000000001',
  companyName: '样例商贸有限公司',
  uscc: '91990100MA0TE00010',
  currency: 'CNY',
  purpose: 'working_capital',
  productTerms: product,
  policyVersion: 'online_microloan.v0',
  renewsLoanId: null,
} as unknown as Application;
const { offer } = makeOffer(
  { amountMinor: 30_000_000n, rateBps: 635, tenorMonths: 12, repaymentMethod: 'equal_instalment', product, lenderName: 'Millrace Lending', scoredAt: now },
  policyInForce('online_microloan', '2026-03-02'),
  now,
);
const parties = { lenderName: 'Millrace Lending', lenderUscc: '91990100MA0LENDER2', productName: 'Invoice loan', productNameZh: '发票贷' };
const contractId = '0190a000-0000-7000-8000-000000000002';
const drafted = { contractId, now };
const { servicing } = policyInForce('online_microloan', '2026-03-02');

test('S01, G-PR-02: the contract names amount, both rates, every cost item and every instalment', () => {
  const { text, sha256 } = draftContract(application, offer, parties, servicing, drafted);
  for (const part of ['300,000.00', '6.35%', '6.54%', '10,418.59', '25,868.17', '2027-03-02', '样例商贸有限公司', '民法典', '日常经营周转'])
    expect(text).toContain(part);
  expect(text).not.toContain('{{');
  expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});

test('G-PR-02: every line of costs is in the binding language, with the English beside it; one that the lender has worded is as it is', () => {
  const { items, ...costSheet } = offer.costSheet;
  const fee = { ...items[0]!, item: 'guarantee_fee', standard: '担保金额的 2.5%，一次性收取' };
  const { text } = draftContract(application, { ...offer, costSheet: { ...costSheet, items: [...items, fee] } }, parties, servicing, drafted);
  expect(text).toContain('   - 利息 (interest):按未还本金计息，年利率 6.35% (6.35% a year on the principal outstanding);收取方 Millrace Lending');
  expect(text).toContain('   - guarantee_fee:担保金额的 2.5%，一次性收取;');
});

test('the same values give the same hash, another amount another one', () => {
  const first = draftContract(application, offer, parties, servicing, drafted);
  expect(draftContract(application, offer, parties, servicing, drafted)).toEqual(first);
  expect(draftContract(application, { ...offer, amountMinor: '30000001' }, parties, servicing, drafted).sha256).not.toBe(first.sha256);
});

test('a name cannot smuggle a variable into the contract', () => {
  const { text } = draftContract({ ...application, companyName: '{{lenderName}}' }, offer, parties, servicing, drafted);
  expect(text).toContain('借款人 Borrower: lenderName');
});

test('a variable without a value and a value without a variable are refused', () => {
  expect(() => bindTemplate('{{a}}', {})).toThrow('needs a');
  expect(() => bindTemplate('text', { a: '1' })).toThrow('does not use a');
});

test('SEC-9: the signed text states the account and its record, so that neither can be changed under the signature', () => {
  const account = { payeeAccount: '6222********1234', payeeRecordId: '0190a000-0000-7000-8000-000000000003' };
  const draft = (change: Partial<Application>) => draftContract({ ...application, ...change }, offer, parties, servicing, drafted);
  const { text, sha256, templateVersion } = draft(account);
  expect(templateVersion).toBe('loan-contract.v3');
  expect(text).toContain('收款账户:户名 样例商贸有限公司(须为借款人本人的账户);账号 6222********1234;账户登记编号 0190a000-0000-7000-8000-000000000003');
  expect(draft({ ...account, payeeRecordId: '0190a000-0000-7000-8000-000000000004' }).sha256).not.toBe(sha256);
  // An application of before the update keeps the wording that it came under.
  expect(draft({}).templateVersion).toBe('loan-contract.v1');
  expect(draft({}).text).not.toContain('收款账户');
});

const ACCOUNT = { payeeAccount: '6222********1234', payeeRecordId: '0190a000-0000-7000-8000-000000000003' };
const CHINESE = /[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/;

test('G-EC-02: the Chinese text of the same values has the same hash, whatever its translation says', () => {
  expect(draftContract(application, offer, parties, servicing, drafted).sha256).toBe('cfa5ea6d6e058e20ebaae3cd12603900fb088c56268e5abb190d8b3878159e70');
  const withAccount = draftContract({ ...application, ...ACCOUNT } as Application, offer, parties, servicing, drafted);
  expect(withAccount.sha256).toBe('6cc85d97afd264016b136fcc4fb6283f5d3434965a58014ed6a55595c7dc2c1c');
});

const [interest] = offer.costSheet.items;
const FEE = {
  ...interest!,
  item: 'Guarantee fee',
  itemZh: '担保费',
  payee: 'Sample Guarantee Co.',
  payeeZh: '样例担保公司',
  standard: '0.50% once',
  standardZh: '0.50%，一次性',
};

test.each(['equal_instalment', 'equal_principal', 'interest_monthly', 'bullet'] as const)(
  'G-PR-02: the English of a contract repaid by %s has no Chinese character where the lender gave both, and every number of the text',
  (repaymentMethod) => {
    const firm = { ...application, ...ACCOUNT, companyName: 'Sample Trading Ltd' } as Application;
    for (const purpose of ['working_capital', 'purchase', 'equipment', 'rent', 'payroll'])
      for (const dayCount of ['periodic', '30E/360', 'ACT/365', 'ACT/360'] as const) {
        const costSheet = { ...offer.costSheet, items: [interest!, FEE] };
        const given = { ...firm, purpose, productTerms: { ...product, dayCount } } as Application;
        const { text, textEn, sha256 } = draftContract(given, { ...offer, repaymentMethod, costSheet }, parties, servicing, drafted);
        expect(CHINESE.exec(textEn)?.[0]).toBeUndefined();
        expect(textEn).toContain(`It does not bind: what is signed is the Chinese text, whose SHA-256 is ${sha256}.`);
        expect(textEn).toContain('   - Guarantee fee: 0.50% once; paid to Sample Guarantee Co.; in all 10,418.59 yuan');
        expect(text).toContain('   - 担保费 (Guarantee fee):0.50%，一次性 (0.50% once);收取方 样例担保公司 (Sample Guarantee Co.);合计 10,418.59 元');
        const figures = (from: string): string[] => from.match(/\d[\d,]*\.\d\d|\d{4}-\d\d-\d\d/g) ?? [];
        expect(new Set(figures(textEn))).toEqual(new Set(figures(text)));
      }
  },
);

test('G-PR-02: a fee that the lender worded in Chinese alone stands so in the translation', () => {
  const fee = { ...interest!, item: '担保费', payee: '样例担保公司', standard: '一次性' };
  const { text, textEn } = draftContract(application, { ...offer, costSheet: { ...offer.costSheet, items: [fee] } }, parties, servicing, drafted);
  expect(textEn).toContain('   - 担保费: 一次性; paid to 样例担保公司; in all');
  expect(text).toContain('   - 担保费:一次性;收取方 样例担保公司;合计');
});

test('G-CL-15: the contract of a renewal says which loan it repays, until when it is good, and that no money is paid out; it has no mandate', () => {
  const renewsLoanId = '0190a000-0000-7000-8000-000000000009';
  const renewal = { ...application, ...ACCOUNT, companyName: 'Sample Trading Ltd', renewsLoanId, signBefore: new Date('2026-03-09T16:00:00Z') } as Application;
  const { text, textEn, sha256, clauses, templateVersion } = draftContract(renewal, offer, parties, servicing, drafted);
  expect(templateVersion).toBe('loan-contract.v3');
  expect(clauses).not.toHaveProperty('directDebit');
  expect(text).toContain(`借款人在编号 ${renewsLoanId} 的借款(下称原借款)到期前`);
  expect(text).toContain('以及超过 300,000.00 元的本金');
  expect(text).toContain('双方应当在 2026-03-10(原借款到期日)之前完成签署');
  expect(textEn).toContain('The parties must have signed before 2026-03-10');
  expect(textEn.split(sha256)).toHaveLength(3);
  expect(draftContract({ ...renewal, renewsLoanId: null }, offer, parties, servicing, drafted).sha256).not.toBe(sha256);
});

test.each(['loan-contract.v1', 'loan-contract.v2', 'loan-contract.v3', 'loan-contract.v4', 'loan-addendum.v1', 'loan-renewal.v1'])(
  'G-EC-02: every article and every numbered line of %s has its line in the translation',
  (version) => {
    const linesOf = (file: string): string[] => {
      const [body] = readFileSync(new URL(`../../templates/${file}.md`, import.meta.url), 'utf8').split('## In plain English');
      return body!.split('\n').flatMap((line) => /^(\d+\.|#+|\{\{)/.exec(line)?.[0] ?? []);
    };
    expect(linesOf(`${version}.en`)).toEqual(linesOf(version));
    expect(linesOf(version).length).toBeGreaterThan(4);
  },
);
