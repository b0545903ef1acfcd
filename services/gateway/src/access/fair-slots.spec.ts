import { FairSlots, type Release } from './fair-slots.js';

const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Asks for a slot and keeps the order in which slots were given. */
function asker(slots: FairSlots): { ask: (name: string) => void; given: { name: string; release: Release }[]; refused: string[]; leaves: (() => void)[] } {
  const given: { name: string; release: Release }[] = [];
  const refused: string[] = [];
  const leaves: (() => void)[] = [];
  const ask = (name: string): void =>
    void slots.acquire(name, (leave) => leaves.push(leave)).then((release) => (release ? given.push({ name, release }) : refused.push(name)));
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
