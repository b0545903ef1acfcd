import type { ListName } from '../profile/firm-record.js';
import { exactKey, wordsKey } from './name-keys.js';

export type SubjectKind = 'company' | 'person';

/** One party on a list. */
export interface ListEntry {
  readonly list: ListName;
  readonly kind: SubjectKind;
  readonly name: string;
  readonly aliases: readonly string[];
  /** USCC or resident id, where the list has one. */
  readonly identifier: string | null;
}

/** Who is to be looked up. */
export interface ListSubject {
  readonly kind: SubjectKind;
  readonly name: string;
  readonly identifier: string | null;
}

/** A match, by how sure it is: 1 identifier or exact name, 0.95 exact alias, 0.9 the same words otherwise. */
export interface ListMatch {
  readonly list: ListName;
  readonly matchScore: number;
  readonly listedName: string;
}

/** Most hits of one subject; a common name must not make an answer of any size. */
const MOST_HITS = 20;

/** Look-up by keys, so that a screening costs the same however long the lists are. */
export class ListIndex {
  readonly #places = new Map<string, Map<ListEntry, number>>();

  constructor(entries: Iterable<ListEntry>) {
    for (const entry of entries) {
      const { kind, name, aliases, identifier } = entry;
      if (identifier) this.#put(`${kind}/id/${identifier}`, entry, 1);
      this.#put(`${kind}/name/${exactKey(name)}`, entry, 1);
      for (const alias of aliases) this.#put(`${kind}/name/${exactKey(alias)}`, entry, 0.95);
      for (const words of [name, ...aliases].map(wordsKey)) if (words !== '') this.#put(`${kind}/words/${words}`, entry, 0.9);
    }
  }

  /** Best match of each listed party, the surest first. */
  match({ kind, name, identifier }: ListSubject): ListMatch[] {
    const keys = [...(identifier ? [`${kind}/id/${identifier}`] : []), `${kind}/name/${exactKey(name)}`, `${kind}/words/${wordsKey(name)}`];
    const best = new Map<ListEntry, number>();
    for (const key of keys) {
      for (const [entry, score] of this.#places.get(key) ?? []) best.set(entry, Math.max(score, best.get(entry) ?? 0));
    }
    const matches = [...best].map(([entry, matchScore]) => ({ list: entry.list, matchScore, listedName: entry.name }));
    return matches.sort((a, b) => b.matchScore - a.matchScore).slice(0, MOST_HITS);
  }

  #put(key: string, entry: ListEntry, score: number): void {
    const place = this.#places.get(key) ?? new Map<ListEntry, number>();
    place.set(entry, Math.max(score, place.get(entry) ?? 0));
    this.#places.set(key, place);
  }
}
