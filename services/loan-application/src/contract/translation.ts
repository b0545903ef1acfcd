import type { TranslationAnswer } from '@millrace/contracts/api';

/** English of a document as it was drafted, and the hash of the text that it translates; null for a document of before translations. */
export function translationOf(textEn: string | null, originalSha256: string): TranslationAnswer | null {
  return textEn === null ? null : { language: 'en', binding: false, originalSha256, text: textEn };
}
