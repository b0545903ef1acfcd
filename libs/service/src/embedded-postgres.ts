import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { makeDirectory } from './make-directory.js';
import { mayUse, postgresUser, runnableProgram, type PostgresUser } from './postgres-user.js';
import { childrenOf } from './process-tree.js';
import { EMBEDDED_ADMIN, EMBEDDED_PASSWORD_FILE } from './standalone-directory.js';
import { freePort, startSupervised, type SupervisedServer } from './supervised-server.js';

/** Settings of an embedded server. */
export interface EmbeddedPostgresOptions {
  /** Directory for everything the server keeps; made where it is missing. */
  readonly dataDirectory: string;
  /** Port on 127.0.0.1; a free one where it is not given. */
  readonly port?: number;
  /** Connections at the same time; enough for one process of each service where it is not given. */
  readonly maxConnections?: number;
  /** False only for tests: no fsync, so that a power cut may lose data. */
  readonly durable: boolean;
}

/** A server that runs. */
export interface EmbeddedPostgres {
  /** Process that the server is a child of. */
  readonly pid: number;
  /** URL with the administrator's role. */
  readonly adminUrl: string;
  /** Resolves with what ended it when it has ended, whoever ended it. */
  readonly ended: Promise<string>;
  stop(): Promise<void>;
  /** Ends all of its processes at once, as a crash does; the same directory can be started again. */
  kill(): Promise<void>;
}

const MAX_CONNECTIONS = 250;
const START_TIMEOUT_MS = 60_000;
const RELEASE_TIMEOUT_MS = 3_000;

async function programs(user: PostgresUser): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let installed: { postgres: string; initdb: string };
  try {
    installed = (await import(name)) as { postgres: string; initdb: string };
  } catch {
    throw new EmbeddedPostgresError(`there is no embedded PostgreSQL for ${process.platform}-${process.arch}; give an address in MILLRACE_DATABASE_URL`);
  }
  return { postgres: runnableProgram(user, installed.postgres), initdb: runnableProgram(user, installed.initdb) };
}

function prepareDirectory(directory: string, owner: PostgresUser): void {
  try {
    makeDirectory(directory);
    makeDirectory(join(directory, 'postgres'), 0o700);
    if (owner.uid !== undefined && owner.gid !== undefined) chownSync(join(directory, 'postgres'), owner.uid, owner.gid);
  } catch (error) {
    throw new EmbeddedPostgresError(`the data directory ${directory} cannot be written: ${(error as Error).message}`);
  }
  if (!mayUse(owner, join(directory, 'postgres'), 'w'))
    throw new EmbeddedPostgresError(
      `the data directory ${directory} cannot be written by the user that PostgreSQL runs as; choose another in MILLRACE_DATA_DIR`,
    );
}

/** Process id of the PostgreSQL that holds the directory, if one does. */
function holderOf(directory: string): number | undefined {
  const pidFile = join(directory, 'postgres', 'postmaster.pid');
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as { code?: string }).code === 'ESRCH') return undefined;
  }
  // A recycled process id is no server: only a process that is PostgreSQL keeps the directory.
  const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : 'postgres';
  return command.includes('postgres') ? pid : undefined;
}

/** The server of a process that has just died is given time to end; a living one keeps the directory. */
async function refuseIfInUse(directory: string): Promise<void> {
  for (const deadline = Date.now() + RELEASE_TIMEOUT_MS; ; await delay(50)) {
    const pid = holderOf(directory);
    if (pid === undefined) return;
    if (Date.now() < deadline) continue;
    throw new EmbeddedPostgresError(
      `the data directory ${directory} is in use by a running Millrace (PostgreSQL process ${pid}); stop it, or choose another in MILLRACE_DATA_DIR`,
    );
  }
}

function passwordFile(directory: string, owner: PostgresUser): string {
  const file = join(directory, EMBEDDED_PASSWORD_FILE);
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(file, owner.uid, owner.gid);
  return file;
}

/** The line of a failed initdb that says why; its last one only says that it tidies up. */
function reasonOf(output: string): string {
  const lines = output.trim().split('\n');
  return lines.find((line) => /no space left/i.test(line)) ?? lines.find((line) => /\b(FATAL|PANIC|error):/i.test(line)) ?? lines.at(-1)!;
}

function initialise(initdb: string, directory: string, pwfile: string, owner: PostgresUser): void {
  const cluster = join(directory, 'postgres');
  if (existsSync(join(cluster, 'PG_VERSION'))) return;
  const args = [
    '--pgdata',
    cluster,
    '--username',
    EMBEDDED_ADMIN,
    '--auth',
    'scram-sha-256',
    '--pwfile',
    pwfile,
    '--encoding',
    'UTF8',
    '--locale',
    'C',
    '--no-sync',
  ];
  const result = spawnSync(initdb, args, { ...owner, cwd: '/', encoding: 'utf8' });
  if (result.status !== 0)
    throw new EmbeddedPostgresError(`PostgreSQL could not be set up in ${directory}: ${reasonOf(result.stderr || result.error?.message || '')}`);
}

/** Longest path of a socket that every system takes, its end of string included. */
const MAX_SOCKET_PATH_BYTES = 104;

/** Folder of the socket, by which a statement costs half of what it costs over TCP; undefined where the system has none, or the path is too long for it. */
function socketDirectory(directory: string): string | undefined {
  const folder = join(directory, 'postgres');
  const usable = process.platform !== 'win32' && Buffer.byteLength(join(folder, '.s.PGSQL.65535.lock')) < MAX_SOCKET_PATH_BYTES;
  return usable ? folder : undefined;
}

function addressOf(port: number, password: string, sockets: string | undefined): string {
  const url = `postgres://${EMBEDDED_ADMIN}:${password}@127.0.0.1:${port}/${EMBEDDED_ADMIN}`;
  return sockets === undefined ? url : `${url}?host=${encodeURIComponent(sockets)}`;
}

function serverSettings(port: number, { durable, maxConnections = MAX_CONNECTIONS }: EmbeddedPostgresOptions, sockets: string | undefined): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: sockets ?? '',
    max_connections: String(maxConnections),
    // Taken from the system only as it is used, so that many stored loans may have more.
    shared_buffers: '1GB',
    max_wal_size: '2GB',
    jit: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function waitUntilReady(adminUrl: string, server: SupervisedServer, logFile: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (server.exitCode === null && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: adminUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      // Every role may connect to them on a new server, and none of ours needs to; this server is ours alone (SEC-7).
      for (const other of ['postgres', 'template1']) await client.query(`revoke connect on database ${other} from public`);
      await client.end();
      return;
    } catch {
      await delay(25);
    }
  }
  throw new EmbeddedPostgresError(`PostgreSQL did not start; the last lines of ${logFile}: ${server.lastLines()}`);
}

/** Its processes lead sessions of their own, so that the end of the server's group would leave them alive for a while, and with them what they have begun. */
async function killServer(directory: string, server: SupervisedServer): Promise<void> {
  const postmaster = holderOf(directory);
  if (postmaster !== undefined) {
    // One that is held starts no more of them.
    process.kill(postmaster, 'SIGSTOP');
    for (const pid of childrenOf(postmaster)) killIfThere(pid);
  }
  await server.kill();
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: string }).code !== 'ESRCH') throw error;
  }
}

/** Starts real PostgreSQL from the npm package on a data directory of ours, for the standalone runtime and for tests. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const directory = resolve(options.dataDirectory);
  const owner = postgresUser();
  const { postgres, initdb } = await programs(owner);
  prepareDirectory(directory, owner);
  await refuseIfInUse(directory);
  const pwfile = passwordFile(directory, owner);
  initialise(initdb, directory, pwfile, owner);
  const port = options.port ?? (await freePort());
  // The locks of a server that was killed; PostgreSQL takes its number for a living one until somebody has asked how it ended.
  for (const lock of ['postmaster.pid', `.s.PGSQL.${port}.lock`]) rmSync(join(directory, 'postgres', lock), { force: true });
  const sockets = socketDirectory(directory);
  const logFile = join(directory, 'postgres.log');
  const args = ['-D', join(directory, 'postgres'), ...serverSettings(port, options, sockets)];
  const server = startSupervised({ command: postgres, args, logFile, stopSignal: 'INT', user: owner });
  const adminUrl = addressOf(port, readFileSync(pwfile, 'utf8').trim(), sockets);
  try {
    await waitUntilReady(adminUrl, server, logFile);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { pid: server.pid, adminUrl, ended: server.ended, stop: server.stop, kill: () => killServer(directory, server) };
}
