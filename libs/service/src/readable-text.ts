/** Half of a pair of UTF-16 surrogates: no character. PostgreSQL refuses it, and other programs turn it into another text. */
const HALF_CHARACTER = 'must not have half of a character (a lone surrogate)';
const LOST_CHARACTER = 'must not have U+FFFD: a program before this request has lost a character';
const CONTROL = 'must not have control characters';
const NOTHING_VISIBLE = 'must have at least one visible character';

/** C0 without tab, line feed and carriage return, DEL, and C1; PostgreSQL takes no NUL, and the others have no place in a text. */
const CONTROL_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;
/**
 * Anything but white space, marks without a letter, and characters that no font draws (zero-width space, soft hyphen, Hangul filler …). Private and
 * unassigned code points count as visible: rare Chinese characters of names are still written with them.
 */
const VISIBLE = /[^\p{Z}\p{M}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Why a text can be no field of a request, to stand after the field's name; undefined where it can. An empty text is left to the rules of its field. */
export function troubleOfText(text: string): string | undefined {
  if (!text.isWellFormed()) return HALF_CHARACTER;
  if (CONTROL_CHARACTER.test(text)) return CONTROL;
  if (text.includes('\uFFFD')) return LOST_CHARACTER;
  return text !== '' && !VISIBLE.test(text) ? NOTHING_VISIBLE : undefined;
}
