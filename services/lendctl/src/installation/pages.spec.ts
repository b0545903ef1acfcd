import { systemClock } from '@millrace/contracts';
import { jest } from '@jest/globals';
import { Installation } from './installation.js';

const TABLE = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }));

/** An installation whose tables hold what is above; `asked` are the keys that pages were asked for after. */
function installationOf(): { readonly installation: Installation; readonly asked: unknown[] } {
  const installation = new Installation(undefined as never, systemClock, {});
  const asked: unknown[] = [];
  jest.spyOn(installation, 'rows').mockImplementation((_name, _sql, [after, limit] = []) => {
    asked.push(after);
    return Promise.resolve(TABLE.filter(({ id }) => id > String(after)).slice(0, Number(limit)) as never);
  });
  return { installation, asked };
}

test('pages follow each other by the key of their last row, and end where there is none', async () => {
  const { installation, asked } = installationOf();
  const seen: string[][] = [];
  for await (const page of installation.pages<{ id: string }>('scoring', 'select …', ({ id }) => id, [2], '0')) seen.push(page.map(({ id }) => id));
  expect(seen).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  expect(asked).toEqual(['0', 'b', 'd', 'e']);
});

test('who stops reading asks for no more', async () => {
  const { installation, asked } = installationOf();
  for await (const page of installation.pages<{ id: string }>('scoring', 'select …', ({ id }) => id, [2], '0')) if (page.length > 0) break;
  expect(asked).toEqual(['0']);
});
