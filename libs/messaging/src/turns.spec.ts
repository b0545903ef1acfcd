import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns.js';

function recorded(turns: Turns): { readonly begun: string[]; readonly add: (name: string, about: readonly string[]) => PromiseWithResolvers<void> } {
  const begun: string[] = [];
  return {
    begun,
    add: (name, about) => {
      const ends = Promise.withResolvers<void>();
      turns.add(about, () => {
        begun.push(name);
        return ends.promise;
      });
      return ends;
    },
  };
}

test('work about the same thing waits for its turn, by any of its names; other work does not', async () => {
  const turns = new Turns();
  const { begun, add } = recorded(turns);
  const [first, second, third, other] = [add('first', ['loan', 'a']), add('second', ['a']), add('third', ['loan']), add('other', ['b'])];
  expect(begun).toEqual(['first', 'other']);
  first.resolve();
  await turn();
  expect(begun).toEqual(['first', 'other', 'second', 'third']);
  for (const ends of [second, third, other]) ends.resolve();
  await expect(turns.done()).resolves.toBeUndefined();
});

test('the failure that came first is told once nothing runs any more, and what waited for it does not begin', async () => {
  const turns = new Turns();
  const { begun, add } = recorded(turns);
  const [late, early] = [add('late', ['a']), add('early', ['b'])];
  add('behind', ['b']);
  let ended = false;
  const done = turns.done().finally(() => (ended = true));
  early.reject(new Error('early'));
  await turn();
  expect(ended).toBe(false);
  late.reject(new Error('late'));
  await expect(done).rejects.toThrow('early');
  expect(begun).toEqual(['late', 'early']);
});
