import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { LockHeldError, takeLock } from '../src/take-lock.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
}, 60_000);
afterAll(() => database.drop());

test('SEC-7: a lock that is not given back ends a migration with the name of its holder, and not never', async () => {
  const holder = new pg.Client({ connectionString: database.adminUrl, application_name: 'idler' });
  const waiter = new pg.Client({ connectionString: database.adminUrl });
  await Promise.all([holder.connect(), waiter.connect()]);
  await takeLock(holder, 'migrate', 'a_schema');
  const refused = takeLock(waiter, 'migrate', 'a_schema', 50);
  await expect(refused).rejects.toThrow(LockHeldError);
  await expect(refused).rejects.toThrow(/^the connection \d+ of .* \(idler, .*\) has held the lock "migrate a_schema" for 0\.05 s/);
  await holder.end();
  await takeLock(waiter, 'migrate', 'a_schema', 5_000);
  await waiter.end();
});
