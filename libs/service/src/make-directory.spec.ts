import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDirectory } from './make-directory.js';

test('makes a directory with those above it, and leaves one that is there', () => {
  const root = mkdtempSync(join(tmpdir(), 'make-directory-'));
  for (let time = 0; time < 2; time++) makeDirectory(join(root, 'a', 'b'));
  expect(existsSync(join(root, 'a', 'b'))).toBe(true);
  rmSync(root, { recursive: true });
});

test.each(['/proc/nope', '/proc/nope/deeper', '/dev/null/data'])('T21: %s is refused at once', (path) => {
  expect(() => makeDirectory(path)).toThrow(/ENOENT|ENOTDIR|EACCES|EROFS/);
});
