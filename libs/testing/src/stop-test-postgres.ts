import { rmSync } from 'node:fs';

/** Ends the server that the set-up started, and nothing else. */
export default async function tearDown(): Promise<void> {
  const own = globalThis.millraceTestPostgres;
  if (!own) return;
  await own.server.stop();
  rmSync(own.directory, { recursive: true, force: true });
}
