import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Home of what the system user needs where a checkout is hidden from it; only used by root. */
const SYSTEM_DIRECTORY = '/var/lib/millrace';
const SYSTEM_USER = 'postgres';

/** User that the server runs as; empty for "the one that runs us". */
export interface PostgresUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** PostgreSQL refuses to run as root; there it runs as the system user `postgres`, made if need be. */
export function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number.parseInt(spawnSync('id', [flag, SYSTEM_USER], { encoding: 'utf8' }).stdout, 10);
  if (Number.isNaN(id('-u'))) {
    spawnSync('groupadd', [SYSTEM_USER]);
    const made = spawnSync('useradd', ['-g', SYSTEM_USER, SYSTEM_USER], { encoding: 'utf8' });
    if (Number.isNaN(id('-u'))) {
      throw new EmbeddedPostgresError(`PostgreSQL does not run as root, and the user ${SYSTEM_USER} could not be made: ${made.stderr?.trim() ?? 'no useradd'}`);
    }
  }
  return { uid: id('-u'), gid: id('-g') };
}

/** True where the user may write to (`w`) or run (`x`) a path, every folder above it included. */
export function mayUse(user: PostgresUser, path: string, right: 'w' | 'x'): boolean {
  return spawnSync('/bin/sh', ['-c', `test -${right} "$0"`, path], { ...user, cwd: '/' }).status === 0;
}

/**
 * Where the standalone runtime keeps its data if nobody says otherwise: in the working directory, or, where root works in a folder that
 * the server's user cannot enter (such as one of mode 700), in a folder of this working directory's own below /var/lib/millrace.
 */
export function defaultDataDirectory(name: string): string {
  const local = resolve('.millrace', name);
  const user = postgresUser();
  if (user.uid === undefined || mayUse(user, process.cwd(), 'x')) return local;
  const place = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12);
  return join(SYSTEM_DIRECTORY, place, name);
}

/** The program where the user can run it: as installed, or as a copy of the whole installation where the checkout is hidden from that user. */
export function runnableProgram(user: PostgresUser, program: string): string {
  if (mayUse(user, program, 'x')) return program;
  const installation = dirname(dirname(program));
  const { version } = JSON.parse(readFileSync(join(dirname(installation), 'package.json'), 'utf8')) as { version: string };
  const copy = join(SYSTEM_DIRECTORY, `postgres-${version}`);
  if (!existsSync(copy)) {
    // Copied under another name first: a second start at the same time must never see half of it.
    const half = `${copy}.${process.pid}`;
    mkdirSync(SYSTEM_DIRECTORY, { recursive: true, mode: 0o755 });
    cpSync(installation, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return join(copy, relative(installation, program));
}
