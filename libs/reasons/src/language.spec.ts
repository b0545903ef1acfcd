import fc from 'fast-check';
import { LANGUAGES, languageOf } from './language.js';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh-CN', 'zh-CN'],
  ['zh', 'zh-CN'],
  ['zh-Hans-CN;q=0.5', 'zh-CN'],
  ['ZH-hk', 'zh-CN'],
  ['en-GB', 'en'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['en;q=0.8, zh-CN;q=0.9', 'zh-CN'],
  ['fr, zh;q=0.3, en;q=0.2', 'zh-CN'],
  ['en, zh', 'en'],
  ['zh, en', 'zh-CN'],
  ['zh;q=0', 'en'],
  ['zh;q=0.000, en;q=0.001', 'en'],
  ['*', 'en'],
  ['*;q=0.1, zh;q=0.2', 'zh-CN'],
  ['fr', 'en'],
  ['zh;q=7, en;q=0.1', 'en'],
  ['zh;level=1', 'en'],
])('the header %p is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test('whatever the header, the answer is one of the languages', () => {
  fc.assert(fc.property(fc.string(), (header) => (LANGUAGES as readonly string[]).includes(languageOf(header))));
});
