import { IsUUID } from 'class-validator';
import { allEventClasses, describeEvent, DomainEvent, Event, isVisibleToPartners } from './event.js';
import { isRestrictedTopic } from './topics.js';
import './index.js';

const descriptor = { type: 'dev.millrace.lending.somebody.acted', version: 1, producer: 'somebody', topic: 'lending.somebody.v1', summary: 'Acted.' };

@Event({ ...descriptor, keyField: 'applicationId' })
class SomebodyActed extends DomainEvent<SomebodyActed> {
  @IsUUID() applicationId!: string;
}

test('an event is visible to nobody outside the lender unless its class says so', () => {
  expect(isVisibleToPartners(SomebodyActed)).toBe(false);
  const visible = allEventClasses().filter(isVisibleToPartners);
  expect(visible.length).toBeGreaterThan(0);
  expect(new Set(visible.map((eventClass) => describeEvent(eventClass).producer))).toEqual(new Set(['loan-application', 'post-loan-monitoring']));
});

test('G-AM-03: no event of a restricted topic is visible to partners', () => {
  const restricted = allEventClasses().filter((eventClass) => isRestrictedTopic(describeEvent(eventClass).topic));
  expect(restricted.length).toBeGreaterThan(0);
  expect(restricted.filter(isVisibleToPartners)).toEqual([]);
});
