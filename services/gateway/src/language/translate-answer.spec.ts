import { applicantReason, codesFor, reviewReason } from '@millrace/reasons';
import { translateAnswer } from './translate-answer.js';

const zh = (answer: unknown, reader: 'applicant' | 'staff' = 'applicant'): unknown => translateAnswer(answer, 'zh-CN', reader);

test('an answer in English is the very answer', () => {
  const answer = { title: 'The offer has expired.', items: [{ code: 'THIN_FILE', sentence: 'The credit bureau has no record of the firm.' }] };
  expect(translateAnswer(answer, 'en', 'staff')).toBe(answer);
});

test('reasons are said by their code, wherever they stand', () => {
  const decision = {
    outcome: 'declined',
    reasons: [applicantReason('AFFORDABILITY', 'refusal'), { code: 'NEW_CODE', sentence: 'New.' }, { code: 'X', sentence: null }],
  };
  expect(zh({ decision, review: null })).toEqual({
    decision: {
      outcome: 'declined',
      reasons: [
        { code: 'AFFORDABILITY', sentence: '贵企业的现金流不足以支撑该笔贷款。' },
        { code: 'NEW_CODE', sentence: 'New.' },
        { code: 'X', sentence: null },
      ],
    },
    review: null,
  });
});

test('the screen of a decision has the words of staff, and beside them those of the applicant', () => {
  expect(zh(reviewReason('AFFORDABILITY'), 'staff')).toMatchObject({
    sentence: '现金流不足以支撑该笔贷款。',
    applicant: { sentence: '贵企业的现金流不足以支撑该笔贷款。' },
  });
  expect(zh(reviewReason('DECLINED'), 'staff')).toMatchObject({ applicant: { code: 'DECLINED_BY_PERSON', sentence: '很抱歉，您的申请经人工审核未获通过。' } });
  const words = codesFor('review').map((code) => JSON.stringify(zh(reviewReason(code), 'staff')));
  expect(words.filter((text) => /"(sentence)":"[A-Z]/.test(text))).toEqual([]);
});

test('a problem with all its errors, a step of the timeline and the cost of an offer', () => {
  const problem = {
    title: 'Some fields are not right.',
    detail: 'Take it out.',
    code: 'VALIDATION_FAILED',
    errors: [{ field: 'x', message: 'must be a UUID' }],
  };
  expect(zh(problem)).toEqual({
    title: '部分字段有误。',
    detail: '请去掉该字符。',
    code: 'VALIDATION_FAILED',
    errors: [{ field: 'x', message: '必须是 UUID' }],
  });
  expect(zh({ items: [{ title: 'The firm applied for 300,000.00 yuan over 12 months.' }] })).toEqual({
    items: [{ title: '企业申请贷款 300,000.00 元，期限 12 个月。' }],
  });
  expect(zh({ costSheet: { items: [{ item: 'interest', standard: '6.35% a year on the principal outstanding' }] } })).toEqual({
    costSheet: { items: [{ item: 'interest', standard: '按未还本金计息，年利率 6.35%' }] },
  });
});

test('G-PR-02: a fee has the Chinese words that the lender gave, and one without them the words that it has', () => {
  const fee = { item: 'Guarantee fee', itemZh: '担保费', payee: 'Sample Co.', payeeZh: '样例公司', standard: '0.50% once', standardZh: '0.50%，一次性' };
  const plain = { item: '登记费', payee: '样例公司', standard: '一次性' };
  expect(zh({ costSheet: { items: [fee, plain] } })).toEqual({
    costSheet: { items: [{ ...fee, item: '担保费', payee: '样例公司', standard: '0.50%，一次性' }, plain] },
  });
});

test('G-EC-02: an answer in Chinese has no translation beside the text that binds; the text is the same in both languages', () => {
  const contract = { text: '借款合同', contractSha256: 'a', translation: { language: 'en', binding: false, originalSha256: 'a', text: 'Loan contract' } };
  expect(zh(contract)).toEqual({ ...contract, translation: null });
  expect(translateAnswer(contract, 'en', 'applicant')).toBe(contract);
});

test('a product has its Chinese name, and what people have written stays as it is', () => {
  expect(zh({ items: [{ name: 'Invoice loan', nameZh: '发票贷' }] })).toEqual({ items: [{ name: '发票贷', nameZh: '发票贷' }] });
  const written = {
    comment: 'The offer has expired.',
    companyName: 'Settled.',
    name: 'Ring',
    text: 'The offer has expired.',
    at: new Date(0),
    list: ['Take it out.'],
  };
  expect(zh(written)).toEqual(written);
});
