import fc from 'fast-check';
import { troubleOfText } from './readable-text.js';

test.each([
  ['a high surrogate alone', '甲\ud800公司', 'half of a character'],
  ['a low surrogate alone', '甲\udc00乙', 'half of a character'],
  ['two halves in the wrong order', '\udc00\ud800', 'half of a character'],
  ['a zero-width space alone', '\u200b', 'visible'],
  ['joiners, marks and fillers alone', '\u200d\ufeff\u0301\u3164\u00ad\u2060', 'visible'],
  ['white space alone', ' \u3000\t\n', 'visible'],
  ['a braille blank', '\u2800', 'visible'],
  ['NUL', 'a\u0000b', 'control'],
  ['a C1 control', 'a\u0085b', 'control'],
  ['a replacement character', '样\ufffd例', 'U+FFFD'],
])('F12: %s is refused', (_, text, why) => {
  expect(troubleOfText(text)).toContain(why);
});

test.each(['样例商贸有限公司', '阿甲·乙丙', '𠮷野家', '👨‍👩‍👧', 'line one\nline two\tend', '甲方\u200b贸易', '\ue000', '-', '0', ''])(
  'F12: %j is taken',
  (text) => {
    expect(troubleOfText(text)).toBeUndefined();
  },
);

test('F12: whatever is taken goes into UTF-8 and back unchanged, and has no NUL', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }), (text) => {
      if (troubleOfText(text) !== undefined) return;
      expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text);
      expect(text).not.toContain('\u0000');
    }),
  );
});
