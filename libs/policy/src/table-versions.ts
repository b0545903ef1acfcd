import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { checkDecisionTable } from './check-decision-table.js';
import { DecisionTable } from './decision-table.js';
import type { PolicyRelease } from './policy-release.js';
import { releasedVersions } from './release-manifest.js';
import type { TableContract } from './table-contract.js';
import { TableFaults } from './table-rows.js';

/** Where the versions of a decision table are: the one in place is `<name>.json`, those that were released are `released/<name>.<hash>.json`. */
export interface TablePlace {
  readonly service: string;
  readonly name: string;
  /** The service's folder of tables. */
  readonly folder: URL;
  /** Hashes of files of a former form, each with that of the version whose rows say the same: decisions are stored under them. */
  readonly former?: Readonly<Record<string, string>>;
  /** Hashes of versions that decided before versions were kept: decisions stand under them that nobody can make again. */
  readonly notKept?: readonly string[];
}

/** Digits of a hash in the name of a file. */
const SHOWN = 12;
const inPlace = ({ folder, name }: TablePlace): URL => new URL(`${name}.json`, folder);
const keptName = ({ name }: TablePlace, sha256: string): string => `released/${name}.${sha256.slice(0, SHOWN)}.json`;

/** A decision names a version of its table that is not there. */
export class MissingTableVersion extends Error {}

/** A decision names a version of before versions were kept; what is known of it is that it was one. */
export class TableNotKept extends MissingTableVersion {}

/** A decision table with every version of it that was released, so that an old decision can be made again by the rows that made it. */
export class TableVersions<Input extends object, Hit extends object> {
  /** The version in place, by which new decisions are made. */
  readonly newest: DecisionTable<Input, Hit>;
  readonly #loaded = new Map<string, DecisionTable<Input, Hit>>();

  constructor(
    private readonly place: TablePlace,
    private readonly contract: TableContract<Input, Hit>,
  ) {
    this.newest = DecisionTable.fromFile(inPlace(place), contract);
  }

  /**
   * The version with a hash, read once.
   * @throws MissingTableVersion where it is not there, as {@link TableNotKept} where it never was kept; TableFaults where its file is not what the hash says
   */
  of(sha256: string): DecisionTable<Input, Hit> {
    if (this.place.notKept?.includes(sha256)) throw new TableNotKept(`${this.place.name} has the version ${sha256} of before versions were kept`);
    const now = this.place.former?.[sha256] ?? sha256;
    if (now === this.newest.sha256) return this.newest;
    const known = this.#loaded.get(now);
    if (known) return known;
    const name = keptName(this.place, now);
    const file = new URL(name, this.place.folder);
    if (!existsSync(file)) throw new MissingTableVersion(`${this.place.name} has no version with the hash ${sha256}; put it back as ${name}`);
    const table = DecisionTable.fromFile(file, this.contract);
    if (table.sha256 !== now) throw new TableFaults([`${keptName(this.place, now)} has the hash ${table.sha256}; put back what was released`]);
    this.#loaded.set(now, table);
    return table;
  }
}

/** Keeps the version in place beside the newest, as a release that names it needs; answers its file where it was not kept yet. */
export function keepTable<Input extends object, Hit extends object>(place: TablePlace, contract: TableContract<Input, Hit>): string | undefined {
  const text = readFileSync(inPlace(place), 'utf8');
  const name = keptName(place, new DecisionTable(text, contract).sha256);
  const file = new URL(name, place.folder);
  if (existsSync(file)) return undefined;
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, text);
  return `services/${place.service}/tables/${name}`;
}

/** What is wrong with the table in place, or with a version that some release names, a line each: a stored decision may name any of them. */
export async function checkTableVersions<Input extends object, Hit extends object>(
  place: TablePlace,
  contract: TableContract<Input, Hit>,
  releases?: readonly PolicyRelease[],
  releasesFolder?: URL,
): Promise<string[]> {
  const faults = await checkDecisionTable(inPlace(place), contract);
  if (faults.length > 0) return faults;
  const versions = new TableVersions(place, contract);
  return releasedVersions(`${place.service}/tables/${place.name}`, releases, releasesFolder).flatMap(({ sha256, release }) => {
    try {
      versions.of(sha256);
      if (existsSync(new URL(keptName(place, sha256), place.folder))) return [];
      return [`${place.name}.json: policy release ${release} names it, and it is not kept as ${keptName(place, sha256)}; copy it there`];
    } catch (error) {
      if (error instanceof MissingTableVersion) return [`${place.name}.json: policy release ${release} names a version that is gone: ${error.message}`];
      if (error instanceof TableFaults) return error.faults.map((fault) => `${place.name}.json: ${fault}`);
      throw error;
    }
  });
}
