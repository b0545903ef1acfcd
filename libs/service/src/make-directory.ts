import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a directory with those above it; one that is there is left as it is. Throws the system's error where one cannot be made. Each by itself, as
 * Node's own way down a path never ends in a file system that denies what it has just listed (`/proc/nope`).
 */
export function makeDirectory(path: string, mode = 0o755): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const directory of missing) mkdirSync(directory, { mode });
}
