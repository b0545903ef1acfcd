import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../src/embedded-postgres.js';
import { until } from '@millrace/testing';
import pg from 'pg';
import { childrenOf } from '../src/process-tree.js';
import { freePort } from '../src/supervised-server.js';

// Goal: a server that is killed is gone with all of its processes, and what it had committed is there at the next start. Method: real kills of a durable server.
const directory = mkdtempSync(join(tmpdir(), 'millrace-killed-'));
let server: EmbeddedPostgres | undefined;
let port: number;
beforeAll(async () => {
  chmodSync(directory, 0o755);
  port = await freePort();
});
afterAll(async () => {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<pg.Client> {
  server = await startEmbeddedPostgres({ dataDirectory: directory, durable: true, port });
  const client = new pg.Client({ connectionString: server.adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

function isAlive(pid: number): boolean {
  try {
    // A process that has ended and that nobody has asked about yet has no command any more.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

test('a kill ends all of its processes at once, and nothing that was committed is lost', async () => {
  const client = await start();
  await client.query('create table kept (n integer); insert into kept select generate_series(1, 1000)');
  const postmaster = Number.parseInt(readFileSync(join(directory, 'postgres', 'postmaster.pid'), 'utf8'), 10);
  const sleeping = client.query('begin; insert into kept values (0); select pg_sleep(60)').then(
    () => 'answered',
    () => 'cut off',
  );
  const processes = await until(async () => {
    const children = childrenOf(postmaster);
    return children.length > 4 && [postmaster, ...children];
  }, 'its processes');

  await server!.kill();
  // At once, on the same port: nothing that the dead one has left behind is in the way.
  const next = await start();
  expect(await sleeping).toBe('cut off');
  expect(processes.filter(isAlive)).toEqual([]);
  expect((await next.query('select count(*)::int as n, min(n) as least from kept')).rows).toEqual([{ n: 1_000, least: 1 }]);
  await next.end();
}, 120_000);
