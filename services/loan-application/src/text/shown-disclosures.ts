import type { Disclosure } from '@millrace/contracts';
import type { ShownDisclosureAnswer } from '@millrace/contracts/api';
import { Problem } from '@millrace/service';
import { currentTexts, type PublishedText } from './published-texts.js';

/** A page as an acceptance names it: by the hash of the text that the applicant was shown. */
export interface NamedDisclosure {
  readonly type: Disclosure;
  readonly textSha256: string;
}

function notInForce({ type }: NamedDisclosure, at: number, inForce: readonly PublishedText[]): Problem {
  // The start refuses a page without a text.
  const { textVersion } = inForce[0]!;
  const hashes = inForce.map(({ language, textSha256 }) => `${language} ${textSha256}`).join(', ');
  const detail = `In force is ${textVersion}: ${hashes}. Show the applicant the text that GET /v1/disclosures?type=${type} gives.`;
  const field = `disclosuresShown.${at}.textSha256`;
  return new Problem({
    status: 422,
    code: 'DISCLOSURE_TEXT_NOT_IN_FORCE',
    title: 'The hash is not that of a page in force.',
    detail,
    errors: [{ field, message: detail }],
  });
}

/**
 * What is kept of the pages when an offer is accepted (R-AP-12): each with the version in force, and the hash of the text that was shown where the
 * acceptance names it.
 * @param named pages that the acceptance names by hash
 * @param acknowledged pages that the applicant ticked when it applied
 * @param texts every text in force
 * @throws Problem `DISCLOSURE_TEXT_NOT_IN_FORCE` for a hash of another page, of an older wording, or of nothing that was published
 */
export function shownDisclosures(
  named: readonly NamedDisclosure[],
  acknowledged: readonly string[],
  texts: readonly PublishedText[] = currentTexts('disclosure'),
): ShownDisclosureAnswer[] {
  const shown = named.map((one, at): ShownDisclosureAnswer => {
    const inForce = texts.filter(({ type }) => type === one.type);
    const text = inForce.find(({ textSha256 }) => textSha256 === one.textSha256);
    if (!text) throw notInForce(one, at, inForce);
    return { type: one.type, textVersion: text.textVersion, textId: text.textId, textSha256: text.textSha256 };
  });
  const byName = acknowledged.filter((page) => !named.some(({ type }) => type === page));
  const unnamed = byName.flatMap((page): ShownDisclosureAnswer[] => {
    const text = texts.find(({ type }) => type === page);
    return text ? [{ type: page as Disclosure, textVersion: text.textVersion, textId: null, textSha256: null }] : [];
  });
  return [...shown, ...unnamed];
}
