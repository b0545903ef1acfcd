import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from '../trouble/operator-error.js';

/** Raised when a later build cannot read the files of an earlier one. */
export const FORMAT = 1;
export const MANIFEST_FILE = 'manifest.json';

/** What was in a table when the backup was made. */
export interface SavedTable {
  readonly schema: string;
  readonly table: string;
  readonly rows: number;
  /** See `ContentSum`. */
  readonly sum: string;
}

/** Contents of a backup; written last, so that a backup that was broken off has none. */
export interface Manifest {
  readonly format: number;
  readonly build: string;
  readonly takenAt: string;
  readonly postgres: string;
  readonly tables: readonly SavedTable[];
  readonly sequences: readonly { readonly schema: string; readonly sequence: string; readonly lastValue: string }[];
  /** Migrations of every schema, `schema/name` to hash: the data fits the build that has just these. */
  readonly migrations: Readonly<Record<string, string>>;
}

/** File of a table's rows, one JSON object a line, compressed. */
export function fileOf({ schema, table }: Pick<SavedTable, 'schema' | 'table'>): string {
  return `${schema}.${table}.jsonl.gz`;
}

export function readManifest(directory: string): Manifest {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(directory, MANIFEST_FILE), 'utf8')) as Manifest;
  } catch (error) {
    throw new OperatorError(`${directory} holds no whole backup: ${MANIFEST_FILE} cannot be read`, { cause: error });
  }
  if (manifest.format !== FORMAT) throw new OperatorError(`the backup in ${directory} has format ${manifest.format}; this build reads format ${FORMAT}`);
  return manifest;
}
