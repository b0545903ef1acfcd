import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CONSENT_TYPES,
  KycRequested,
  ManualClock,
  newId,
  PARTITIONS_PER_TOPIC,
  TOPICS,
  type ConsentRef,
  type Finding,
  type FirmFacts,
} from '@millrace/contracts';
import { encodeEvent, EVENT_LOG_MIGRATIONS, MESSAGING_MIGRATIONS, PostgresEventLog, type LogRecord } from '@millrace/messaging';
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
import { kycAntifraud } from '../src/kyc-antifraud.module.js';

const TOKEN = 't'.repeat(32);
const PARTNER: Principal = { kind: 'partner', id: 'p1', tenantId: 't1', partnerId: 'p1', roles: [], requestId: newId() };
export const OFFICER: Principal = { kind: 'staff', id: 's1', tenantId: 't1', roles: ['risk_officer'], requestId: newId() };

/** An outcome event as the hub would read it. */
export interface OutcomeEvent {
  readonly type: string;
  readonly text: string;
  readonly payload: { applicationId: string; fraudScore: number; findings: Finding[]; facts: FirmFacts | null };
}

export const ALL_CONSENTS: ConsentRef[] = CONSENT_TYPES.map((type) => ({ consentId: newId(), type, grantedAt: '2026-03-02T00:59:00.000Z' }));

/** The real service on real PostgreSQL and the real log, with a clock of its own. */
export class RunningKyc {
  readonly clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  #postgres!: EmbeddedPostgres;
  #log!: PostgresEventLog;
  #service!: RunningService;
  pool!: pg.Pool;
  readonly #directory = mkdtempSync(join(tmpdir(), 'kyc-'));

  async start(providersUrl: string): Promise<void> {
    // PostgreSQL may run as another user, which has to reach its folder inside.
    chmodSync(this.#directory, 0o755);
    this.#postgres = await startEmbeddedPostgres({ dataDirectory: this.#directory, durable: false });
    const { adminUrl } = this.#postgres;
    const password = randomBytes(12).toString('hex');
    const admin = new pg.Client({ connectionString: adminUrl });
    await admin.connect();
    for (const schema of ['event_log', kycAntifraud.schema]) await provisionSchema(admin, schema, password);
    await admin.end();
    const databaseUrl = roleUrl(adminUrl, kycAntifraud.schema, password);
    const logUrl = roleUrl(adminUrl, 'event_log', password);
    const logPool = new pg.Pool({ connectionString: logUrl, max: 1 });
    await migrateSchema({ pool: logPool, schema: 'event_log', folders: [fileURLToPath(EVENT_LOG_MIGRATIONS)] });
    await logPool.end();
    await migrateService(kycAntifraud as never, databaseUrl, MESSAGING_MIGRATIONS);
    this.#log = await PostgresEventLog.open({ connectionString: logUrl, onError: () => undefined, pollIntervalMs: 100 });
    await this.#log.createTopics(Object.values(TOPICS).map((name) => ({ name, partitions: PARTITIONS_PER_TOPIC })));
    const config = loadConfig(kycAntifraud.config, {
      MILLRACE_INTERNAL_TOKEN: TOKEN,
      MILLRACE_FIELD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      MILLRACE_KYC_ANTIFRAUD_PORT: '0',
      MILLRACE_KYC_ANTIFRAUD_DATABASE_URL: databaseUrl,
      MILLRACE_PROVIDERS_URL: providersUrl,
      MILLRACE_KYC_SOURCE_TIMEOUT_MS: '2000',
    });
    this.pool = new pg.Pool({ connectionString: databaseUrl, max: 2, application_name: 'test' });
    this.pool.on('error', () => undefined);
    this.#service = await startService(kycAntifraud, { config, clock: this.clock, log: this.#log, logger: createLogger('test', 'silent') });
  }

  async stop(): Promise<void> {
    // First of all: a pool does not wait for its sockets to close, and the server must not end before they have.
    await this.pool?.end();
    await this.#service?.stop();
    await this.#log?.close();
    await this.#postgres?.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async call(method: string, path: string, principal: Principal = PARTNER, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${this.#service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, [PRINCIPAL_HEADER]: encodePrincipal(principal), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  /** Records the person and has the hub ask for verification; the event is put on the log more than once, as it may happen. */
  async request(input: { uscc: string; person: object; device?: object; consents?: ConsentRef[]; declaredRevenueMinor?: string }): Promise<string> {
    const applicationId = newId();
    const { body } = await this.call('PUT', `/applicants/${applicationId}`, PARTNER, {
      legalRepresentative: input.person,
      ...(input.device ? { device: input.device } : {}),
    });
    const event = new KycRequested({
      applicationId,
      applicantRecordId: String(body['applicantRecordId']),
      uscc: input.uscc,
      requestedAmountMinor: '30000000',
      declaredRevenueMinor: input.declaredRevenueMinor ?? '4000000',
      policyVersion: 'online_microloan.v0',
      consents: input.consents ?? ALL_CONSENTS,
    });
    const origin = {
      source: 'loan-application',
      time: this.clock.now(),
      context: { actor: { kind: 'system' as const, id: 'loan-application' }, causationId: newId() },
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const asRecord = ({ topic, key, headers, payload }: ReturnType<typeof encodeEvent>): LogRecord => ({ topic, key, headers, value: Buffer.from(payload) });
    const once = asRecord(encodeEvent(event, origin));
    // The same event again, which the inbox knows, and the same request under another event id, which only the handler can know.
    await this.#log.append([once, once, asRecord(encodeEvent(event, origin))]);
    return applicationId;
  }

  /** Every outcome of an application on the log so far. */
  async outcomes(applicationId: string): Promise<OutcomeEvent[]> {
    const found: OutcomeEvent[] = [];
    for (const { partition, earliest } of await this.#log.offsets(TOPICS.kycAntifraud)) {
      for await (const record of this.#log.read({ topic: TOPICS.kycAntifraud, partition, offset: earliest }, { batchRecords: 100 })) {
        const text = record.value.toString('utf8');
        if (record.key === applicationId)
          found.push({ type: record.headers['ce_type']!, text: text + JSON.stringify(record.headers), payload: JSON.parse(text) as OutcomeEvent['payload'] });
      }
    }
    return found;
  }

  /** The one outcome, as soon as it is there. */
  async outcome(applicationId: string): Promise<OutcomeEvent> {
    return this.until(async () => (await this.outcomes(applicationId))[0]);
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
