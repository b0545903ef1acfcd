import { Injectable } from '@nestjs/common';
import { DataSets } from '../data-set/data-sets.js';
import { MadeFirms } from '../firm/made-firms.js';
import { ListIndex, type ListEntry, type ListMatch, type ListSubject } from './list-index.js';
import { readOfacLists, readOwnLists } from './read-lists.js';

/** A match of one of the subjects of a screening. */
export interface ScreeningHit extends ListMatch {
  readonly subjectIndex: number;
}

/** Holds subjects against the lists of the files, read at the first screening, and against the firms that were made as listed. */
@Injectable()
export class ScreenSubjects {
  #index: ListIndex | undefined;

  constructor(
    private readonly dataSets: DataSets,
    private readonly made: MadeFirms,
  ) {}

  async screen(subjects: readonly ListSubject[]): Promise<ScreeningHit[]> {
    this.#index ??= new ListIndex([...readOwnLists(), ...readOfacLists(this.dataSets.directory)]);
    const madeIndex = new ListIndex(await this.#madeEntries());
    const indexes = [this.#index, madeIndex];
    return subjects.flatMap((subject, subjectIndex) => indexes.flatMap((index) => index.match(subject)).map((match) => ({ subjectIndex, ...match })));
  }

  async #madeEntries(): Promise<ListEntry[]> {
    return (await this.made.listed()).flatMap(({ uscc, record }): ListEntry[] => {
      const { name, legalRepresentative: person, watchlists, legalRepresentativeWatchlists } = record;
      return [
        ...watchlists.map((list): ListEntry => ({ list, kind: 'company', name, aliases: [], identifier: uscc })),
        ...legalRepresentativeWatchlists.map((list): ListEntry => ({ list, kind: 'person', name: person.name, aliases: [], identifier: person.idNumber })),
      ];
    });
  }
}
