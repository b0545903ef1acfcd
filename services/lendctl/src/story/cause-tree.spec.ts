import { causeTree, inStoryOrder, inTimeOrder, treeLines, type Caused } from './cause-tree.js';

let offset = 0n;
const event = (eventId: string, causedBy: string, second = 0, topic = 'hub'): Caused => ({
  eventId,
  causedBy,
  at: new Date(Date.UTC(2026, 2, 2, 1, 0, second)),
  topic,
  offset: offset++,
});
const drawn = (events: readonly Caused[]): string[] => treeLines(causeTree(events)).map(({ branch, event: { eventId } }) => branch + eventId);

test('an event stands below the one that led to it, whatever the order in which they are read', () => {
  const events = [
    event('submitted', 'request-1'),
    event('kyc-requested', 'request-1'),
    event('passed', 'kyc-requested', 1, 'kyc'),
    event('scoring-requested', 'passed', 2),
  ];
  const expected = ['submitted', 'kyc-requested', '└─ passed', '   └─ scoring-requested'];
  expect(drawn(events)).toEqual(expected);
  expect(drawn([...events].reverse())).toEqual(expected);
});

test('branches show which events one event led to', () => {
  expect(drawn([event('a', 'request'), event('b', 'a', 1), event('c', 'b', 2), event('d', 'a', 3)])).toEqual(['a', '├─ b', '│  └─ c', '└─ d']);
});

test('a topic keeps the order of its offsets, though a clock went back', () => {
  const [first, second] = [event('first', 'r', 5), event('second', 'r', 1)];
  expect([second, first].sort(inTimeOrder).map(({ eventId }) => eventId)).toEqual(['first', 'second']);
});

test('a ring of causes, and an event that names itself, lose no event and come to an end', () => {
  expect(drawn([event('a', 'b'), event('b', 'a'), event('c', 'c'), event('d', 'b')])).toEqual(['a', 'b', '└─ d', 'c']);
});

test('an event whose cause is not in the story is a root', () => {
  expect(drawn([event('late', 'an event of long ago')])).toEqual(['late']);
});

test('an effect is told after its cause, though its clock is behind', () => {
  const events = [event('effect', 'cause', 1, 'spoke'), event('later', 'other', 3), event('cause', 'request', 2)];
  expect(inStoryOrder(events).map(({ eventId }) => eventId)).toEqual(['cause', 'effect', 'later']);
});
