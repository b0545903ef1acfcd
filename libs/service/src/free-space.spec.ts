import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkFreeSpace } from './free-space.js';

const MORE_THAN_THERE_IS_MB = 2 ** 40;
const root = mkdtempSync(join(tmpdir(), 'free-space-'));
afterAll(() => rmSync(root, { recursive: true }));

test('T35: a first start without space says so, with the directory and the settings that change it', () => {
  const directory = join(root, 'not-there-yet', 'data');
  expect(() => checkFreeSpace(directory, 1)).not.toThrow();
  expect(() => checkFreeSpace(directory, MORE_THAN_THERE_IS_MB)).toThrow(
    /^there are \d+ MB free for .*not-there-yet.*MILLRACE_DATA_DIR, or lower MILLRACE_MIN_FREE_SPACE_MB$/,
  );
});

test('T35: a database that is there already is started on whatever space is left', () => {
  mkdirSync(join(root, 'postgres'));
  writeFileSync(join(root, 'postgres', 'PG_VERSION'), '18\n');
  expect(() => checkFreeSpace(root, MORE_THAN_THERE_IS_MB)).not.toThrow();
});
