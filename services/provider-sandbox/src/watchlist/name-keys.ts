/** Legal forms at the end of Chinese company names, the longest first. */
const CHINESE_FORM = /(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|公司)$/u;
/** Legal forms among the words of other names. */
const FORM_WORDS: ReadonlySet<string> = new Set(
  'ab ag as bv co company corp corporation cv fze gmbh inc incorporated jsc kg limited llc llp ltd ltda mbh nv ojsc ooo oy pjsc plc pte pty sa sae sarl sas sdn bhd spa srl zao'.split(
    ' ',
  ),
);
const COMBINING_MARKS = /\p{M}+/gu;
const INSIDE_WORDS = /['’.`´]/gu;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

function plain(name: string): string {
  return name.normalize('NFKD').replace(COMBINING_MARKS, '').toLowerCase().replace(INSIDE_WORDS, '');
}

/** A name without case, accents, spaces and punctuation. */
export function exactKey(name: string): string {
  return plain(name).split(BETWEEN_WORDS).join('');
}

/** The same words in any order and without the legal form give the same key; empty where nothing is left. */
export function wordsKey(name: string): string {
  const words = plain(name)
    .replace(/[\s\p{P}]+$/u, '')
    .replace(CHINESE_FORM, '')
    .split(BETWEEN_WORDS)
    .filter((word) => word !== '' && !FORM_WORDS.has(word));
  return words.sort().join(' ');
}
