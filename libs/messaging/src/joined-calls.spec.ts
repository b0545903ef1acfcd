import { setImmediate as turn } from 'node:timers/promises';
import { JoinedCalls } from './joined-calls.js';

function recorded(): {
  readonly made: { readonly items: readonly string[]; readonly ends: PromiseWithResolvers<void> }[];
  readonly joined: JoinedCalls<string>;
} {
  const made: { items: readonly string[]; ends: PromiseWithResolvers<void> }[] = [];
  const joined = new JoinedCalls<string>((items) => {
    const ends = Promise.withResolvers<void>();
    made.push({ items, ends });
    return ends.promise;
  });
  return { made, joined };
}

test('what is asked for while a call is under way goes together into the next', async () => {
  const { made, joined } = recorded();
  const first = joined.add(['a']);
  await turn();
  const others = [joined.add(['b', 'c']), joined.add(['d'])];
  await turn();
  expect(made.map(({ items }) => items)).toEqual([['a']]);
  made[0]!.ends.resolve();
  await first;
  await turn();
  expect(made.map(({ items }) => items)).toEqual([['a'], ['b', 'c', 'd']]);
  made[1]!.ends.resolve();
  await Promise.all(others);
});

test('a call that fails is the trouble of those who were part of it, and of no other', async () => {
  const { made, joined } = recorded();
  const first = joined.add(['a']);
  await turn();
  const second = joined.add(['b']);
  made[0]!.ends.reject(new Error('refused'));
  await expect(first).rejects.toThrow('refused');
  await turn();
  made[1]!.ends.resolve();
  await expect(second).resolves.toBeUndefined();
});
