import { textIn, type Language, type Text } from './language.js';

/** A part of a sentence that stands for a value: a name in braces. */
const PLACE = /\{(\w+)\}/g;
/** A longer text is no sentence of ours. */
const MOST_CHARACTERS = 1_000;

const quoted = (literal: string): string => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A sentence with values in its places, read back. */
interface Pattern {
  readonly phrase: Text;
  readonly expression: RegExp;
  readonly names: readonly string[];
  /** Characters that are the sentence's own; of two that fit, the one with more is meant. */
  readonly ownLength: number;
}

function patternOf(phrase: Text): Pattern {
  const literals = phrase.en.split(/\{\w+\}/);
  return {
    phrase,
    expression: new RegExp(`^${literals.map(quoted).join('(.+?)')}$`, 's'),
    names: [...phrase.en.matchAll(PLACE)].map(([, name]) => name!),
    ownLength: literals.join('').length,
  };
}

/** A sentence with its places filled; a place without a value stays as it is written. */
export function fill(phrase: Text, values: Readonly<Record<string, string | number>>, language: Language = 'en'): string {
  return textIn(phrase, language).replace(PLACE, (place, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : place));
}

/**
 * Sentences in English, each with its Chinese. What is stored, logged and sent between services is the English sentence with its values; on the way out it is
 * recognised here by its words, and said in the other language with the same values. So the place that says something holds the whole sentence, and no
 * second form of it is kept. A test walks the code and names a sentence that no book has.
 */
export class Phrasebook {
  readonly #whole = new Map<string, Text>();
  readonly #patterns: readonly Pattern[];

  constructor(
    phrases: readonly Text[],
    /** Words that a sentence may hold as a value, such as the name of a thing, with their Chinese. */
    private readonly terms: Readonly<Record<string, string>> = {},
  ) {
    for (const phrase of phrases) if (!/\{\w+\}/.test(phrase.en)) this.#whole.set(phrase.en, phrase);
    this.#patterns = phrases
      .filter(({ en }) => /\{\w+\}/.test(en))
      .map(patternOf)
      .sort((a, b) => b.ownLength - a.ownLength);
  }

  /** The English sentence in a language; undefined where the book does not have it. */
  translate(english: string, language: Language): string | undefined {
    if (language === 'en') return english;
    const whole = this.#whole.get(english);
    if (whole) return textIn(whole, language);
    if (english.length > MOST_CHARACTERS) return undefined;
    for (const { phrase, expression, names } of this.#patterns) {
      const found = expression.exec(english);
      if (found) return fill(phrase, Object.fromEntries(names.map((name, at) => [name, this.#term(found[at + 1]!)])), language);
    }
    return undefined;
  }

  /** A value as the other language says it: a word of the book, a list of such words, or the value itself. */
  #term(value: string): string {
    const words = value.split(', ');
    if (words.some((word) => Object.hasOwn(this.terms, word)))
      return words.map((word) => (Object.hasOwn(this.terms, word) ? this.terms[word]! : word)).join('、');
    return value;
  }
}
