import { setTimeout as delay } from 'node:timers/promises';
import { ManualClock } from '@millrace/contracts';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { changeHorizon } from '../src/change-horizon.js';
import { Database } from '../src/database.js';
import { createLogger } from '../src/logger.js';
import { watched } from './watched-service.js';

// Method: real sessions on real PostgreSQL. A row's instant is taken inside its transaction, and is seen at the commit.
const OPEN_FOR_MS = 300;
const MARGIN_MS = 5_000;
const clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
let server: TestDatabase;
let database: Database;

beforeAll(async () => {
  server = await createTestDatabase([watched as never]);
  database = await Database.open({ url: server.urls.of('watched'), schema: 'watched', poolSize: 2, logger: createLogger('test', 'silent') });
}, 60_000);
afterAll(async () => {
  await database.close();
  await server.drop();
});

const behindMs = async (): Promise<number> => clock.now().getTime() - Date.parse(await changeHorizon(database, clock));

/** How far the horizon lies back while a session of this address has had a transaction open. */
async function behindWhileOpen(url: string): Promise<number> {
  const session = new pg.Client({ connectionString: url });
  await session.connect();
  try {
    await session.query('begin');
    await delay(OPEN_FOR_MS);
    return await behindMs();
  } finally {
    await session.end();
  }
}

test('T50: the horizon lies before the beginning of the oldest open transaction of the service, and of no other role', async () => {
  const own = await behindWhileOpen(server.urls.of('watched'));
  expect(own).toBeGreaterThanOrEqual(MARGIN_MS + OPEN_FOR_MS);
  expect(await behindWhileOpen(server.adminUrl)).toBeLessThan(own);
  expect(await behindMs()).toBeGreaterThanOrEqual(MARGIN_MS);
});
