import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { EventSchema } from './json-schema.js';
import { currentEventType } from '../src/index.js';
import { breakingChanges } from './schema-compatibility.js';

/** Schemas as the classes are now. */
export const SCHEMAS = new URL('../schemas/', import.meta.url);
/** Schemas as they were at the last release: what is in somebody's log, and in somebody's consumer. */
export const RELEASED_SCHEMAS = new URL('../schemas/released/', import.meta.url);
/** One golden sample an event. */
export const SAMPLES = new URL('../samples/', import.meta.url);

/** Name of an event's files: its versioned type. */
export function fileName(schema: Pick<EventSchema, '$id'>): string {
  return schema.$id.slice(schema.$id.lastIndexOf('/') + 1);
}

/** JSON as the repository keeps it. */
export function toText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Names of the JSON files of a folder, sorted. */
export function jsonFiles(folder: URL): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

/** Text of a file, or undefined where there is none. */
export function readText(folder: URL, name: string): string | undefined {
  const file = new URL(name, folder);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function readSchemas(folder: URL): Map<string, EventSchema> {
  return new Map(jsonFiles(folder).map((name) => [name, JSON.parse(readText(folder, name)!) as EventSchema]));
}

/** What the schemas would break of those in a folder, one line a change, with what to do about it. */
export function refusals(folder: URL, schemas: readonly EventSchema[], readersOf?: (schema: EventSchema) => readonly string[]): string[] {
  const now = new Map(schemas.map((schema) => [fileName(schema), schema]));
  return [...readSchemas(folder)].flatMap(([name, before]) => {
    // What was released under a former name is promised under the present one.
    const after = now.get(`${currentEventType(name.replace(/\.json$/, ''))}.json`);
    const changes = after ? breakingChanges(before, after, readersOf?.(after)) : ['the class is gone, and the log keeps its events for good'];
    const nextVersion = `v${Number(/\.v(\d+)\.json$/.exec(name)![1]) + 1}`;
    return changes.map((change) => `${name}: ${change}. Keep the class as it was and add a ${nextVersion} class beside it.`);
  });
}
