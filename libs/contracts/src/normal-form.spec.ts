import fc from 'fast-check';
import { normalForm, sameInNormalForm } from './normal-form.js';

const ZERO_WIDTH_SPACE = '\u200B';

test.each([
  ['甲方（沪）贸易', '甲方(沪)贸易'],
  ['甲方贸易', '甲方贸易 '],
  ['ＡＢ贸易', 'AB贸易'],
  ['甲方贸易', `甲方${ZERO_WIDTH_SPACE}贸易`],
])('F09: %j and %j are one party', (one, other) => {
  expect(normalForm(one)).toBe(normalForm(other));
});

test.each([
  '阿甲•乙丙',
  '阿甲．乙丙',
  '阿甲·乙丙 ',
  '阿甲‧乙丙',
  '阿甲・乙丙',
  '阿甲･乙丙',
  '阿甲.乙丙',
  '阿甲 · 乙丙',
  '阿甲⋅乙丙',
  '阿甲∙乙丙',
  '阿甲﹒乙丙',
  '阿甲\u0387乙丙',
])('F11: %j is 阿甲·乙丙, whatever dot a system writes', (written) => {
  expect(sameInNormalForm(written, '阿甲·乙丙')).toBe(true);
});

test.each(['99010119900101006x', '９９０１０１１９９００１０１００６Ｘ', ' 99010119900101006X\t', '99010119900101006X\uFEFF'])(
  'F11: the number %j is 99010119900101006X',
  (written) => {
    expect(normalForm(written)).toBe('99010119900101006X');
  },
);

test.each([
  [
    'white space of every width',
    ['\u00A0甲方贸易', '甲方\u3000贸易', '甲方 贸易', '甲方贸易\r\n', '甲方\t贸易', '\u2003甲方贸易\u2028', '甲方\u2800贸易'],
    '甲方贸易',
  ],
  [
    'what cannot be seen',
    ['甲\u200C方贸易', '甲方\u2060贸易', '\uFEFF甲方贸易', '甲方贸\u00AD易', '甲方贸易\uFE00', '甲方\u202E贸易', '甲方\u0000贸易'],
    '甲方贸易',
  ],
  ['brackets', ['甲方【沪】贸易', '甲方〔沪〕贸易', '甲方[沪]贸易', '甲方［沪］贸易', '甲方﹙沪﹚贸易', '甲方 （沪） 贸易', '甲方〈沪〉贸易'], '甲方(沪)贸易'],
  ['case and width', ['ａｂ Trading', 'AB  TRADING', 'Ab\u00A0trading ', 'ＡＢ\u3000ＴＲＡＤＩＮＧ'], 'AB TRADING'],
  ['dashes', ['A—B', 'A–B', 'A－B', 'A‐B', 'A−B', 'A - B'], 'A-B'],
  ['punctuation with and without a space', ['Acme Co.,Ltd.', 'ACME CO., LTD.', 'Acme Co. , Ltd .'], 'ACME CO·,LTD·'],
  ['composed and decomposed letters', ['Cafe\u0301', 'CAF\u00C9', 'Cafe\u200B\u0301'], 'CAFÉ'],
  ['quotes', ['“甲”贸易', '「甲」贸易', '"甲"贸易'], '"甲"贸易'],
])('F09: %s', (_, written, form) => {
  for (const one of written) expect([one, normalForm(one)]).toEqual([one, form]);
});

test('names that differ stay different', () => {
  const names = ['甲方贸易', '甲方贸易一', '甲方(沪)贸易', '甲方(京)贸易', 'AB TRADING', 'ABTRADING', 'A B', '阿甲·乙丙', '阿甲乙丙', '1 2', '12'];
  expect(new Set(names.map(normalForm)).size).toBe(names.length);
});

test('F09: the form of a form is itself, for any text', () => {
  const odd = fc.string({
    unit: fc.constantFrom('甲', 'a', 'ß', 'ﬁ', '．', ' ', '\u200B', '（', '\u0301', '·', '\uFFA0', '\u3000', '-', 'ı', 'ŉ', '\u0345', 'ｶ', '゛'),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), odd), (text) => {
      expect(normalForm(normalForm(text))).toBe(normalForm(text));
    }),
    { numRuns: 2_000 },
  );
});
