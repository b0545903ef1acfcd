import { existsSync, readFileSync } from 'node:fs';

const SCHEMAS = new URL('../schemas/', import.meta.url);

/** The committed schema of a versioned type, read from its file; undefined where there is none, and for a text that is no type's name. */
export function readEventSchema(versionedType: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(versionedType)) return undefined;
  const file = new URL(`${versionedType}.json`, SCHEMAS);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>) : undefined;
}
