import { readFileSync } from 'node:fs';
import { allEventClasses, describeEvent, TOPICS } from '@millrace/contracts';
import specifications from '@asyncapi/specs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { toText } from '../libs/contracts/tools/schema-files.js';
import { asyncApi } from './asyncapi.js';
import { productVersion } from './product-version.js';
import { serviceDefinitions } from './service-definitions.js';

interface Document {
  readonly channels: Record<string, { address: string; messages: Record<string, object> }>;
  readonly operations: Record<string, { action: string; messages: object[] }>;
  readonly components: { messages: Record<string, { examples: { payload: unknown }[] }>; schemas: Record<string, object> };
}

const services = await serviceDefinitions();
const document = asyncApi(services, productVersion()) as unknown as Document;

function followed(path: string): unknown {
  return path
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((place, key) => (place as Record<string, unknown> | undefined)?.[key], document);
}

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => (key === '$ref' ? [part as string] : references(part)));
}

test('docs/asyncapi.json is what the classes and the services say now: run `npm run docs:events`', () => {
  expect(readFileSync(new URL('../docs/asyncapi.json', import.meta.url), 'utf8')).toBe(toText(document));
});

test('it is a document of AsyncAPI 3.0.0', () => {
  // The specification brings the schema of schemas itself.
  const check = new Ajv({ strict: false, logger: false, meta: false, validateSchema: false });
  addFormats.default(check);
  const validate = check.compile(specifications.schemas['3.0.0'] as object);
  expect([validate(document), validate.errors]).toEqual([true, null]);
  // The schema would notice: a channel without a known form, and an operation that says neither to send nor to receive.
  expect(validate({ ...document, channels: { broken: { address: 5 } } })).toBe(false);
  expect(validate({ ...document, operations: { broken: { action: 'publish', channel: { $ref: '#/channels/scoring' } } } })).toBe(false);
});

test('every reference of it leads somewhere', () => {
  const all = references(document);
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((path) => followed(path) === undefined)).toEqual([]);
});

test('a topic is a channel with all of its events, and who writes and reads them are operations', () => {
  expect(Object.values(document.channels).map(({ address }) => address)).toEqual(Object.values(TOPICS));
  const listed = Object.values(document.channels).flatMap(({ messages }) => Object.keys(messages));
  expect(listed.sort()).toEqual(
    allEventClasses()
      .map(({ name }) => name)
      .sort(),
  );
  const count = (action: string): number =>
    Object.values(document.operations)
      .filter((operation) => operation.action === action)
      .reduce((sum, { messages }) => sum + messages.length, 0);
  expect(count('send')).toBe(services.reduce((sum, { produces }) => sum + produces.length, 0));
  expect(count('receive')).toBe(services.reduce((sum, { consumes }) => sum + consumes.length, 0));
});

test.each(allEventClasses().map((eventClass) => ({ name: eventClass.name, key: describeEvent(eventClass).keyField })))(
  'the example of $name is one that its payload takes, with all references in the document',
  ({ name, key }) => {
    const check = new Ajv({ strict: false, logger: false });
    addFormats.default(check);
    const validate = check.compile({ $ref: `#/components/schemas/${name}`, components: document.components });
    const { payload } = document.components.messages[name]!.examples[0]! as { payload: Record<string, unknown> };
    expect([validate(payload), validate.errors]).toEqual([true, null]);
    expect(validate({ ...payload, [key]: 'no id' })).toBe(false);
  },
);
