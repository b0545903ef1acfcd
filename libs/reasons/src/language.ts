/** Languages of every text that leaves Millrace, as `Accept-Language` and `Content-Language` name them (BCP 47). */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language of an answer whose request asks for none that there is. */
export const DEFAULT_LANGUAGE: Language = 'en';

/** One text in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** The text in a language. */
export function textIn(text: Text, language: Language): string {
  return language === 'en' ? text.en : text.zh;
}

/** Ranges of a header that are read; a longer list is no person's. */
const MOST_RANGES = 20;
const QUALITY = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** A range of the header with its weight; undefined for one that is malformed or refused by `q=0`. */
function rangeOf(part: string): { readonly range: string; readonly quality: number } | undefined {
  const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
  if (!/^(\*|[a-z]{1,8}(-[a-z0-9]{1,8})*)$/i.test(range) || parameters.length > 1) return undefined;
  const weight = parameters[0] === undefined ? '1' : QUALITY.exec(parameters[0])?.[1];
  return weight === undefined ? undefined : { range: range.toLowerCase(), quality: Number(weight) };
}

/** Chinese in any script or region is answered in zh-CN, and English of any region in en. */
function languageOfRange(range: string): Language | undefined {
  if (range === '*') return DEFAULT_LANGUAGE;
  const primary = range.split('-')[0];
  return primary === 'zh' ? 'zh-CN' : primary === 'en' ? 'en' : undefined;
}

/**
 * The language that an `Accept-Language` header asks for (RFC 9110, 12.5.4): the supported one with the highest weight, the first of equal ones;
 * {@link DEFAULT_LANGUAGE} where there is no header or none that can be met.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  if (acceptLanguage === undefined || acceptLanguage === '') return DEFAULT_LANGUAGE;
  let best: { language: Language; quality: number } | undefined;
  for (const part of acceptLanguage.split(',', MOST_RANGES)) {
    const asked = rangeOf(part.trim());
    const language = asked && languageOfRange(asked.range);
    if (language && asked.quality > (best?.quality ?? 0)) best = { language, quality: asked.quality };
  }
  return best?.language ?? DEFAULT_LANGUAGE;
}
