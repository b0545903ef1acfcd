import {
  allEventClasses,
  describeEvent,
  isVisibleToPartners,
  RESTRICTED_TOPICS,
  TOPICS,
  TOPICS_TO_MAKE,
  versionedType,
  type EventClass,
} from '@millrace/contracts';
import type { ServiceDefinition } from '@millrace/service';
import { EventSchemas } from '../libs/contracts/tools/event-schema.js';
import { DEFS, type EventSchema, type JsonSchema } from '../libs/contracts/tools/json-schema.js';
import { fileName, readText, SAMPLES } from '../libs/contracts/tools/schema-files.js';
import { EVENT_HEADERS } from './event-headers.js';

type Services = readonly Pick<ServiceDefinition, 'name' | 'consumes' | 'produces'>[];
type Json = Readonly<Record<string, unknown>>;

const KAFKA_BINDING = '0.5.0';
/** Where a document of AsyncAPI keeps schemas. */
const COMPONENTS = '#/components/schemas/';

const ref = (path: string): Json => ({ $ref: `#/${path}` });
const objectOf = <T>(entries: Iterable<readonly [string, T]>): Record<string, T> => Object.fromEntries(entries);

/** Name of a topic's channel, as the contracts name it. */
const channelOf = (topic: string): string => Object.entries(TOPICS).find(([, address]) => address === topic)![0];

/** The same schema with its references into the document: nested classes stand once, beside the events. */
function lifted(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(lifted);
  if (typeof schema !== 'object' || schema === null) return schema;
  return objectOf(Object.entries(schema).map(([key, value]) => [key, key === '$ref' ? (value as string).replace(DEFS, COMPONENTS) : lifted(value)] as const));
}

/** The payload of an event. Its address becomes a note: as `$id` it would be the base that references are read against. */
function payloadOf({ $schema: _, $id, $defs: __, ...schema }: EventSchema): Json {
  return { ...(lifted(schema) as Json), 'x-dataschema': $id };
}

function headers(): Json {
  const properties = EVENT_HEADERS.flatMap(({ name, alias, meaning, schema }) =>
    [name, ...(alias ? [alias] : [])].map((one) => [one, { ...schema, description: meaning }] as const),
  );
  return { type: 'object', properties: objectOf(properties), required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time'] };
}

function messageOf(eventClass: EventClass, schema: EventSchema): Json {
  const { keyField, summary } = describeEvent(eventClass);
  return {
    name: versionedType(describeEvent(eventClass)),
    title: eventClass.name,
    summary,
    contentType: 'application/json',
    correlationId: { description: 'The application.', location: '$message.header#/ce_correlationid' },
    traits: [ref('components/messageTraits/cloudEvents')],
    payload: ref(`components/schemas/${eventClass.name}`),
    bindings: { kafka: { key: { type: 'string', format: 'uuid', description: `The payload’s \`${keyField}\`.` }, bindingVersion: KAFKA_BINDING } },
    examples: [
      {
        name: 'golden',
        summary: 'The golden sample that the contracts are tested with.',
        payload: JSON.parse(readText(SAMPLES, fileName(schema))!) as unknown,
      },
    ],
    'x-visible-to': isVisibleToPartners(eventClass) ? 'partners' : 'nobody',
  };
}

function channelFor(topic: string): Json {
  const events = allEventClasses().filter((eventClass) => describeEvent(eventClass).topic === topic);
  const readers = RESTRICTED_TOPICS[topic];
  return {
    address: topic,
    title: `Events of ${describeEvent(events[0]!).producer}${readers ? ', in confidence' : ''}`,
    description: readers
      ? `Restricted: no service reads it, the login ${readers.map((login) => `\`${login}\``).join(', ')} alone.`
      : 'The log keeps its events for good, and in order by key.',
    messages: objectOf(events.map(({ name }) => [name, ref(`components/messages/${name}`)] as const)),
    bindings: {
      kafka: {
        topic,
        partitions: TOPICS_TO_MAKE.find(({ name }) => name === topic)!.partitions,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': -1, 'retention.bytes': -1 },
        bindingVersion: KAFKA_BINDING,
      },
    },
  };
}

/** What a service sends or receives, one operation a channel. */
function operationsOf(action: 'send' | 'receive', service: string, events: readonly EventClass[]): [string, Json][] {
  const topics = Object.values(TOPICS).filter((topic) => events.some((eventClass) => describeEvent(eventClass).topic === topic));
  return topics.map((topic) => {
    const channel = channelOf(topic);
    // In the order of their classes, whichever folder of the service makes or handles them.
    const messages = allEventClasses()
      .filter((eventClass) => events.includes(eventClass) && describeEvent(eventClass).topic === topic)
      .map(({ name }) => ref(`channels/${channel}/messages/${name}`));
    return [
      `${service}.${action}.${channel}`,
      { action, title: `${service} ${action}s`, channel: ref(`channels/${channel}`), messages, tags: [{ name: service }] },
    ];
  });
}

function schemasOf(roots: ReadonlyMap<EventClass, EventSchema>): Json {
  const events = [...roots].map(([{ name }, schema]) => [name, payloadOf(schema)] as const);
  const nested = [...roots.values()]
    .flatMap(({ $defs = {} }) => Object.entries<JsonSchema>($defs))
    .map(([name, schema]) => [name, lifted(schema) as Json] as const);
  return objectOf([...events, ...nested].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The events as a document of AsyncAPI 3: channels are topics, payloads the committed schemas, examples the golden samples. */
export function asyncApi(services: Services, version: string): Json {
  const generator = new EventSchemas();
  const roots = new Map(allEventClasses().map((eventClass) => [eventClass, generator.of(eventClass)]));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Millrace events',
      version,
      description:
        'Every event of the log, as docs/events.md has it for people. Amounts are integer minor units (fen) as text, rates are basis points, instants are UTC. No event carries personal data. Made by `npm run docs:events`.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: objectOf(Object.values(TOPICS).map((topic) => [channelOf(topic), channelFor(topic)] as const)),
    operations: objectOf(
      services.flatMap(({ name, produces, consumes }) => [
        ...operationsOf('send', name, produces),
        ...operationsOf(
          'receive',
          name,
          consumes.map(({ eventClass }) => eventClass),
        ),
      ]),
    ),
    components: {
      messages: objectOf([...roots].map(([eventClass, schema]) => [eventClass.name, messageOf(eventClass, schema)] as const)),
      messageTraits: { cloudEvents: { headers: headers() } },
      schemas: schemasOf(roots),
    },
  };
}
