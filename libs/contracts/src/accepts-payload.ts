import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readEventSchema } from './event-schema-file.js';
import { describeEvent, versionedType, type EventClass } from './event.js';
import { ANY_VALUE } from './open-enum.js';

/** What is done about a field that the class does not have: a writer is refused, a reader leaves it out. A reader also takes any value of an open enum. */
export type UnknownFields = 'refuse' | 'drop';

function compiler(unknownFields: UnknownFields): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, keywords: ['x-topic', 'x-key', 'x-open'], removeAdditional: unknownFields === 'drop' });
  addFormats.default(ajv);
  return ajv;
}

const compilers: Readonly<Record<UnknownFields, Ajv2020>> = { refuse: compiler('refuse'), drop: compiler('drop') };
const compiled: Readonly<Record<UnknownFields, Map<EventClass, ValidateFunction | undefined>>> = { refuse: new Map(), drop: new Map() };

/** The same schema, with no other fields than those it names; as committed, it is open for those of newer producers. What is only read may be of a newer one. */
function closed(schema: unknown, unknownFields: UnknownFields): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map((part) => closed(part, unknownFields));
  const parts: Record<string, unknown> = Object.fromEntries(Object.entries(schema).map(([keyword, part]) => [keyword, closed(part, unknownFields)]));
  if (parts['x-open'] === true && unknownFields === 'drop') return { type: parts['type'], ...ANY_VALUE };
  return parts['type'] === 'object' ? { ...parts, additionalProperties: false } : parts;
}

function compile(eventClass: EventClass, unknownFields: UnknownFields): ValidateFunction | undefined {
  const schema = readEventSchema(versionedType(describeEvent(eventClass)));
  return schema && compilers[unknownFields].compile(closed(schema, unknownFields) as object);
}

/**
 * True where a payload is right by the committed schema of its class, which is many times faster to ask than the class's validators.
 * False says nothing: the validators judge then, and know the words for what is wrong; so they do for a class without a committed schema.
 * A test keeps each committed schema that of its class, or a new field would be dropped here.
 * @param wire the payload as it was read; with `drop` it loses the fields that the class does not have
 */
export function acceptsPayload(eventClass: EventClass, wire: object, unknownFields: UnknownFields): boolean {
  const known = compiled[unknownFields];
  if (!known.has(eventClass)) known.set(eventClass, compile(eventClass, unknownFields));
  return known.get(eventClass)?.(wire) ?? false;
}
