import { readdirSync } from 'node:fs';
import { currentEventType, eventClassOf, eventSchemaAddress, eventSource, formerEventTypes, serviceOfSource, versionedType } from './index.js';
import { allEventClasses, describeEvent } from './event.js';

const RELEASED = new URL('../schemas/released/', import.meta.url);

test('every type that was released under another name is read as the class of today', () => {
  const former = readdirSync(RELEASED)
    .map((name) => name.replace(/\.json$/, ''))
    .filter((type) => type.startsWith('lending.'));
  expect(former).toHaveLength(26);
  expect(former.filter((type) => eventClassOf(type) === undefined)).toEqual([]);
  expect(formerEventTypes().map(([type]) => type)).toEqual(former.sort());
});

test('a former name leads to the type of its own class, and a present name to itself', () => {
  for (const [former, current] of formerEventTypes()) {
    expect(current).toBe(versionedType(describeEvent(eventClassOf(former)!)));
    expect(currentEventType(former)).toBe(current);
    expect(currentEventType(current)).toBe(current);
  }
  expect(currentEventType('toString')).toBe('toString');
});

test('every type begins with the domain of the project in reverse, and names the service that writes it, as its topic does', () => {
  const ofProducer = (producer: string): string[] => [`lending.${producer}.v1`, `lending.${producer}.restricted.v1`];
  const wrong = allEventClasses()
    .map(describeEvent)
    .filter(({ type, producer, topic }) => !type.startsWith(`dev.millrace.lending.${producer}.`) || !ofProducer(producer).includes(topic));
  expect(wrong).toEqual([]);
});

test.each([
  ['https://lender.example/services/scoring', 'scoring'],
  ['http://127.0.0.1:8080/a/path/services/kyc-antifraud', 'kyc-antifraud'],
  ['scoring', 'scoring'],
  ['test', undefined],
  ['/services/scoring', undefined],
  ['https://lender.example/services/scoring/more', undefined],
  ['https://lender.example/services/', undefined],
  ['__proto__', undefined],
  ['', undefined],
])('source %p is that of %p', (source, service) => {
  expect(serviceOfSource(source)).toBe(service);
});

test('addresses are made of the installation, with or without a slash at its end', () => {
  for (const installation of ['https://lender.example', 'https://lender.example/']) {
    expect(eventSource(installation, 'scoring')).toBe('https://lender.example/services/scoring');
    expect(eventSchemaAddress(installation, 'a.b.v1')).toBe('https://lender.example/v1/event-schemas/a.b.v1.json');
  }
});
