import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hasProgram, LocalServerError, untilListening, type LocalServer } from './local-servers.js';
import { freePort, startSupervised } from './supervised-server.js';

/** Says what the machine lacks for it; undefined where nothing is missing. */
export function missingForLocalRedis(): string | undefined {
  return hasProgram('redis-server', '--version') ? undefined : 'redis-server is not installed: `apt-get install redis-server` brings it';
}

/** Starts `redis-server` on this machine, in memory only: what it holds may be lost (see `SharedStore`). */
export async function startLocalRedis(options: { readonly dataDirectory: string; readonly port?: number }): Promise<LocalServer> {
  const missing = missingForLocalRedis();
  if (missing) throw new LocalServerError(missing);
  const directory = resolve(options.dataDirectory);
  mkdirSync(directory, { recursive: true });
  const port = options.port ?? (await freePort());
  const settings = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no', dir: directory };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const server = startSupervised({ command: 'redis-server', args, logFile: join(directory, 'redis.log'), stopSignal: 'TERM' });
  return untilListening('redis-server', server, port);
}
