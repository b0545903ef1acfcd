import { LENDING_SERVICES, schemaOf, serviceVariable } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { runLendctl } from '../../test/run-lendctl.js';

// Goal: one job prepares an installation with real outside parties and one with the sandbox, and a second run changes nothing.
const TIMEOUT_MS = 120_000;
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The very addresses of the services, in the suite's own database. */
function environment(withSandbox: boolean): Record<string, string> {
  const urlOf = (schema: string): string => database.urls.eventLog.replace('event_log:', `${schema}:`);
  return {
    MILLRACE_DATABASE_URL: database.adminUrl,
    ...Object.fromEntries(LENDING_SERVICES.map((name) => [serviceVariable(name, 'DATABASE_URL'), urlOf(schemaOf(name))])),
    ...(withSandbox ? { MILLRACE_PROVIDER_SANDBOX_DATABASE_URL: urlOf('provider_sandbox') } : {}),
  };
}

async function schemas(): Promise<string[]> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select schema_name as name from information_schema.schemata where schema_name !~ '^(pg_|information_schema)'`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

test(
  'a lender has a schema for each of its services and none for the sandbox; with the address of one it is made, and the others stay',
  async () => {
    const services = LENDING_SERVICES.map(schemaOf);
    expect(await runLendctl({ environment: environment(false) }, 'migrate')).toMatchObject({
      exitCode: 0,
      err: '',
      out: expect.stringContaining(services.join(', ')),
    });
    expect(await schemas()).toEqual(expect.arrayContaining(services));
    expect(await schemas()).not.toContain('provider_sandbox');

    expect(await runLendctl({ environment: environment(true) }, 'migrate')).toMatchObject({
      exitCode: 0,
      err: '',
      out: expect.stringContaining('provider_sandbox'),
    });
    expect(await schemas()).toEqual(expect.arrayContaining([...services, 'provider_sandbox']));
  },
  TIMEOUT_MS,
);

test('the address of a service may not be missing', async () => {
  const { MILLRACE_SCORING_DATABASE_URL: _left, ...rest } = environment(false);
  const { exitCode, err } = await runLendctl({ environment: rest }, 'migrate');
  expect([exitCode, err]).toEqual([1, expect.stringMatching(/^error: MILLRACE_SCORING_DATABASE_URL is not set: .*\n$/)]);
});
