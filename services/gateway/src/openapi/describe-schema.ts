import { type Audience, type Description, type Field, type JsonSchema } from '@millrace/contracts/api';
import { RIGHTS, type Right } from '@millrace/service';

/** Components of a document, by name; a description is added with all that it holds. */
export type Schemas = Map<string, JsonSchema>;

/** Adds a description and all that it holds; two of one name are a mistake. */
export function addSchema(schemas: Schemas, description: Description, added = new Map<string, Description>()): void {
  const { name, meaning, fields } = description;
  if (added.has(name)) {
    if (added.get(name) !== description) throw new Error(`two descriptions are called ${name}`);
    return;
  }
  added.set(name, description);
  const required = Object.entries(fields).flatMap(([field, { spec }]) => (spec.optional ? [] : [field]));
  schemas.set(name, {
    type: 'object',
    description: meaning,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(Object.entries(fields).map(([field, described]) => [field, schemaOf(described)])),
  });
  for (const { spec } of Object.values(fields)) if (spec.object) addSchema(schemas, spec.object, added);
}

const AUDIENCES: Readonly<Record<string, string>> = { staff: 'the lender’s staff', nobody: 'nobody outside the services' };

/** Who is shown a field, in words; undefined where whoever may call is. */
function audienceText(audience: Audience | undefined): string | undefined {
  if (audience === undefined || audience === 'callers') return undefined;
  return AUDIENCES[audience] ?? RIGHTS[audience.slice('right:'.length) as Right].join(', ');
}

function describe({ meaning, unit, choices, shownTo, object, nullable }: Field['spec']): string {
  const audience = audienceText(shownTo ?? object?.shownTo);
  const lines = Object.entries(choices ?? {}).map(([value, meaningOfValue]) => `- \`${value}\`: ${meaningOfValue}`);
  const sentences = [
    meaning,
    ...(unit ? [`In ${unit}.`] : []),
    ...(audience ? [`Shown to ${audience} alone; ${nullable ? 'null' : 'missing'} for all others.`] : []),
  ];
  return [sentences.join(' '), ...(lines.length > 0 ? ['', ...lines] : [])].join('\n');
}

function withNull(schema: JsonSchema): JsonSchema {
  if ('$ref' in schema) return { anyOf: [schema, { type: 'null' }] };
  const { type, enum: values, ...rest } = schema;
  return { type: [type, 'null'], ...(Array.isArray(values) ? { enum: [...(values as unknown[]), null] } : {}), ...rest };
}

/** One value as the field holds it: under an example of a name, in a list, or as it is. */
function wrapped({ keyed, listMax }: Field['spec'], one: unknown): unknown {
  const named = keyed ? { [keyed.example]: one } : one;
  return listMax === undefined ? named : [named];
}

/** JSON Schema of a field, with its meaning, the meaning of each of its values, and an example. */
export function schemaOf({ spec }: Field): JsonSchema {
  const one: JsonSchema = spec.object ? { $ref: `#/components/schemas/${spec.object.name}` } : spec.schema;
  const named: JsonSchema = spec.keyed ? { type: 'object', additionalProperties: spec.keyed.nullable ? withNull(one) : one } : one;
  const all: JsonSchema = spec.listMax === undefined ? named : { type: 'array', items: named, maxItems: spec.listMax };
  const form = spec.nullable ? withNull(all) : all;
  const example = spec.object ? {} : { examples: [wrapped(spec, spec.example)] };
  return { ...form, description: describe(spec), ...(spec.choices ? { 'x-enumDescriptions': spec.choices } : {}), ...example };
}

/** An example of a whole object, of the examples of its fields. */
export function exampleOf(description: Description): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(description.fields).map(([name, { spec }]) => {
      return [name, wrapped(spec, spec.object ? exampleOf(spec.object) : spec.example)];
    }),
  );
}
