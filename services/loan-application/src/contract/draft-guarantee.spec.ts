import { newId } from '@millrace/contracts';
import type { StoredGuarantor } from '../guarantor/read-guarantors.js';
import { agreedLimitMinor, checkGuaranteeTemplate, draftGuarantee } from './draft-guarantee.js';

const now = new Date('2026-03-02T01:00:00Z');
const application = { applicationId: newId(), companyName: '样例商贸有限公司', uscc: '91990100MA0TE00010' };
const loan = {
  ...{ contractId: newId(), contractSha256: 'c'.repeat(64), amountMinor: '30000000', tenorMonths: 12 },
  ...{ lenderName: '样例小额贷款有限公司', lenderUscc: '91990100MA0LENDER2' },
};
const guarantor = {
  ...{ guarantorId: newId(), party: 'person', guarantorRecordId: newId(), guarantorRef: 'G-1', name: '测**', identifier: '9901**********0027' },
  ...{ kind: 'joint', limitMinor: '40000000', shareBps: null, periodMonths: null },
} as unknown as StoredGuarantor;
const draft = (change: Partial<StoredGuarantor> = {}) => draftGuarantee(application, { ...guarantor, ...change }, loan, { periodMonths: 6 }, now);

test('the template states every value, and its wording is the released one', () => {
  expect(checkGuaranteeTemplate()).toEqual([]);
});

test.each([
  ['40000000', null, '30000000', 40_000_000n],
  ['40000000', 10_000, '30000000', 30_000_000n],
  ['1000000', 5_000, '30000000', 1_000_000n],
  // HALF_UP to a whole fen, and never nothing.
  ['40000000', 5_000, '3', 2n],
  ['40000000', 1, '100', 1n],
])('R-CR-19: a limit of %s fen and a share of %s bps of %s fen bind for %s', (limitMinor, shareBps, amountMinor, expected) => {
  expect(agreedLimitMinor({ limitMinor, shareBps }, amountMinor)).toBe(expected);
});

test('G-EC-04: where no time is agreed the contract states six months by the statute; an agreed one stands as agreed', () => {
  const [silent, agreed] = [draft(), draft({ periodMonths: 24, kind: 'general', shareBps: 5_000 })];
  expect([silent.agreedPeriodMonths, agreed.agreedPeriodMonths, agreed.agreedLimitMinor]).toEqual([6, 24, '15000000']);
  for (const words of ['起 6 个月', '依照民法典第六百九十二条确定', '连带责任保证', '对全部主债权', '400,000.00']) expect(silent.text).toContain(words);
  for (const words of ['起 24 个月', '该期间由双方约定', '一般保证', '50.00% 的保证份额', '150,000.00']) expect(agreed.text).toContain(words);
  for (const { text, textEn } of [silent, agreed]) for (const part of [text, textEn]) expect(part).toContain(loan.contractSha256);
});
