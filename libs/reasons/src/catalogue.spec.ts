import { codesFor, entryOf, isReasonCode, REASONS, TOPICS, type ReasonCode } from './catalogue.js';
import type { ReasonEntry } from './reason-entry.js';
import { codeForEvents, reviewReason, reviewReasonsOf, toldOfRefusal } from './review-reasons.js';
import { applicantReason, applicantReasons, isRestrictedCode, meansFraud, openFindings, reasonOf, staffText } from './told-reasons.js';

const codes = Object.keys(REASONS) as ReasonCode[];
const entries: [ReasonCode, ReasonEntry][] = codes.map((code) => [code, REASONS[code]]);
const texts = entries.flatMap(([, { staff, told }]) => (typeof told === 'object' && told !== null ? [staff, told] : [staff]));
/** Words that would tell an applicant, or whoever sits beside it, of a suspicion. */
const SUSPICION = /fraud|suspicio|watch ?list|sanction|launder|欺诈|可疑|嫌疑|黑名单|制裁|洗钱|反欺诈|冒用/i;

test('each code stands in one topic, once', () => {
  expect(codes).toHaveLength(Object.values(TOPICS).reduce((sum, topic) => sum + Object.keys(topic).length, 0));
  expect(codes.filter((code) => !/^[A-Z][A-Z0-9_]{2,59}$/.test(code))).toEqual([]);
});

test('each text is a whole sentence in English and in Chinese', () => {
  expect(texts.filter(({ en }) => !/^[A-Z].*\.$/.test(en) || /[一-鿿]/.test(en) || en.length > 300)).toEqual([]);
  expect(texts.filter(({ zh }) => !/[一-鿿].*。$/.test(zh) || zh.length > 300)).toEqual([]);
});

test('R-LG-02, G-AM-03: what is told in place of each code, at both moments and in both languages, names no suspicion', () => {
  const told = codes.flatMap((code) =>
    (['refusal', 'review'] as const).flatMap((moment) => (['en', 'zh-CN'] as const).map((language) => applicantReason(code, moment, language))),
  );
  expect(told.filter(({ code, sentence }) => SUSPICION.test(sentence) || isRestrictedCode(code))).toEqual([]);
});

test('a restricted reason is told under a neutral code, and what means fraud is a refusal by a person', () => {
  const restricted = entries.filter(([, { restricted }]) => restricted);
  expect(restricted.length).toBeGreaterThan(20);
  for (const [code] of restricted) {
    expect([code, applicantReason(code, 'review')]).toEqual([code, { code: 'MANUAL_CHECK', sentence: 'A person looks at the application.' }]);
    expect(openFindings([{ code, severity: 'red' }])).toEqual([{ code: 'APPLICATION_NOT_PROCESSED', severity: 'red' }]);
  }
  const fraud = codes.filter(meansFraud);
  expect(fraud).toEqual(['UNTRUE_INFO', 'FRAUD_CONFIRMED', 'STOLEN_IDENTITY']);
  for (const code of fraud) expect(reviewReason(code)).toMatchObject({ decision: 'reject', meansFraud: true });
});

test('a code that nobody has listed is silent', () => {
  expect([isReasonCode('A_RULE_OF_TOMORROW'), entryOf('toString'), isRestrictedCode('A_RULE_OF_TOMORROW')]).toEqual([false, undefined, true]);
  expect(applicantReason('A_RULE_OF_TOMORROW', 'refusal', 'zh-CN')).toEqual({ code: 'APPLICATION_NOT_PROCESSED', sentence: '很抱歉，您的申请无法办理。' });
  expect(applicantReasons([], 'review')).toMatchObject([{ code: 'MANUAL_CHECK' }]);
  expect(staffText('FRAUD_CONFIRMD', 'en')).toBe('FRAUD_CONFIRMD');
});

test('R-CR-09: what a bureau said, and what the model is made of, is told as such and no more', () => {
  expect(applicantReason('THIN_FILE', 'review').code).toBe('CREDIT_INFORMATION');
  expect(applicantReason('GRADE_NOT_LENT', 'refusal').code).toBe('CREDIT_ASSESSMENT');
  expect(applicantReason('GRADE_NOT_LENT', 'review').code).toBe('MANUAL_CHECK');
  expect(applicantReason('LIMIT_BOUND_BY_TAX', 'refusal').code).toBe('AMOUNT_REDUCED');
});

test('R-UW-05: a person may give the reasons of its stage and decision, and no other', () => {
  expect(reviewReasonsOf('disbursement', 'approve').map(({ code }) => code)).toEqual(['ACCOUNT_CORRECTED', 'FINDING_LOOKED_AT', 'PAY_AGAIN']);
  expect(reviewReasonsOf('approval', 'reject').map(({ code }) => code)).not.toContain('IDENTITY_UNPROVEN');
  expect(codesFor('review').every((code) => (['approve', 'reject'] as const).includes(reviewReason(code)!.decision))).toBe(true);
  expect(reviewReason('SALES_LOW')).toBeUndefined();
});

test('what a person refused for reaches the applicant and ordinary events as the catalogue says', () => {
  expect(toldOfRefusal('FRAUD_CONFIRMED')).toEqual({ code: 'APPLICATION_NOT_PROCESSED', sentence: 'The application cannot be processed.' });
  expect(toldOfRefusal('ABOVE_AUTHORITY')).toMatchObject({ code: 'DECLINED_BY_PERSON' });
  expect(toldOfRefusal('typed by hand')).toMatchObject({ code: 'DECLINED_BY_PERSON' });
  expect(['FRAUD_CONFIRMED', 'STOLEN_IDENTITY', 'UNTRUE_INFO', 'AFFORDABILITY'].map(codeForEvents)).toEqual([
    'DECLINED_BY_PERSON',
    'DECLINED_BY_PERSON',
    'UNTRUE_INFO',
    'AFFORDABILITY',
  ]);
});

test('a code comes with its English sentence, as events carry it', () => {
  expect(reasonOf('THIN_FILE')).toEqual({ code: 'THIN_FILE', sentence: 'The credit bureau has no record of the firm.' });
});
