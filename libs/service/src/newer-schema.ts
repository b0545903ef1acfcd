import { readdirSync } from 'node:fs';
import { ConfigError } from './config.js';

/** A database that a newer version has prepared; waiting does not help. */
export class NewerSchemaError extends ConfigError {}

/** Names of the migrations in some folders, in the order in which they are applied. */
export function migrationNames(folder: string | URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
}

/** Throws where the schema has a migration that this program does not know: what it would read and write there, nobody has tried. */
export function refuseNewerSchema(schema: string, applied: Iterable<string>, folders: readonly (string | URL)[]): void {
  const known = new Set(folders.flatMap(migrationNames));
  const unknown = [...applied].filter((name) => !known.has(name)).sort();
  if (unknown.length === 0) return;
  const more = unknown.length > 1 ? ` and ${unknown.length - 1} more` : '';
  throw new NewerSchemaError(
    `the schema ${schema} has the migration ${unknown[0]}${more}, which this version does not know: a newer version has prepared it; start that version, or restore the backup that was made before the update`,
  );
}
