import { allEventClasses, describeEvent, isVisibleToPartners, RESTRICTED_TOPICS, TOPICS, versionedType, type EventClass } from '@millrace/contracts';
import type { ServiceDefinition } from '@millrace/service';
import { EventSchemas } from '../libs/contracts/tools/event-schema.js';
import { DEFS, resolve, type EventSchema, type JsonSchema } from '../libs/contracts/tools/json-schema.js';
import { headerRows } from './event-headers.js';

type Services = readonly Pick<ServiceDefinition, 'name' | 'consumes' | 'produces'>[];

const INTRODUCTION = `# Events

Made from the event classes of \`libs/contracts\` and the services' lists of consumed events by \`npm run docs:events\`; a test holds it current. Do not edit.

Every event is a record of the log: the topic of its producer, the key named below, a [CloudEvents 1.0](https://github.com/cloudevents/spec) envelope in the
headers (Kafka protocol binding, binary mode), and JSON as payload. Amounts are integer minor units (fen) as text, rates are basis points, instants are UTC.
No event carries personal data. Schemas are in
[libs/contracts/schemas](../libs/contracts/schemas), samples in [libs/contracts/samples](../libs/contracts/samples).
[asyncapi.json](asyncapi.json) says the same for machines, as a document of AsyncAPI 3.

| header | meaning |
| --- | --- |
${headerRows().join('\n')}

Types were written without \`dev.millrace.\` at first, sources as a bare name of a service, schemas as \`urn:millrace:event:<type>\`, and \`ce_partitionkey\` was not there. Records of that time stay in the log, and are
read for ever by the one table in [event-names.ts](../libs/contracts/src/event-names.ts).`;

const NOBODY = '—';

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(escape).join(' | ')} |`).join('\n');
}

function limits({ minimum, maximum, minLength, maxLength, maxItems, pattern, format }: JsonSchema): string[] {
  const range = minimum === undefined ? (maximum === undefined ? [] : [`≤ ${maximum}`]) : [maximum === undefined ? `≥ ${minimum}` : `${minimum}–${maximum}`];
  const length = [...(minLength === undefined ? [] : [`at least ${minLength}`]), ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`])];
  // A format says it better than the pattern that makes it exact.
  const shape = format ?? (pattern === undefined ? undefined : `\`${pattern}\``);
  return [...range, ...length, ...(maxItems === undefined ? [] : [`at most ${maxItems}`]), ...(shape === undefined ? [] : [shape])];
}

function typeName(schema: JsonSchema): string {
  const reference = schema.$ref ?? schema.anyOf?.find(({ $ref }) => $ref !== undefined)?.$ref;
  if (reference !== undefined) return `[${reference.slice(DEFS.length)}](#${reference.slice(DEFS.length).toLowerCase()})`;
  if (schema.items) return `list of ${typeName(schema.items)}`;
  if (schema.enum) {
    const known = schema.enum.filter((value) => value !== null).map((value) => `\`${value as string}\``);
    return [...known, ...(schema['x-open'] ? ['later versions may write others'] : [])].join(', ');
  }
  return [schema.type ?? []]
    .flat()
    .filter((type) => type !== 'null')
    .join(' or ');
}

function fieldTable(owner: JsonSchema, root: EventSchema): string {
  const rows = Object.entries(owner.properties ?? {}).map(([name, schema]) => {
    const { nullable } = resolve(schema, root);
    const type = [typeName(schema), ...limits(schema)].join('; ');
    return [`\`${name}\``, `${type}${nullable ? '; or null' : ''}`, owner.required?.includes(name) ? 'always' : 'may be absent', schema.description ?? ''];
  });
  return table(['field', 'type', 'present', 'meaning'], rows);
}

function namesOf(services: Services, takesPart: (service: Services[number]) => boolean): string {
  const names = services.filter(takesPart).map(({ name }) => name);
  return names.length === 0 ? NOBODY : names.join(', ');
}

/** The catalogue of every event: what it means, who writes it and who acts on it. */
export class EventCatalogue {
  readonly #schemas = new EventSchemas();

  constructor(private readonly services: Services) {}

  render(): string {
    const topics = Object.values(TOPICS).map((topic) => this.#topic(topic));
    return `${[INTRODUCTION, this.#overview(), ...topics, this.#nestedTypes()].join('\n\n')}\n`;
  }

  /** Services that say they write the event; exactly one, once every service stands. */
  producers(eventClass: EventClass): string {
    return namesOf(this.services, ({ produces }) => produces.includes(eventClass));
  }

  /** Services that act on the event; for one of a restricted topic the logins outside of them that may read it. */
  consumers(eventClass: EventClass): string {
    const readers = RESTRICTED_TOPICS[describeEvent(eventClass).topic];
    if (readers) return `no service; ${readers.map((login) => `login \`${login}\``).join(', ')}`;
    return namesOf(this.services, ({ consumes }) => consumes.some((consumed) => consumed.eventClass === eventClass));
  }

  /** Services and logins that read an event, by the CloudEvents type in its schema's id: who a wider enum would meet. */
  readersOf({ $id }: EventSchema): string[] {
    const eventClass = allEventClasses().find((candidate) => $id.endsWith(`/${versionedType(describeEvent(candidate))}.json`))!;
    const logins = RESTRICTED_TOPICS[describeEvent(eventClass).topic] ?? [];
    const services = this.services.filter(({ consumes }) => consumes.some((consumed) => consumed.eventClass === eventClass));
    return [...services.map(({ name }) => name), ...logins];
  }

  #overview(): string {
    const rows = allEventClasses().map((eventClass) => {
      const type = versionedType(describeEvent(eventClass));
      const name = `[${eventClass.name}](#${eventClass.name.toLowerCase()})`;
      return [name, `\`${type}\``, this.producers(eventClass), this.consumers(eventClass), isVisibleToPartners(eventClass) ? 'yes' : NOBODY];
    });
    return `## Overview\n\n${table(['event', 'type', 'producer', 'consumers', 'partners see it'], rows)}`;
  }

  #topic(topic: string): string {
    const events = allEventClasses().filter((eventClass) => describeEvent(eventClass).topic === topic);
    return [`## Topic \`${topic}\``, ...events.map((eventClass) => this.#event(eventClass))].join('\n\n');
  }

  #event(eventClass: EventClass): string {
    const { type, version, keyField, summary } = describeEvent(eventClass);
    const schema = this.#schemas.of(eventClass);
    const facts = [
      `- type: \`${type}\`, version ${version}`,
      `- key: \`${keyField}\``,
      `- producer: ${this.producers(eventClass)}`,
      `- consumers: ${this.consumers(eventClass)}`,
      `- visible to: ${isVisibleToPartners(eventClass) ? 'the partner whose application it is, as a step of the timeline' : 'nobody outside the lender'}`,
    ];
    return [`### ${eventClass.name}`, summary, facts.join('\n'), fieldTable(schema, schema)].join('\n\n');
  }

  #nestedTypes(): string {
    const roots = allEventClasses().map((eventClass) => this.#schemas.of(eventClass));
    const types = new Map(roots.flatMap((root) => Object.entries(root.$defs ?? {}).map(([name, schema]) => [name, { schema, root }])));
    const sections = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { schema, root }]) => `### ${name}\n\n${fieldTable(schema, root)}`);
    return ['## Nested types', ...sections].join('\n\n');
  }
}
