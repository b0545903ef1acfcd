import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ManualClock, newId, PARTITIONS_PER_TOPIC, TOPICS, type DomainEvent } from '@millrace/contracts';
import { encodeEvent, EVENT_LOG_MIGRATIONS, MESSAGING_MIGRATIONS, PostgresEventLog } from '@millrace/messaging';
import {
  createLogger,
  encodePrincipal,
  loadConfig,
  migrateSchema,
  migrateService,
  PRINCIPAL_HEADER,
  provisionSchema,
  roleUrl,
  startEmbeddedPostgres,
  startService,
  type EmbeddedPostgres,
  type Principal,
  type RunningService,
} from '@millrace/service';
import pg from 'pg';
import { loanApplication } from '../src/loan-application.module.js';
import { submission, type SubmissionBody } from './submission.js';

const TOKEN = 't'.repeat(32);
const principal = (kind: Principal['kind'], id: string, roles: string[] = [], partnerId?: string): Principal => ({
  kind,
  id,
  tenantId: 't1',
  roles,
  requestId: newId(),
  ...(partnerId ? { partnerId } : {}),
});

export const PARTNER = principal('partner', 'client-1', [], 'partner-1');
export const OTHER_PARTNER = principal('partner', 'client-2', [], 'partner-2');
export const OFFICER = principal('staff', 'olga', ['risk_officer']);
export const APPROVER = principal('staff', 'carla', ['credit_approver']);
export const PAYMENT_OFFICER = principal('staff', 'pavel', ['payment_officer']);
export const ACCOUNT_MANAGER = principal('staff', 'anna', ['account_manager', 'credit_approver']);

/** Answer of the service. */
export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the tests read JSON of many shapes
  readonly body: any;
}

/** The real service on real PostgreSQL and the real log, with a clock of its own. */
export class RunningHub {
  readonly clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  pool!: pg.Pool;
  #postgres!: EmbeddedPostgres;
  #log!: PostgresEventLog;
  #service!: RunningService;
  readonly #directory = mkdtempSync(join(tmpdir(), 'hub-'));

  async start(providersUrl: string): Promise<void> {
    // PostgreSQL may run as another user, which has to reach its folder inside.
    chmodSync(this.#directory, 0o755);
    this.#postgres = await startEmbeddedPostgres({ dataDirectory: this.#directory, durable: false });
    const { adminUrl } = this.#postgres;
    const password = randomBytes(12).toString('hex');
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    for (const schema of ['event_log', loanApplication.schema]) await provisionSchema(admin, schema, password);
    // graphile-worker says `create schema if not exists`, which PostgreSQL refuses to a role without this grant even where the schema exists.
    await admin.query(`grant create on database postgres to ${loanApplication.schema}`);
    await admin.end();
    const databaseUrl = roleUrl(adminUrl, loanApplication.schema, password);
    const logUrl = roleUrl(adminUrl, 'event_log', password);
    const logPool = new pg.Pool({ connectionString: logUrl, max: 1 });
    await migrateSchema({ pool: logPool, schema: 'event_log', folders: [fileURLToPath(EVENT_LOG_MIGRATIONS)] });
    await logPool.end();
    await migrateService(loanApplication as never, databaseUrl, MESSAGING_MIGRATIONS);
    this.#log = await PostgresEventLog.open({ connectionString: logUrl, onError: () => undefined, pollIntervalMs: 100 });
    await this.#log.createTopics(Object.values(TOPICS).map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC })));
    const config = loadConfig(loanApplication.config, {
      MILLRACE_INTERNAL_TOKEN: TOKEN,
      MILLRACE_LOAN_APPLICATION_PORT: '0',
      MILLRACE_LOAN_APPLICATION_DATABASE_URL: databaseUrl,
      MILLRACE_PROVIDERS_URL: providersUrl,
      MILLRACE_ESIGN_TIMEOUT_MS: '500',
    });
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'test' });
    this.pool.on('error', () => undefined);
    this.#service = await startService(loanApplication, { config, clock: this.clock, log: this.#log, logger: createLogger('test', 'silent') });
  }

  async stop(): Promise<void> {
    // First of all: a pool does not wait for its sockets to close, and the server must not end before they have.
    await this.pool?.end();
    await this.#service?.stop();
    await this.#log?.close();
    await this.#postgres?.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async call(method: string, path: string, by: Principal = PARTNER, body?: unknown): Promise<Answer> {
    const answer = await fetch(`${this.#service.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        [PRINCIPAL_HEADER]: encodePrincipal(by),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Submits a firm of its own. */
  async submit(change: Partial<SubmissionBody> = {}, by: Principal = PARTNER): Promise<string> {
    const applicationId = newId();
    const { status, body } = await this.call('PUT', `/loan-applications/${applicationId}`, by, submission(change));
    if (status !== 201) throw new Error(JSON.stringify(body));
    return applicationId;
  }

  /** Puts an event on the log twice, as it may happen, and once more under another event id, which only the process can tell; waits until all are handled or parked. */
  async deliver(event: DomainEvent<unknown>): Promise<void> {
    const origin = {
      source: 'test',
      time: this.clock.now(),
      context: { actor: { kind: 'system' as const, id: 'test' }, causationId: newId() },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const [once, again] = [encodeEvent(event, origin), encodeEvent(event, origin)];
    const record = ({ topic, key, headers, payload }: typeof once) => ({ topic, key, headers, value: Buffer.from(payload) });
    await this.#log.append([record(once), record(once), record(again)]);
    const ids = [once.id, again.id];
    await this.until(async () => (await this.pool.query('select 1 from inbox where event_id = any($1::uuid[])', [ids])).rowCount === 2);
  }

  async status(applicationId: string): Promise<string> {
    return String((await this.call('GET', `/loan-applications/${applicationId}`, OFFICER)).body.status);
  }

  /** Events that the hub has written about an application, in order. */
  async events(applicationId: string): Promise<{ type: string; payload: Record<string, unknown> }[]> {
    const { rows } = await this.pool.query<{ type: string; payload: unknown }>('select type, payload from outbox where aggregateid = $1 order by seq', [
      applicationId,
    ]);
    return rows.map(({ type, payload }) => ({
      type: type.replace('lending.loan-application.', '').replace('.v1', ''),
      payload: (typeof payload === 'object' && !Buffer.isBuffer(payload) ? payload : JSON.parse(String(payload))) as Record<string, unknown>,
    }));
  }

  async eventTypes(applicationId: string): Promise<string[]> {
    return (await this.events(applicationId)).map(({ type }) => type);
  }

  /** The open review task of an application, as staff see it. */
  async task(applicationId: string): Promise<Answer['body']> {
    const { body } = await this.call('GET', '/review-tasks?status=open&limit=200', OFFICER);
    return body.items.find((item: { applicationId: string }) => item.applicationId === applicationId);
  }

  async until<T>(look: () => Promise<T | undefined | false | null>): Promise<T> {
    for (const deadline = Date.now() + 15_000; Date.now() < deadline;) {
      const found = await look();
      if (found) return found;
      await new Promise((done) => setTimeout(done, 30));
    }
    throw new Error('it did not happen within 15 s');
  }
}
