import { nameSha256 } from '@millrace/contracts';
import { correctedOf } from './correct-declared.js';

const DECLARED = { declaredRevenueMinor: '595200000', companyName: '样例商贸有限公司', industryCode: 'F51' };
const AT = { correctionId: '019cac3d-9a80-7000-8000-5a3c1d2e4f60', occasion: 'supplement' } as const;

test('S02: a correction sets what it names, and keeps what was declared before', () => {
  expect(correctedOf(DECLARED, { declaredRevenueMinor: '480000000', industryCode: 'F51' }, AT)).toEqual({
    patch: { declaredRevenueMinor: '480000000' },
    values: [{ field: 'declaredRevenueMinor', before: '595200000', after: '480000000' }],
    told: { ...AT, corrected: [{ field: 'declaredRevenueMinor', before: '595200000', after: '480000000' }] },
  });
});

test('R-LG-03: the name of a firm is kept here, and told as its hash alone', () => {
  const corrected = correctedOf(DECLARED, { companyName: '张三百货店' }, AT)!;
  expect(corrected.values).toEqual([{ field: 'companyName', before: DECLARED.companyName, after: '张三百货店' }]);
  expect(JSON.stringify(corrected.told)).not.toMatch(/张三|样例/);
  expect(corrected.told.corrected).toEqual([{ field: 'companyName', before: nameSha256(DECLARED.companyName), after: nameSha256('张三百货店') }]);
});

test('what is declared already is no correction', () => {
  expect(correctedOf(DECLARED, { declaredRevenueMinor: '595200000' }, AT)).toBeUndefined();
  expect(correctedOf(DECLARED, undefined, AT)).toBeUndefined();
});
