import { jest } from '@jest/globals';
import { FairSlots, type Release } from './fair-slots.js';

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Asks for a slot and keeps the order in which slots were given. */
function asker(slots: FairSlots): {
  ask: (name: string, subject?: string) => void;
  given: { name: string; release: Release }[];
  refused: string[];
  leaves: (() => void)[];
} {
  const given: { name: string; release: Release }[] = [];
  const refused: string[] = [];
  const leaves: (() => void)[] = [];
  const ask = (name: string, subject?: string): void =>
    void slots
      .acquire(name, { subject, onQueued: (leave) => leaves.push(leave) })
      .then((release) => (release ? given.push({ name: subject ? `${name} ${subject}` : name, release }) : refused.push(name)));
  return { ask, given, refused, leaves };
}

test('SEC-4: a crowd of one name holds its share, and another name gets a slot at once', async () => {
  const { ask, given, refused } = asker(new FairSlots({ total: 10, perName: 3, waitingPerName: 20 }));
  for (let time = 0; time < 30; time++) ask('crowd');
  ask('other');
  await settle();
  expect(given.map(({ name }) => name)).toEqual(['crowd', 'crowd', 'crowd', 'other']);
  expect(refused).toHaveLength(7);
});

test('SEC-4: where all slots are held, names are served in turn, not in the order of arrival', async () => {
  const { ask, given } = asker(new FairSlots({ total: 2, perName: 2, waitingPerName: 20 }));
  for (let time = 0; time < 8; time++) ask('crowd');
  ask('other');
  await settle();
  given[0]!.release();
  await settle();
  given[1]!.release();
  await settle();
  expect(given.map(({ name }) => name)).toEqual(['crowd', 'crowd', 'crowd', 'other']);
});

test('a slot is given back once, a waiter may leave, and nothing is left behind', async () => {
  const slots = new FairSlots({ total: 1, perName: 1, waitingPerName: 5 });
  const { ask, given, leaves } = asker(slots);
  for (let time = 0; time < 3; time++) ask('a');
  await settle();
  expect(slots.load).toEqual({ held: 1, waiting: 2 });
  leaves[0]!();
  given[0]!.release();
  given[0]!.release();
  await settle();
  expect(given).toHaveLength(2);
  leaves[0]!();
  given[1]!.release();
  expect(slots.load).toEqual({ held: 0, waiting: 0 });
});

test('SEC-4: of one subject one is worked on, those that wait for it hold nothing, and others of the name pass them', async () => {
  const slots = new FairSlots({ total: 10, perName: 3, waitingPerName: 3 });
  const { ask, given, refused, leaves } = asker(slots);
  for (let time = 0; time < 5; time++) ask('crowd', 'loan 1');
  ask('crowd', 'loan 2');
  ask('crowd');
  await settle();
  expect(given.map(({ name }) => name)).toEqual(['crowd loan 1', 'crowd loan 2', 'crowd']);
  expect(refused).toHaveLength(1);
  given[1]!.release();
  await settle();
  expect(given).toHaveLength(3);
  leaves[0]!();
  given[0]!.release();
  await settle();
  expect(given.slice(3).map(({ name }) => name)).toEqual(['crowd loan 1']);
  for (const at of [2, 3]) given[at]!.release();
  await settle();
  given[4]!.release();
  expect(given).toHaveLength(5);
  expect(slots.load).toEqual({ held: 0, waiting: 0 });
});

test('SEC-4: a write that waits for its subject is served when that is free, before what came later for a slot', async () => {
  const { ask, given } = asker(new FairSlots({ total: 2, perName: 2, waitingPerName: 9 }));
  ask('a', 'loan');
  ask('a', 'loan');
  ask('a');
  ask('a', 'task');
  await settle();
  given[0]!.release();
  await settle();
  expect(given.map(({ name }) => name)).toEqual(['a loan', 'a', 'a loan']);
});

test('who waits too long is told, and waits no more; who was served in time is not', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
  try {
    const slots = new FairSlots({ total: 1, perName: 1, waitingPerName: 5, longestWaitMs: 1_000 });
    const { ask, given, refused } = asker(slots);
    for (let time = 0; time < 3; time++) ask('a');
    await settle();
    jest.advanceTimersByTime(999);
    given[0]!.release();
    await settle();
    jest.advanceTimersByTime(1);
    await settle();
    expect([given.length, refused.length, slots.load]).toEqual([2, 1, { held: 1, waiting: 0 }]);
    given[1]!.release();
    expect([jest.getTimerCount(), slots.load]).toEqual([0, { held: 0, waiting: 0 }]);
  } finally {
    jest.useRealTimers();
  }
});
