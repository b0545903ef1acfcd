import { orderTimeline, type Placed } from './order-timeline.js';

const entry = (eventId: string, topic: string, logOffset: number, second: number, causationId = 'request'): Placed => ({
  eventId,
  topic,
  logOffset: BigInt(logOffset),
  causationId,
  occurredAt: new Date(Date.UTC(2026, 2, 2, 1, 0, second)),
});
const ids = (entries: readonly Placed[]): string =>
  orderTimeline(entries)
    .map(({ eventId }) => eventId)
    .join(' ');

test('topics are merged by time, in whatever order the entries come', () => {
  const entries = [entry('a', 'hub', 1, 0), entry('b', 'monitoring', 0, 1), entry('c', 'hub', 2, 2)];
  expect(ids(entries)).toBe('a b c');
  expect(ids(entries.toReversed())).toBe('a b c');
});

test('the order of a topic outweighs its times, and the same instant', () => {
  expect(ids([entry('b', 'hub', 11, 0), entry('a', 'hub', 2, 0), entry('c', 'hub', 12, 0)])).toBe('a b c');
  expect(ids([entry('a', 'hub', 1, 9), entry('b', 'hub', 2, 3)])).toBe('a b');
});

test('an effect comes after its cause, though its service’s clock is behind', () => {
  const activated = entry('activated', 'hub', 7, 30);
  expect(ids([activated, entry('booked', 'monitoring', 0, 10, 'activated')])).toBe('activated booked');
  const settled = entry('settled', 'monitoring', 1, 40);
  expect(ids([activated, entry('closed', 'hub', 8, 40, 'settled'), settled])).toBe('activated settled closed');
});

test('causes that are not among the entries hold nothing back, and a false log still comes to an end', () => {
  expect(ids([entry('a', 'hub', 1, 0, 'elsewhere')])).toBe('a');
  expect(ids([entry('a', 'hub', 1, 0, 'b'), entry('b', 'monitoring', 1, 1, 'a')])).toBe('a b');
  expect(ids([])).toBe('');
});
