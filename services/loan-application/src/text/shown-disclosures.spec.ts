import { currentTexts, type PublishedText } from './published-texts.js';
import { shownDisclosures } from './shown-disclosures.js';

const [text] = currentTexts('disclosure', { type: 'risk_warning', language: 'zh-CN' });
const ACKNOWLEDGED = ['risk_warning', 'cost_explainer'];

test('R-AP-12: a page is recorded with the text that was shown, or with the version in force where the acceptance names no hash', () => {
  expect(shownDisclosures([{ type: 'risk_warning', textSha256: text!.textSha256 }], ACKNOWLEDGED)).toEqual([
    { type: 'risk_warning', textVersion: text!.textVersion, textId: text!.textId, textSha256: text!.textSha256 },
    { type: 'cost_explainer', textVersion: 'disclosure-cost_explainer.v1', textId: null, textSha256: null },
  ]);
  expect(shownDisclosures([], ACKNOWLEDGED).map(({ type, textSha256 }) => [type, textSha256])).toEqual(ACKNOWLEDGED.map((type) => [type, null]));
  expect(shownDisclosures([], [])).toEqual([]);
});

test('R-AP-12: a wording that was replaced is refused, and the one in force is named with its hash', () => {
  const next: PublishedText = { ...text!, textId: 'disclosure-risk_warning.v2.zh-CN', textVersion: 'disclosure-risk_warning.v2', textSha256: 'b'.repeat(64) };
  const named = [{ type: 'risk_warning', textSha256: text!.textSha256 }] as const;
  const details = expect.objectContaining({
    code: 'DISCLOSURE_TEXT_NOT_IN_FORCE',
    detail: expect.stringContaining(`In force is disclosure-risk_warning.v2: zh-CN ${'b'.repeat(64)}.`),
  });
  expect(() => shownDisclosures(named, ACKNOWLEDGED, [next])).toThrow(expect.objectContaining({ details }));
});
