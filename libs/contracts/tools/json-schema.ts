/** The part of JSON Schema 2020-12 that event schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  /** True where a reader takes any short text in the place of the known values. */
  readonly 'x-open'?: boolean;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

/** Schema of one event, as committed. */
export interface EventSchema extends JsonSchema {
  readonly $schema: string;
  /** As the header `ce_dataschema` names it in an installation without an address of its own; the gateway serves it with the address that the installation has. */
  readonly $id: string;
  readonly title: string;
  /** Where the event is found in the log. */
  readonly 'x-topic': string;
  /** Field whose value is the log key. */
  readonly 'x-key': string;
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** Prefix of a reference to a nested class. */
export const DEFS = '#/$defs/';

/** A schema whose references can be followed. */
export type WithDefs = Pick<EventSchema, '$defs'>;

/** A field's own schema, and whether null may stand in its place. */
export function resolve(schema: JsonSchema, root: WithDefs): { schema: JsonSchema; nullable: boolean } {
  const nested = schema.anyOf?.find((option) => option.type !== 'null');
  const nullable = schema.type === 'null' || (Array.isArray(schema.type) && schema.type.includes('null')) || nested !== undefined;
  const own = nested ?? schema;
  if (own.$ref === undefined) return { schema: own, nullable };
  const target = root.$defs?.[own.$ref.slice(DEFS.length)];
  if (!target) throw new Error(`${own.$ref} leads nowhere`);
  return { schema: target, nullable };
}
