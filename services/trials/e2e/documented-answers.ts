import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Record<string, unknown>;
interface Media {
  readonly schema: Json;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}

/** Schemas of the committed document, in which an object has the described fields and no other. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner)]));
  return members['type'] === 'object' && 'properties' in members ? { ...members, additionalProperties: false } : members;
}

/** A schema has members of its own, which JSON Schema describes. */
const OPEN_SCHEMA = 'EventSchema';

/** Holds answers of a real gateway against docs/openapi.json: status, media type and every field. */
export class DocumentedAnswers {
  readonly #paths: { readonly pattern: RegExp; readonly operations: Record<string, Operation> }[];
  readonly #responses: Operation['responses'];
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #seen = new Map<string, Set<string>>();
  /** What is not as the document says, one line each. */
  readonly faults: string[] = [];

  constructor() {
    const document = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as {
      paths: Record<string, Record<string, Operation>>;
      components: { schemas: Record<string, Json>; responses: Operation['responses'] };
    };
    this.#responses = document.components.responses;
    this.#paths = Object.entries(document.paths).map(([path, operations]) => ({
      pattern: new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`),
      operations,
    }));
    addFormats.default(this.#ajv);
    const schemas = Object.fromEntries(
      Object.entries(document.components.schemas).map(([name, schema]) => [name, name === OPEN_SCHEMA ? schema : closed(schema)]),
    );
    this.#ajv.addSchema({ components: { schemas } }, 'document');
  }

  /** Notes one answer, and what of it is not described. */
  hold(method: string, path: string, status: number, mediaType: string, body: unknown): void {
    const [bare = ''] = path.split('?');
    const operation = this.#paths.find(({ pattern }) => pattern.test(bare))?.operations[method.toLowerCase()];
    if (!operation) return void (status === 404 || status === 405 || this.faults.push(`${method} ${bare} is not described`));
    const { operationId, responses } = operation;
    this.#seen.set(operationId, (this.#seen.get(operationId) ?? new Set()).add(String(status)));
    const found = responses[String(status)];
    const { content } = found?.$ref ? this.#responses[found.$ref.split('/').at(-1)!]! : (found ?? {});
    const media = content?.[mediaType.split(';')[0]!];
    if (!media) return void this.faults.push(`${operationId}: ${status} ${mediaType} is not described`);
    const reference = !('$ref' in media.schema) ? media.schema : { $ref: `document${String(media.schema['$ref'])}` };
    if (!this.#ajv.validate(reference, body)) this.faults.push(`${operationId} ${status}: ${this.#ajv.errorsText()}`);
  }

  /** Operations that were answered with a yes. */
  answered(): string[] {
    return [...this.#seen].flatMap(([operationId, statuses]) => ([...statuses].some((status) => status < '300') ? [operationId] : []));
  }

  /** Every operation of the document. */
  all(): string[] {
    return this.#paths.flatMap(({ operations }) => Object.values(operations).map(({ operationId }) => operationId));
  }
}
