import { DEFAULT_INSTALLATION_URL, describeEvent, eventSchemaAddress, OPEN_ENUM, versionedType, type EventClass } from '../src/index.js';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { getMetadataStorage, IS_OBJECT, IS_RFC_3339, IS_UUID, MAX, MIN } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { fieldComments } from './field-comments.js';
import { FIELD_GLOSSARY, unitSentence } from './field-glossary.js';
import { DEFS, type EventSchema, type JsonSchema } from './json-schema.js';

/** What IsUUID takes; the format alone would also let `urn:uuid:` through. */
const UUID = '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$';

/** Validators that the library does not know, or describes differently from what they check. */
const CONVERTERS = {
  [IS_UUID]: { type: 'string', format: 'uuid', pattern: UUID },
  [IS_RFC_3339]: { type: 'string', format: 'date-time' },
  // Said by the reference to the nested class.
  [IS_OBJECT]: {},
  [OPEN_ENUM]: { type: 'string', 'x-open': true },
  // Without a type, which would make an integer a number again.
  [MIN]: ({ constraints }: { constraints: number[] }) => ({ minimum: constraints[0] }),
  [MAX]: ({ constraints }: { constraints: number[] }) => ({ maximum: constraints[0] }),
} as never;

const KEYWORDS = [
  '$ref',
  'type',
  'enum',
  'x-open',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'items',
] as const;

type ClassSchemas = Readonly<Record<string, JsonSchema>>;

function classSchemas(): ClassSchemas {
  return validationMetadatasToSchemas({
    classValidatorMetadataStorage: getMetadataStorage(),
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: DEFS,
    additionalConverters: CONVERTERS,
  }) as ClassSchemas;
}

/** Keywords in one order, so that a schema's text changes only with its meaning; an unknown keyword is no keyword of ours. */
function tidy(schema: JsonSchema): JsonSchema {
  const unknown = Object.keys(schema).filter((keyword) => !(KEYWORDS as readonly string[]).includes(keyword));
  if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: a validator that event schemas cannot express yet`);
  const known = KEYWORDS.filter((keyword) => schema[keyword] !== undefined);
  return Object.fromEntries(known.map((keyword): [string, unknown] => [keyword, keyword === 'items' ? tidy(schema.items!) : schema[keyword]]));
}

/** `@IsOptional()` takes null as well as absence. */
function orNull(schema: JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) return { anyOf: [schema, { type: 'null' }] };
  const nullable = { ...schema, type: [schema.type as string, 'null'] };
  return schema.enum ? { ...nullable, enum: [...schema.enum, null] } : nullable;
}

function describeClass(name: string, { properties = {}, required = [] }: JsonSchema, comments: ReadonlyMap<string, string>): JsonSchema {
  const fields = Object.entries(properties).map(([field, schema]) => {
    const own = required.includes(field) ? tidy(schema) : orNull(tidy(schema));
    const meaning = comments.get(`${name}.${field}`) ?? FIELD_GLOSSARY[field];
    return [field, meaning === undefined ? own : { ...own, description: [meaning, unitSentence(field)].filter(Boolean).join(' ') }];
  });
  const named = Object.fromEntries(fields) as Record<string, JsonSchema>;
  return { type: 'object', properties: named, required: Object.keys(named).filter((field) => required.includes(field)) };
}

function referredIn(schema: JsonSchema): string[] {
  const nested = [schema.items, ...(schema.anyOf ?? []), ...Object.values(schema.properties ?? {})].filter((part) => part !== undefined);
  return [...(schema.$ref === undefined ? [] : [schema.$ref.slice(DEFS.length)]), ...nested.flatMap(referredIn)];
}

/** Schemas of event classes, made from their validators: one source for what is checked and what is promised. */
export class EventSchemas {
  readonly #classes = classSchemas();
  readonly #comments = fieldComments();

  of(eventClass: EventClass): EventSchema {
    const descriptor = describeEvent(eventClass);
    const body = this.#describe(eventClass.name);
    const defs = this.#defsOf(body, {});
    return {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: eventSchemaAddress(DEFAULT_INSTALLATION_URL, versionedType(descriptor)),
      title: eventClass.name,
      description: descriptor.summary,
      'x-topic': descriptor.topic,
      'x-key': descriptor.keyField,
      ...body,
      properties: body.properties!,
      ...(Object.keys(defs).length > 0 && { $defs: Object.fromEntries(Object.entries(defs).sort(([a], [b]) => (a < b ? -1 : 1))) }),
    };
  }

  #describe(name: string): JsonSchema {
    const schema = this.#classes[name];
    if (!schema) throw new Error(`${name} has no validated field`);
    return describeClass(name, schema, this.#comments);
  }

  #defsOf(schema: JsonSchema, known: Record<string, JsonSchema>): Record<string, JsonSchema> {
    for (const name of referredIn(schema)) {
      if (known[name]) continue;
      known[name] = this.#describe(name);
      this.#defsOf(known[name], known);
    }
    return known;
  }
}
