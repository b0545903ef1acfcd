import { OneAtATime, TooManyAtOnceError } from './one-at-a-time.js';

/** Work that ends when it is told to. */
function held(): { readonly work: () => Promise<void>; readonly end: () => void } {
  let end!: () => void;
  const ended = new Promise<void>((resolve) => (end = resolve));
  return { work: () => ended, end };
}

test('SEC-4: work of one key is done in the order in which it came, and another key does not wait', async () => {
  const queue = new OneAtATime();
  const first = held();
  const said: string[] = [];
  const all = [
    queue.run('a', first.work).then(() => said.push('first')),
    queue.run('a', async () => void said.push('second')),
    queue.run('a', async () => void said.push('third')),
  ];
  await queue.run('b', async () => void said.push('other'));
  expect(said).toEqual(['other']);
  first.end();
  await Promise.all(all);
  expect(said.filter((word) => word !== 'first')).toEqual(['other', 'second', 'third']);
});

test('work that fails lets the next one in', async () => {
  const queue = new OneAtATime();
  const failed = queue.run('a', () => Promise.reject(new Error('no')));
  const next = queue.run('a', async () => 'done');
  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
});

test('SEC-4: a line that is too long refuses at once, and takes the next when it is shorter', async () => {
  const queue = new OneAtATime();
  const first = held();
  const all = [queue.run('a', first.work), ...Array.from({ length: 99 }, () => queue.run('a', async () => undefined))];
  await expect(queue.run('a', async () => undefined)).rejects.toThrow(TooManyAtOnceError);
  first.end();
  await Promise.all(all);
  await expect(queue.run('a', async () => 'done')).resolves.toBe('done');
});
