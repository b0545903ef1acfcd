import { readFileSync } from 'node:fs';
import { allEventClasses, describeEvent, isRestrictedTopic, isSharedTopic, TASK_EVENTS } from '@millrace/contracts';
import { EventSchemas } from '../libs/contracts/tools/event-schema.js';
import { FIELD_GLOSSARY, unitSentence } from '../libs/contracts/tools/field-glossary.js';
import type { EventSchema, JsonSchema } from '../libs/contracts/tools/json-schema.js';
import { refusals, RELEASED_SCHEMAS } from '../libs/contracts/tools/schema-files.js';
import { EventCatalogue } from './event-catalogue.js';
import { serviceDefinitions } from './service-definitions.js';

const services = await serviceDefinitions();
const catalogue = new EventCatalogue(services);

test('docs/events.md is what the classes and the services say now: run `npm run docs:events`', () => {
  expect(readFileSync(new URL('../docs/events.md', import.meta.url), 'utf8')).toBe(catalogue.render());
});

/** Every class of the events with its fields: name, and meaning where there is one. */
function describedFields(roots: readonly EventSchema[]): { where: string; name: string; meaning: string }[] {
  const classes = new Map(roots.flatMap((root) => [[root.title, root] as const, ...Object.entries<JsonSchema>(root.$defs ?? {})]));
  return [...classes].flatMap(([owner, { properties = {} }]) =>
    Object.entries(properties).map(([name, { description = '' }]) => ({ where: `${owner}.${name}`, name, meaning: description })),
  );
}

/** Fields whose meaning is no sentence, or only the unit. */
function withoutMeaning(roots: readonly EventSchema[]): string[] {
  const isSentence = (name: string, meaning: string): boolean => /^\S+ .*\.$/.test(meaning) && meaning !== unitSentence(name);
  return describedFields(roots)
    .filter(({ name, meaning }) => !isSentence(name, meaning))
    .map(({ where }) => where);
}

const schemas = new EventSchemas();
const roots = allEventClasses().map((eventClass) => schemas.of(eventClass));

test('every field of every event has a meaning: a comment on the field, or a line in field-glossary.ts where it means the same everywhere', () => {
  expect(describedFields(roots).length).toBeGreaterThan(150);
  expect(withoutMeaning(roots)).toEqual([]);
});

test('a field that was added without a meaning is named, on an event and on a nested class', () => {
  const [received] = roots.filter(({ title }) => title === 'RepaymentReceived');
  const allocation = received!.$defs!['RepaymentAllocation']!;
  const halfDone = {
    ...received!,
    properties: { ...received!.properties, channel: { type: 'string' } },
    $defs: {
      RepaymentAllocation: { ...allocation, properties: { ...allocation.properties, costsMinor: { type: 'string', description: unitSentence('costsMinor') } } },
    },
  };
  expect(withoutMeaning([halfDone])).toEqual(['RepaymentReceived.channel', 'RepaymentAllocation.costsMinor']);
});

test('the glossary holds what several classes share, and nothing else', () => {
  const names = describedFields(roots).map(({ name }) => name);
  expect(Object.keys(FIELD_GLOSSARY).filter((name) => names.filter((other) => other === name).length < 2)).toEqual([]);
});

test('an event is written by the one service whose topic it is on', () => {
  const wrong = services.flatMap(({ name, produces }) =>
    produces
      .filter(
        (eventClass) =>
          !isSharedTopic(describeEvent(eventClass).topic) && ![`lending.${name}.v1`, `lending.${name}.restricted.v1`].includes(describeEvent(eventClass).topic),
      )
      .map((eventClass) => `${name}: ${eventClass.name}`),
  );
  expect(wrong).toEqual([]);
});

test('the shared topic is written by those services alone that have tasks, and each of them writes every event of it', () => {
  const writers = services.filter(({ produces }) => produces.some((eventClass) => isSharedTopic(describeEvent(eventClass).topic)));
  expect(writers.map(({ name }) => name)).toEqual(services.filter(({ taskKinds }) => taskKinds.length > 0).map(({ name }) => name));
  for (const { produces } of writers) expect(produces).toEqual(expect.arrayContaining([...TASK_EVENTS]));
  expect(allEventClasses().filter((eventClass) => isSharedTopic(describeEvent(eventClass).topic))).toHaveLength(TASK_EVENTS.length);
});

test('a kind of task has one name among all services', () => {
  const kinds = services.flatMap(({ taskKinds }) => taskKinds.map(({ kind }) => kind.kind));
  expect(kinds).toEqual([...new Set(kinds)]);
});

test('a service that runs declares every event of its topic', () => {
  const producers = services.filter(({ produces }) => produces.length > 0).map(({ name }) => name);
  const undeclared = allEventClasses().filter(
    (eventClass) => producers.includes(describeEvent(eventClass).producer) && catalogue.producers(eventClass) === '—',
  );
  expect(undeclared.map(({ name }) => name)).toEqual([]);
});

test('R-LG-02, G-AM-03: no service reads a restricted topic, so that none can show what is on it', () => {
  const readers = services.filter(({ consumes }) => consumes.some(({ eventClass }) => isRestrictedTopic(describeEvent(eventClass).topic)));
  expect(readers.map(({ name }) => name)).toEqual([]);
  expect(allEventClasses().filter((eventClass) => isRestrictedTopic(describeEvent(eventClass).topic))).not.toEqual([]);
});

test('M-EV-08: spokes listen to the hub alone, and the hub to the spokes', () => {
  const spokes = ['kyc-antifraud', 'scoring', 'disbursement', 'post-loan-monitoring'];
  const wrong = services
    .filter(({ name }) => spokes.includes(name))
    .flatMap(({ name, consumes }) =>
      consumes
        .filter(({ eventClass }) => describeEvent(eventClass).topic !== 'lending.loan-application.v1')
        .map(({ eventClass }) => `${name}: ${eventClass.name}`),
    );
  expect(wrong).toEqual([]);
});

describe('what the last release promised', () => {
  const generator = new EventSchemas();
  const schemas = allEventClasses().map((eventClass) => generator.of(eventClass));
  const readersOf = (schema: (typeof schemas)[number]): string[] => catalogue.readersOf(schema);
  /** The schemas as they would be with one value more in an enum of one event. */
  const widened = (title: string, field: string) =>
    schemas.map((schema) => {
      const known = schema.properties[field]!;
      return schema.title === title ? { ...schema, properties: { ...schema.properties, [field]: { ...known, enum: [...known.enum!, 'another'] } } } : schema;
    });

  test('nothing breaks it, for those who read each event', () => {
    expect(refusals(RELEASED_SCHEMAS, schemas, readersOf)).toEqual([]);
  });

  test('a wider enum that services read strictly is refused by their names', () => {
    expect(refusals(RELEASED_SCHEMAS, widened('LoanActivated', 'repaymentMethod'), readersOf)).toEqual([
      expect.stringMatching(/repaymentMethod: now also takes another, which gateway, post-loan-monitoring of before refuses/),
    ]);
  });

  test('an event of a restricted topic is read by the logins that may', () => {
    expect(readersOf(schemas.find(({ title }) => title === 'SuspicionRaised')!)).toEqual(['compliance']);
  });
});
