import { LoanApplicationSubmitted } from '@millrace/contracts';
import { PostgresEventLog } from '@millrace/messaging';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import { checkPrepared, retryPatiently } from '../src/await-prepared.js';
import { BaseConfig, ConfigError } from '../src/config.js';
import { openPool } from '../src/pool.js';
import { prepareDatabases } from '../src/prepare-databases.js';
import { defineService } from '../src/service-definition.js';

const definition = defineService({
  name: 'waiting',
  schema: 'waiting',
  config: BaseConfig,
  migrations: new URL('./', import.meta.url),
  capabilities: [{ name: 'application', produces: [LoanApplicationSubmitted] }],
});

describe('a service whose jobs have not run', () => {
  let database: TestDatabase;
  let log: PostgresEventLog;
  const url = (): string => database.urls.of('waiting');
  beforeAll(async () => {
    database = await createTestDatabase([definition]);
    log = await PostgresEventLog.open({ connectionString: database.urls.eventLog, onError: () => undefined });
  });
  afterAll(async () => {
    await log.close();
    await database.drop();
  });

  test('waits for its topics, then for nothing', async () => {
    await expect(checkPrepared(definition, url(), log)).rejects.toThrow('lending.loan-application.v1 does not exist');
    await log.createTopics([{ name: 'lending.loan-application.v1', partitions: 2 }]);
    await expect(checkPrepared(definition, url(), log)).resolves.toBeUndefined();
  });

  test('T62: does not wait where a newer version has prepared the schema, and neither it nor the migration job touches it', async () => {
    const pool = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
    await pool.query(`insert into waiting.schema_migration (name, sha256) values ('9999_of_tomorrow.sql', 'x')`);
    const refusal = /^the schema waiting has the migration 9999_of_tomorrow\.sql, which this version does not know: .* start that version/;
    await expect(checkPrepared(definition, url(), log)).rejects.toThrow(refusal);
    await expect(checkPrepared(definition, url(), log)).rejects.toBeInstanceOf(ConfigError);
    const { database: name } = new URL(database.adminUrl).pathname.match(/^\/(?<database>.*)$/)!.groups as { database: string };
    const again = prepareDatabases({ adminUrl: database.adminUrl, database: name, rolePassword: 'test-only', definitions: [definition as never] });
    await expect(again).rejects.toThrow(refusal);
    await pool.query(`delete from waiting.schema_migration where name = '9999_of_tomorrow.sql'`);
    await pool.end();
  });

  test('waits for migrations that its schema has not seen, and for the first one', async () => {
    const pool = openPool({ connectionString: database.adminUrl, max: 1 }, () => undefined);
    await pool.query(`delete from waiting.schema_migration where name = (select max(name) from waiting.schema_migration)`);
    await expect(checkPrepared(definition, url(), log)).rejects.toThrow('1 migrations of waiting are due');
    await pool.query('drop table waiting.schema_migration');
    await expect(checkPrepared(definition, url(), log)).rejects.toThrow('migrations of waiting are due');
    await pool.end();
  });

  test('says in one line that its role is not there', async () => {
    await expect(checkPrepared(definition, url().replace('waiting', 'nobody'), log)).rejects.toThrow(/^PostgreSQL at .* cannot be used by waiting: /);
  });
});

describe('a patient start', () => {
  const failing = (failures: readonly Error[]): (() => Promise<string>) => {
    const left = [...failures];
    return async () => {
      const failure = left.shift();
      if (failure) throw failure;
      return 'started';
    };
  };

  test('tells each reason once', async () => {
    const reasons: string[] = [];
    const patience = { patienceMs: 10_000, retryMs: 1, onWait: ({ message }: Error) => reasons.push(message) };
    await expect(retryPatiently(failing([new Error('a'), new Error('a'), new Error('b')]), patience)).resolves.toBe('started');
    expect(reasons).toEqual(['a', 'b']);
  });

  test('ends with the last reason, and at once where a setting is wrong', async () => {
    const patience = { patienceMs: 0, retryMs: 1, onWait: () => undefined };
    await expect(retryPatiently(failing([new Error('a'), new Error('b'), new Error('c')]), patience)).rejects.toThrow(/^[ab]$/);
    await expect(retryPatiently(failing([new ConfigError('wrong')]), { ...patience, patienceMs: 10_000 })).rejects.toThrow('wrong');
  });
});
