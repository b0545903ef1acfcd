import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDirectoryAnswers } from './check-directory.js';

// Method: a pipe that nobody writes to stands for a file whose server is away, as reading it never ends.
const directory = mkdtempSync(join(tmpdir(), 'check-directory-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('T21: a directory that does not answer is told in one line', async () => {
  expect(spawnSync('mkfifo', [join(directory, 'secrets.json')]).status).toBe(0);
  await expect(checkDirectoryAnswers(directory, 200)).rejects.toThrow(/^MILLRACE_DATA_DIR: .* does not answer within 0\.2 s; .* choose another directory$/);
  rmSync(join(directory, 'secrets.json'));
});

test('T21: a directory that answers passes, also one that is not there, or whose trouble is another', async () => {
  writeFileSync(join(directory, 'file'), '');
  for (const path of [directory, join(directory, 'not', 'there'), '/proc/nope', join(directory, 'file', 'below')])
    await expect(checkDirectoryAnswers(path)).resolves.toBeUndefined();
});
