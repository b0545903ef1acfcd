import { describeEvent, ManualClock, newId, TOPICS, TOPICS_TO_MAKE, type DomainEvent, type EventClass } from '@millrace/contracts';
import { encodeEvent, PostgresEventLog, type EncodedEvent, type LogRecord } from '@millrace/messaging';
import {
  createLogger,
  encodePrincipal,
  loadConfig,
  openPool,
  PRINCIPAL_HEADER,
  startService,
  type BaseConfig,
  type Principal,
  type RunningService,
  type ServiceDefinition,
} from '@millrace/service';
import pg from 'pg';
import { PARTNER } from './principals.js';
import { createTestDatabase, type TestDatabase } from './test-postgres.js';
import { until } from './until.js';

const INTERNAL_TOKEN = 't'.repeat(32);
const FIELD_KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

/** What a suite may choose. */
export interface TestServiceOptions {
  /** Settings over the defaults, e.g. the address of a provider. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Start of the suite's clock: the scenarios' common set-up where it is not given. */
  readonly startAt?: Date;
  /** Where log lines of all levels go; nowhere where it is not given. */
  readonly logTo?: { write(line: string): void };
}

/** Answer of a service. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read JSON of many shapes
  readonly body: any;
}

/** An event that the service has written, as the next reader would see it. */
export interface WrittenEvent {
  /** Type without `dev.millrace.lending.<service>.` and version, e.g. `passed`. */
  readonly type: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read payloads of many shapes
  readonly payload: any;
  readonly headers: Readonly<Record<string, string>>;
}

function asRecord({ topic, key, headers, payload }: EncodedEvent): LogRecord {
  return { topic, key, headers, value: Buffer.from(payload) };
}

/** One real service on real PostgreSQL and the real log, with a clock of its own; everything outside it is what the suite says. */
export class TestService<C extends BaseConfig = BaseConfig> {
  private constructor(
    readonly definition: ServiceDefinition<C>,
    readonly clock: ManualClock,
    readonly database: TestDatabase,
    readonly log: PostgresEventLog,
    public service: RunningService,
    /** Connections with the service's own role. */
    readonly pool: pg.Pool,
    private readonly config: C,
  ) {}

  static async start<C extends BaseConfig>(definition: ServiceDefinition<C>, options: TestServiceOptions = {}): Promise<TestService<C>> {
    const clock = new ManualClock(options.startAt ?? new Date('2026-03-02T01:00:00Z'));
    const database = await createTestDatabase([definition]);
    const databaseUrl = database.urls.of(definition.schema);
    const log = await PostgresEventLog.open({ connectionString: database.urls.eventLog, onError: () => undefined, pollIntervalMs: 100 });
    await log.createTopics(TOPICS_TO_MAKE);
    const name = definition.schema.toUpperCase();
    const config = loadConfig(definition.config, {
      MILLRACE_INTERNAL_TOKEN: INTERNAL_TOKEN,
      MILLRACE_FIELD_KEYS: FIELD_KEYS,
      [`MILLRACE_${name}_PORT`]: '0',
      [`MILLRACE_${name}_DATABASE_URL`]: databaseUrl,
      ...options.environment,
    });
    const service = await startService(definition, { config, clock, log, logger: createLogger('test', options.logTo ? 'debug' : 'silent', options.logTo) });
    const pool = openPool({ connectionString: databaseUrl, max: 2, application_name: 'test' }, () => undefined);
    return new TestService(definition, clock, database, log, service, pool, config);
  }

  /** Base URL of the service. */
  get url(): string {
    return this.service.url;
  }

  /** Base URL of its health and metrics. */
  get operationsUrl(): string {
    return this.service.operationsUrl;
  }

  async stop(): Promise<void> {
    await this.pool.end();
    await this.service.stop();
    await this.log.close();
    await this.database.drop();
  }

  /** Does the work while the service is down, as between a killed process and its next start, and starts it again on the same database. */
  async whileDown(work: () => Promise<void>): Promise<void> {
    await this.service.stop();
    await work();
    const { config, clock, log } = this;
    this.service = await startService(this.definition, { config, clock, log, logger: createLogger('test', 'silent') });
  }

  /** Another start of the service on the same database, and its end; throws where the start is refused. */
  async startAgain(): Promise<void> {
    const { config, clock, log } = this;
    await (await startService(this.definition, { config, clock, log, logger: createLogger('test', 'silent') })).stop();
  }

  /** A statement past every right and trigger, as an administrator of the server could make it. */
  async administer(sql: string, values: readonly unknown[] = []): Promise<void> {
    const client = new pg.Client({ connectionString: this.database.adminUrl });
    await client.connect();
    try {
      await client.query('set session_replication_role = replica');
      await client.query(sql, [...values]);
    } finally {
      await client.end();
    }
  }

  /** A request as the gateway makes it; a string goes out as it is, to send what is no JSON. */
  async call(method: string, path: string, by: Principal = PARTNER, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${INTERNAL_TOKEN}`,
        [PRINCIPAL_HEADER]: encodePrincipal(by),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
  }

  /**
   * Puts an event on the log twice, which the inbox must know, and once more under another event id, which only the handler can know;
   * waits until the service has dealt with all of them.
   */
  async deliver(event: DomainEvent<unknown>): Promise<void> {
    const origin = {
      source: describeEvent(event.constructor as EventClass).producer,
      time: this.clock.now(),
      context: { actor: { kind: 'system' as const, id: 'test' }, causationId: newId() },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const [once, again] = [encodeEvent(event, origin), encodeEvent(event, origin)];
    await this.log.append([asRecord(once), asRecord(once), asRecord(again)]);
    const ids = [once.id, again.id];
    await until(async () => (await this.pool.query('select 1 from inbox where event_id = any($1::uuid[])', [ids])).rowCount === 2, `handling ${once.type}`);
  }

  /** Events that the service has written for a key (application or loan id), in order; those of its tasks are {@link taskEvents}. */
  async events(key: string): Promise<WrittenEvent[]> {
    return this.#written('aggregateid = $1 and topic <> $2', key);
  }

  /** What the service has told of its tasks about an application, a loan or another subject, in order. */
  async taskEvents(key: string): Promise<WrittenEvent[]> {
    return this.#written('aggregateid = $1 and topic = $2', key);
  }

  async #written(condition: string, key: string): Promise<WrittenEvent[]> {
    type Row = { type: string; payload: string; headers: Record<string, string> };
    const { rows } = await this.pool.query<Row>(`select type, payload, headers from outbox where ${condition} order by seq`, [key, TOPICS.tasks]);
    return rows.map(({ type, payload, headers }) => ({
      type: type.replace(/^dev\.millrace\.lending\.[a-z-]+\.(.+)\.v\d+$/, '$1'),
      payload: JSON.parse(payload) as unknown,
      headers,
    }));
  }

  async eventTypes(key: string): Promise<string[]> {
    return (await this.events(key)).map(({ type }) => type);
  }

  /** Waits for the first event of a type for a key. */
  async event(key: string, type: string): Promise<WrittenEvent> {
    return until(async () => (await this.events(key)).find((event) => event.type === type), `event ${type}`);
  }

  /** Events that no handler took, with their reasons; a suite that expects none checks that it is empty. */
  async parked(): Promise<{ type: string; reason: string }[]> {
    const { rows } = await this.pool.query<{ type: string; reason: string }>(`select type, reason from parked_event where status = 'parked' order by id`);
    return rows;
  }
}
