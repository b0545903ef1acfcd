import fc from 'fast-check';
import { mask } from './mask.js';

test.each([
  ['990101199001010019', 4, 4, '9901**********0019'],
  ['13900000001', 3, 4, '139****0001'],
  ['62000001', 4, 4, '********'],
  ['620000012', 4, 4, '620***012'],
  ['样例商贸', 1, 1, '样**贸'],
  ['张三', 1, 1, '**'],
  ['甲乙', 1, 0, '甲*'],
  ['甲', 1, 0, '*'],
  ['𠮷', 1, 0, '*'],
  ['', 1, 0, ''],
])('F22: %s (%i, %i) is shown as %s', (value, start, end, shown) => {
  expect(mask(value, start, end)).toBe(shown);
});

test('F22: of any value at least a third is hidden, and its length in characters stays', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(6), fc.nat(6), (value, start, end) => {
      const [plain, masked] = [[...value.replaceAll('*', '#')], [...mask(value.replaceAll('*', '#'), start, end)]];
      expect(masked).toHaveLength(plain.length);
      expect(masked.filter((character) => character === '*').length).toBeGreaterThanOrEqual(plain.length / 3);
    }),
  );
});
