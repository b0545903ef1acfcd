import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@millrace/service';
import pg from 'pg';
import { startInContainer } from './containers.js';
import { POSTGRES_URL_VARIABLE } from './test-postgres.js';

interface TestPostgres {
  readonly adminUrl: string;
  readonly stop: () => Promise<void>;
}

declare global {
  var millraceTestPostgres: TestPostgres | undefined;
}

/** As in deploy/compose/servers.yml, which a test holds it to. */
export const POSTGRES_IMAGE = 'postgres:18';
/** The same wherever it runs: a server that may lose what it has at a power cut, and has room for the connections of several suites. */
const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off', 'max_connections=250', 'shared_buffers=1GB'];

/**
 * One real PostgreSQL for the whole run: the one given by environment, a container where an engine answers, or the embedded one. Every suite makes a
 * database of its own in it.
 */
export default async function setUp(): Promise<void> {
  if (process.env[POSTGRES_URL_VARIABLE]) return;
  const server = (await startInContainer(POSTGRES_IMAGE, startContainer)) ?? (await startEmbedded());
  globalThis.millraceTestPostgres = server;
  process.env[POSTGRES_URL_VARIABLE] = server.adminUrl;
}

async function startContainer(): Promise<TestPostgres> {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const password = randomBytes(24).toString('base64url');
  const container = await new PostgreSqlContainer(POSTGRES_IMAGE)
    .withUsername('postgres')
    .withDatabase('postgres')
    .withPassword(password)
    .withEnvironment({ POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C' })
    .withCommand(['postgres', ...SETTINGS.flatMap((setting) => ['-c', setting])])
    .start();
  const adminUrl = container.getConnectionUri();
  await closeToOthers(adminUrl);
  return { adminUrl, stop: async () => void (await container.stop()) };
}

/** Every role may connect to them on a new server, and none of ours needs to (SEC-7), as on an embedded one. */
async function closeToOthers(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  for (const other of ['postgres', 'template1']) await client.query(`revoke connect on database ${other} from public`);
  await client.end();
}

async function startEmbedded(): Promise<TestPostgres> {
  const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  // PostgreSQL may run as another user, which has to reach its folder inside.
  chmodSync(directory, 0o755);
  const server = await startEmbeddedPostgres({ dataDirectory: directory, durable: false });
  const remove = (): void => rmSync(directory, { recursive: true, force: true });
  return { adminUrl: server.adminUrl, stop: () => server.stop().then(remove) };
}
