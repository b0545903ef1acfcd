import { generateKeyPairSync } from 'node:crypto';
import { describeEvent, ManualClock, newId, TOPICS_TO_MAKE, type DomainEvent, type EventClass } from '@millrace/contracts';
import { encodeEvent, type EventLog, type LogRecord } from '@millrace/messaging';
import { EventLogConfig, loadConfig, openEventLog, openPool, type Environment, type ServiceDefinition } from '@millrace/service';
import { createTestDatabase, testKey, type TestDatabase } from '@millrace/testing';
import pg from 'pg';
import { runLendctl, type Outcome } from './run-lendctl.js';

/** The key of personal data in the tests' installations. */
export const FIELD_KEY = testKey('k1', 7);

/** Settings that services need to be built. */
export const BUILD_SETTINGS: Environment = {
  MILLRACE_INTERNAL_TOKEN: 't'.repeat(32),
  MILLRACE_FIELD_KEYS: FIELD_KEY,
  MILLRACE_GATEWAY_SIGNING_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
};

/** Settings of an installation in a test's database. */
export function environmentOf(database: TestDatabase, definitions: readonly ServiceDefinition[]): Environment {
  const urls = definitions.map(({ schema }) => [`MILLRACE_${schema.toUpperCase()}_DATABASE_URL`, database.urls.of(schema)] as const);
  return { ...BUILD_SETTINGS, MILLRACE_EVENT_LOG_URL: database.urls.eventLog, ...Object.fromEntries(urls) };
}

/** Real schemas and the real log, and no service that runs: what is in the log is new to everybody. */
export class QuietInstallation {
  private constructor(
    readonly database: TestDatabase,
    readonly log: EventLog,
    readonly environment: Environment,
    readonly clock: ManualClock,
    private readonly admin: pg.Pool,
  ) {}

  /** Its log is in PostgreSQL, or on the brokers that are given. */
  static async open(definitions: readonly ServiceDefinition[], kafkaBrokers?: string): Promise<QuietInstallation> {
    const database = await createTestDatabase(definitions);
    const { MILLRACE_EVENT_LOG_URL, ...services } = environmentOf(database, definitions);
    const environment = { ...services, ...(kafkaBrokers ? { MILLRACE_KAFKA_BROKERS: kafkaBrokers } : { MILLRACE_EVENT_LOG_URL }) };
    const log = await openEventLog(loadConfig(EventLogConfig, environment), { clientId: 'test', onError: () => undefined });
    await log.createTopics(TOPICS_TO_MAKE);
    const admin = openPool({ connectionString: database.adminUrl, max: 2 }, () => undefined);
    return new QuietInstallation(database, log, environment, new ManualClock(new Date('2026-03-02T01:00:00Z')), admin);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.log.close();
    await this.database.drop();
  }

  /** Puts an event on the log, as its producer wrote it or changed; answers its id. */
  async append(event: DomainEvent<unknown>, causationId = newId(), change: (record: LogRecord) => LogRecord = (record) => record): Promise<string> {
    const source = describeEvent(event.constructor as EventClass).producer;
    const context = { actor: { kind: 'system' as const, id: source }, causationId };
    const encoded = encodeEvent(event, { source, time: this.clock.now(), context, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` });
    await this.log.append([change({ topic: encoded.topic, key: encoded.key, headers: encoded.headers, value: Buffer.from(encoded.payload) })]);
    return encoded.id;
  }

  /** SQL with the administrator's role; append-only triggers do not stop it, as they would not stop whoever has that role. */
  async sql<R extends pg.QueryResultRow>(schema: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
    const client = await this.admin.connect();
    try {
      await client.query(`set search_path = ${pg.escapeIdentifier(schema)}; set session_replication_role = replica`);
      return (await client.query<R>(text, [...values])).rows;
    } finally {
      client.release();
    }
  }

  lendctl(...args: readonly string[]): Promise<Outcome> {
    return runLendctl({ environment: this.environment, clock: this.clock }, ...args);
  }

  /** The JSON that a command prints; fails the test where it ends in trouble. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read JSON of many shapes
  async json(...args: readonly string[]): Promise<any> {
    const { out, err, exitCode } = await this.lendctl(...args, '--json');
    if (exitCode !== 0) throw new Error(err);
    return JSON.parse(out) as unknown;
  }
}
