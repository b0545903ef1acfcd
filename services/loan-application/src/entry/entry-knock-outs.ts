import { checkTableVersions, keepTable, TableVersions, type EntryParameters, type TableContract, type TablePlace } from '@millrace/policy';
import { applicantReasons, codesFor } from '@millrace/reasons';
import type { Reason } from '@millrace/contracts';
import { entryFacts, type EntryFacts, type EntryHit, type EntryInput } from './entry-policy.js';

const entryTableIn = (folder: URL = new URL('../../tables/', import.meta.url)): TablePlace => ({
  service: 'loan-application',
  name: 'entry-knock-outs',
  folder,
});

/** Bands that the policy's numbers make of an application, and what a row may say of them. */
export const ENTRY_KNOCK_OUTS: TableContract<EntryFacts, EntryHit> = {
  inputs: {
    firmSize: { type: 'words', words: ['micro', 'small', 'larger', 'unknown'] },
    applicantAge: { type: 'words', words: ['of_age', 'under_age', 'unknown'] },
    industryBarred: { type: 'boolean' },
    regionServed: { type: 'boolean' },
    purposeBarred: { type: 'boolean' },
  },
  outputs: { code: { type: 'words', words: codesFor('entry') } },
};

/** What is wrong with the table, and with the versions that releases name, a line each, for the start. */
export const checkEntryKnockOuts = (): Promise<string[]> => checkTableVersions(entryTableIn(), ENTRY_KNOCK_OUTS);

/** Keeps the table in place, as a release that names it needs; answers its file where it was not kept yet. */
export const keepEntryKnockOuts = (): string[] => [keepTable(entryTableIn(), ENTRY_KNOCK_OUTS)].filter((file) => file !== undefined);

/** Why an application is refused by what it says itself. */
export interface EntryRefusal {
  readonly reasons: readonly Reason[];
  /** Version of the table that refused it, so that it can be asked again (R-IT-04). */
  readonly tableSha256: string;
  readonly facts: EntryFacts;
}

/** Knock-outs that need no outside source, as a decision table that risk officers edit (M-AP-13). */
export class EntryKnockOuts {
  readonly #versions = new TableVersions(entryTableIn(), ENTRY_KNOCK_OUTS);

  get sha256(): string {
    return this.#versions.newest.sha256;
  }

  /** Undefined where nothing stands against the application. */
  async refusalOf(input: EntryInput, entry: EntryParameters): Promise<EntryRefusal | undefined> {
    const facts = entryFacts(input, entry);
    const hits = await this.#versions.newest.evaluate(facts);
    if (hits.length === 0) return undefined;
    return {
      reasons: applicantReasons(
        hits.map(({ code }) => code),
        'refusal',
      ),
      tableSha256: this.sha256,
      facts,
    };
  }
}
