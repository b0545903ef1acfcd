import { existsSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError } from './config.js';

const BYTES_PER_MB = 1_048_576;

/** Free space of the file system that a path is or will be on, in MB, as an ordinary user may take it; undefined where it keeps no files (`/proc`). */
function freeSpaceMb(path: string): number | undefined {
  let at = resolve(path);
  while (!existsSync(at)) at = dirname(at);
  const { bavail, blocks, bsize } = statfsSync(at);
  return blocks === 0 ? undefined : Math.floor((bavail * bsize) / BYTES_PER_MB);
}

/**
 * Ends the set-up of a new database that would fail half way. One that is there already starts on whatever is left: its services say that it is full.
 * Throws one line that says how much is missing and what to do.
 */
export function checkFreeSpace(dataDirectory: string, leastMb: number): void {
  if (existsSync(join(dataDirectory, 'postgres', 'PG_VERSION'))) return;
  const free = freeSpaceMb(dataDirectory);
  if (free === undefined || free >= leastMb) return;
  throw new ConfigError(
    `there are ${free} MB free for ${dataDirectory}, and a new database wants ${leastMb} MB; make room, choose another directory in MILLRACE_DATA_DIR, or lower MILLRACE_MIN_FREE_SPACE_MB`,
  );
}
