import type { SubmissionRefusal } from '../request/submission-refusal.js';
import { isPublishedVersion, textOfHash } from './published-texts.js';

/** Whose wording an applicant agreed to: a published text of the lender, or one of the partner's own. */
export type TextOrigin = 'lender' | 'partner';

/** `any`: partners may show texts of their own. `published`: only texts of the lender count. */
export const CONSENT_TEXT_RULES = ['any', 'published'] as const;
export type ConsentTextRule = (typeof CONSENT_TEXT_RULES)[number];

/** What is checked of a consent's text. */
export interface NamedText {
  readonly type: string;
  readonly textVersion: string;
  readonly textSha256: string;
}

/** Published texts never change, so that the hash alone says it, of every consent that was ever stored. */
export function originOf({ textSha256 }: Pick<NamedText, 'textSha256'>): TextOrigin {
  return textOfHash(textSha256) ? 'lender' : 'partner';
}

function refusalOf({ type, textVersion, textSha256 }: NamedText, at: string, rule: ConsentTextRule): SubmissionRefusal | undefined {
  const field = `${at}.textSha256`;
  const found = textOfHash(textSha256);
  if (found && (found.kind !== 'consent' || found.type !== type || found.textVersion !== textVersion)) {
    const detail = `The hash is that of ${found.textVersion}. Send textVersion and textSha256 as GET /v1/consent-texts?type=${type} gives them.`;
    return { status: 422, code: 'CONSENT_TEXT_MISMATCH', title: 'The hash belongs to another text than the consent names.', detail, field };
  }
  if (!found && isPublishedVersion(textVersion)) {
    const detail = `${textVersion} has another SHA-256. Hash the bytes of the text as they came, in UTF-8; GET /v1/consent-texts?type=${type} gives both.`;
    return { status: 422, code: 'CONSENT_TEXT_CHANGED', title: 'The hash is not that of the published text.', detail, field };
  }
  if (!found && rule === 'published') {
    const detail = `This lender takes consents to its own texts only. Show the applicant the one that GET /v1/consent-texts?type=${type} gives.`;
    return { status: 422, code: 'CONSENT_TEXT_UNKNOWN', title: 'The text of a consent is none that the lender has published.', detail, field };
  }
  return undefined;
}

/** Holds the texts that the consents of a field name against those that were published (R-LE-01); the first that is wrong is answered. */
export function consentTextRefusal(consents: readonly NamedText[], rule: ConsentTextRule, field = 'consents'): SubmissionRefusal | undefined {
  return consents.map((consent, at) => refusalOf(consent, `${field}.${at}`, rule)).find((refusal) => refusal !== undefined);
}
