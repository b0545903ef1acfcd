import { createHash } from 'node:crypto';
import { CONSENT_TYPES, DISCLOSURES } from '@millrace/contracts';
import { consentTextRefusal, originOf } from './consent-text-policy.js';
import { checkTexts, currentTexts, textOfHash, textTroubles } from './published-texts.js';
import { RELEASED_TEXTS } from './released-texts.js';

const ALL = [...currentTexts('consent'), ...currentTexts('disclosure')];

test('R-AP-12: every consent and every disclosure has a text in Chinese and in English, as it was released', () => {
  expect(checkTexts()).toEqual([]);
  for (const language of ['zh-CN', 'en']) {
    expect(currentTexts('consent', { language }).map(({ type }) => type)).toEqual([...CONSENT_TYPES]);
    expect(
      currentTexts('disclosure', { language })
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...DISCLOSURES].sort());
  }
  expect(currentTexts('consent', { language: 'zh-CN', type: 'C4' })).toMatchObject([{ textId: 'consent-C4.v1.zh-CN', title: '人脸信息处理单独同意书' }]);
});

test('the hash is that of the text as it is served', () => {
  for (const one of ALL) {
    expect(createHash('sha256').update(one.text, 'utf8').digest('hex')).toBe(one.textSha256);
    expect(textOfHash(one.textSha256)).toEqual(one);
  }
});

test('a changed text, one that is gone, one without a title and a language that lacks are told at the start', () => {
  const [first, ...rest] = ALL;
  const troubles = (texts: typeof ALL): string[] => textTroubles(texts, RELEASED_TEXTS);
  expect(troubles([{ ...first!, textSha256: 'a'.repeat(64) }, ...rest])).toEqual([
    expect.stringContaining(`text ${first!.textId}.md: it is not what was released`),
  ]);
  expect(troubles(rest)).toEqual([
    expect.stringContaining(`text ${first!.textId}.md: it was released and is not there`),
    `texts: there is no ${first!.kind} ${first!.type} in ${first!.language}`,
  ]);
  expect(troubles([{ ...first!, title: '' }, ...rest])).toEqual([expect.stringContaining('it has no title')]);
});

const OURS = currentTexts('consent', { language: 'zh-CN', type: 'C1' })[0]!;
const OWN = { type: 'C1', textVersion: 'demo-1', textSha256: 'a'.repeat(64) };

test.each<[string, object, 'any' | 'published', string | undefined]>([
  ['a published text', {}, 'published', undefined],
  ['a partner’s own text', OWN, 'any', undefined],
  ['a partner’s own text, where only published ones count', OWN, 'published', 'CONSENT_TEXT_UNKNOWN'],
  ['a published version with another hash', { textSha256: 'a'.repeat(64) }, 'any', 'CONSENT_TEXT_CHANGED'],
  ['the text of another consent', { type: 'C2' }, 'any', 'CONSENT_TEXT_MISMATCH'],
  ['a published text under another version', { textVersion: 'consent-C1.v9' }, 'any', 'CONSENT_TEXT_MISMATCH'],
])('%s', (_, change, rule, code) => {
  const { type, textVersion, textSha256 } = OURS;
  const refusal = consentTextRefusal([{ type, textVersion, textSha256, ...change }], rule);
  expect(refusal?.code).toBe(code);
  if (refusal) expect(refusal).toMatchObject({ status: 422, field: 'consents.0.textSha256', detail: expect.stringContaining('GET /v1/consent-texts?type=') });
});

test('whose words a consent was given to follows from its hash', () => {
  expect([originOf(OURS), originOf(OWN)]).toEqual(['lender', 'partner']);
});
