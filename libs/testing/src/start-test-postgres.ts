import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@millrace/service';
import { POSTGRES_URL_VARIABLE } from './test-postgres.js';

declare global {
  var millraceTestPostgres: { readonly server: EmbeddedPostgres; readonly directory: string } | undefined;
}

/** One real PostgreSQL for the whole run, without fsync; an address given by environment comes first. Every suite makes a database of its own in it. */
export default async function setUp(): Promise<void> {
  if (process.env[POSTGRES_URL_VARIABLE]) return;
  const directory = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  // PostgreSQL may run as another user, which has to reach its folder inside.
  chmodSync(directory, 0o755);
  const server = await startEmbeddedPostgres({ dataDirectory: directory, durable: false });
  globalThis.millraceTestPostgres = { server, directory };
  process.env[POSTGRES_URL_VARIABLE] = server.adminUrl;
}
