import fc from 'fast-check';
import { fill, Phrasebook } from './phrasebook.js';
import { PHRASES, SENTENCES } from './sentences.js';
import { reasonSentence } from './reason-sentence.js';

const placesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

test('every sentence of the book, with values in its places, is read back and said in Chinese with the same values', () => {
  // Values as they are: amounts, days, codes and lists of codes.
  const value = fc.oneof(
    fc.stringMatching(/^[1-9][0-9]{0,8}\.[0-9]{2}$/),
    fc.stringMatching(/^[A-Z]{2,8}_[A-Z]{2,8}$/),
    fc.stringMatching(/^20[0-9]{2}-0[1-9]-1[0-9]$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...PHRASES), fc.array(value, { minLength: 4, maxLength: 4 }), (phrase, values) => {
      const filled = Object.fromEntries(placesOf(phrase.en).map((name, at) => [name, values[at]!]));
      expect(SENTENCES.translate(fill(phrase, filled), 'zh-CN')).toBe(fill(phrase, filled, 'zh-CN'));
    }),
    { numRuns: 1_000 },
  );
});

test('of two sentences that fit, the one with more words of its own is meant', () => {
  const book = new Phrasebook([
    { en: 'Send {what}.', zh: '发送{what}。' },
    { en: 'Send {what} again.', zh: '重新发送{what}。' },
  ]);
  expect(book.translate('Send it again.', 'zh-CN')).toBe('重新发送it。');
});

test('values that are words of the book are said in Chinese, and all others as they are', () => {
  expect(SENTENCES.translate('There is no such review task.', 'zh-CN')).toBe('找不到该审批任务。');
  expect(SENTENCES.translate('Possible now: accept the offer, withdraw the application.', 'zh-CN')).toBe('当前可进行：接受贷款方案、撤回申请。');
  expect(SENTENCES.translate('It is open to: partners, auditor.', 'zh-CN')).toBe('可操作的角色：合作机构、审计人员。');
  expect(SENTENCES.translate('Missing: C1, C2.', 'zh-CN')).toBe('缺少：C1, C2。');
});

test('what the book does not have, and English, stays as it is', () => {
  expect(SENTENCES.translate('A sentence of another program.', 'zh-CN')).toBeUndefined();
  expect(SENTENCES.translate(`It offers: ${'GET, '.repeat(1_000)}.`, 'zh-CN')).toBeUndefined();
  expect(SENTENCES.translate('Take it out.', 'en')).toBe('Take it out.');
});

test('a reason is said in the text that the English one is: staff’s or the applicant’s', () => {
  expect(reasonSentence('REVENUE_GAP', 'Declared and invoiced revenue differ by more than 20%.', 'zh-CN', 'applicant')).toBe(
    '申报的营业收入与开票收入相差超过 20%。',
  );
  expect(
    reasonSentence('REVENUE_GAP', 'Declared and invoiced revenue differ by more than 20%; please correct or explain the declared revenue.', 'zh-CN', 'staff'),
  ).toMatch(/^您申报的/);
  expect(reasonSentence('MANUAL_CHECK', 'A person looks at the application.', 'zh-CN', 'applicant')).toBe('您的申请正在人工审核中。');
  expect(reasonSentence('MANUAL_CHECK', 'A person looks at the application.', 'zh-CN', 'staff')).toBe('申请正在人工审核。');
});

test('words of an earlier version never become the staff’s text of a reason that the applicant is not told', () => {
  expect(reasonSentence('DEVICE_RING', 'An old sentence.', 'zh-CN', 'applicant')).toBeUndefined();
  expect(reasonSentence('DEVICE_RING', 'An old sentence.', 'zh-CN', 'staff')).toMatch(/设备/);
  expect(reasonSentence('A_RULE_OF_TOMORROW', 'An old sentence.', 'zh-CN', 'staff')).toBeUndefined();
  expect(reasonSentence('MANUAL_CHECK', 'A person looks at the application.', 'en', 'staff')).toBeUndefined();
});
