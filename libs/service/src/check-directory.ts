import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { SECRETS_FILE } from './standalone-directory.js';

/** A directory on a busy disk answers within milliseconds, one whose server comes back within seconds. */
const DIRECTORY_LIMIT_MS = 10_000;

/** What a start does first with a directory: asks for it and those above it, for their free space, and reads the secrets in it. */
const LOOK = `
const { existsSync, readdirSync, readFileSync, statfsSync } = require('node:fs');
const { dirname } = require('node:path');
const [directory, file] = process.argv.slice(1);
let at = directory;
while (!existsSync(at)) at = dirname(at);
statfsSync(at);
if (at === directory) readdirSync(at);
if (existsSync(file)) readFileSync(file);`;

/**
 * Ends a start on a directory whose file system never answers, for example one of a file server that is away (T21). Another process looks, as whoever
 * waits inside the system can neither be told to stop nor end. Throws one line that says so after `limitMs`; what else is wrong with the directory is
 * found out by whoever uses it.
 */
export async function checkDirectoryAnswers(dataDirectory: string, limitMs = DIRECTORY_LIMIT_MS): Promise<void> {
  const looking = spawn(process.execPath, ['-e', LOOK, dataDirectory, join(dataDirectory, SECRETS_FILE)], { stdio: 'ignore' });
  try {
    await once(looking, 'exit', { signal: AbortSignal.timeout(limitMs) });
  } catch (error) {
    if ((error as Error).name !== 'AbortError') return;
    looking.kill('SIGKILL');
    // Inside the system it may outlive even that.
    looking.unref();
    throw new ConfigError(
      `MILLRACE_DATA_DIR: ${dataDirectory} does not answer within ${limitMs / 1_000} s; see whether its file system is mounted and its server there, or choose another directory`,
    );
  }
}
