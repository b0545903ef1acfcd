import { reasonSentence, SENTENCES, type Language, type Reader } from '@millrace/reasons';

/** Fields that hold a sentence of ours: the title and detail of a problem, what is wrong with a field, a step of the timeline, the standard of a cost. */
const SENTENCE_FIELDS: ReadonlySet<string> = new Set(['title', 'detail', 'message', 'standard']);

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function translateField(name: string, value: unknown, of: Fields, language: Language, reader: Reader): unknown {
  // A document stands beside it in its own language already.
  if (name === 'translation' && isFields(value) && value['language'] !== language) return null;
  if (typeof value !== 'string') return translateAnswer(value, language, name === 'applicant' ? 'applicant' : reader);
  if (name === 'sentence' && typeof of['code'] === 'string') return reasonSentence(of['code'], value, language, reader) ?? value;
  // What the lender has worded in both languages: the name of a product, the words of a fee.
  if (typeof of[`${name}Zh`] === 'string') return of[`${name}Zh`];
  return SENTENCE_FIELDS.has(name) ? (SENTENCES.translate(value, language) ?? value) : value;
}

/**
 * An answer with its sentences in the language: reasons by their code, all others by their words. Names, comments and whatever else people have written stay
 * as they are, and so does a sentence that no catalogue has. What is stored and what services say to each other is English.
 */
export function translateAnswer(answer: unknown, language: Language, reader: Reader): unknown {
  if (language === 'en') return answer;
  if (Array.isArray(answer)) return answer.map((item) => translateAnswer(item, language, reader));
  if (!isFields(answer)) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, translateField(name, value, answer, language, reader)]));
}
