import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applicationOf, type SandboxFirm } from '@millrace/client';
import { ManualClock, newId } from '@millrace/contracts';
import { PostgresEventLog, type LogRecord } from '@millrace/messaging';
import { STANDALONE_DATABASE, standaloneAdminUrl } from '@millrace/service';
import { until } from '@millrace/testing';
import pg from 'pg';
import { startStandalone, type RunningStandalone, type StandaloneOptions } from '@millrace/standalone';

/** Answer of an HTTP call. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- scenarios read JSON of many shapes
  readonly body: any;
}

/** Whom a call is made as: a ready-made client of the standalone runtime. */
export type Client = 'demo-partner' | 'demo-risk-officer' | 'demo-approver' | 'demo-payment-officer' | 'demo-auditor';

/** Start of the scenarios' common set-up: 2026-03-02 in Shanghai. */
const SCENARIO_START = new Date('2026-03-02T02:00:00Z');

/** The whole lender in this process, on a clock that scenarios move; everything goes over HTTP as a partner's or staff's front end would do it. */
export class Lender {
  readonly clock = new ManualClock(SCENARIO_START);
  readonly #tokens = new Map<Client, string>();
  #standalone!: RunningStandalone;
  readonly #directory = mkdtempSync(join(tmpdir(), 'millrace-e2e-'));

  async start(settings: Readonly<Record<string, string>> = {}, options: Pick<StandaloneOptions, 'logTo'> = {}): Promise<void> {
    // PostgreSQL may run as another user, which has to reach its folder inside.
    chmodSync(this.#directory, 0o755);
    const environment = { MILLRACE_LOG_LEVEL: 'silent', MILLRACE_DATA_DIR: this.#directory, MILLRACE_SCORING_SCORECARD: 'scenario-v0', ...settings };
    this.#standalone = await startStandalone({ environment, clock: this.clock, freePorts: true, durable: false, ...options });
  }

  async stop(): Promise<void> {
    await this.#standalone.stop();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** A call to the gateway; a body that is a string goes out as it is. */
  async call(client: Client, method: string, path: string, body?: unknown): Promise<Answer> {
    return this.send(method, path, { authorization: `Bearer ${await this.#token(client)}` }, body);
  }

  /** As {@link call}, with headers of the caller's own. */
  async send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answer> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(new URL(path, this.#standalone.gatewayUrl), {
      method,
      headers: { ...json, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  }

  /** A call to the sandbox's control or to a provider. */
  async sandbox(method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const answer = await fetch(new URL(path, this.#standalone.sandboxUrl), {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const content: unknown = await answer.json();
    if (!answer.ok) throw new Error(`sandbox ${method} ${path}: ${answer.status} ${JSON.stringify(content)}`);
    return content;
  }

  /** Directory that the installation keeps its data and secrets in, as an operator names it. */
  get dataDirectory(): string {
    return this.#directory;
  }

  /** SQL in one schema with the administrator's role, as a service's own may not change tables. */
  async sql<R extends pg.QueryResultRow>(schema: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
    const url = new URL(standaloneAdminUrl(this.#directory));
    url.pathname = `/${STANDALONE_DATABASE}`;
    const client = new pg.Client({ connectionString: url.toString(), options: `-c search_path=${schema}` });
    await client.connect();
    try {
      return (await client.query<R>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Puts a record on the log as it is, whoever may have written it: with the operators' role, as a service may not. */
  async append(record: LogRecord): Promise<void> {
    const log = await PostgresEventLog.open({ connectionString: this.#standalone.urls.eventLog, onError: () => undefined });
    await log.append([record]).finally(() => log.close());
  }

  /** Makes a firm at every outside party. */
  async firm(firmId: string, profile: Readonly<Record<string, unknown>>): Promise<SandboxFirm> {
    return (await this.sandbox('PUT', `/sandbox/firms/${firmId}`, profile)) as SandboxFirm;
  }

  /** Submits the firm's application; `change` goes over its fields. */
  async apply(firm: SandboxFirm, change: Readonly<Record<string, unknown>> = {}, applicationId = newId()): Promise<string> {
    const { status, body } = await this.call('demo-partner', 'PUT', `/v1/loan-applications/${applicationId}`, {
      ...applicationOf(firm, this.clock.now()),
      ...change,
    });
    if (status !== 201) throw new Error(`the application was refused: ${status} ${JSON.stringify(body)}`);
    return applicationId;
  }

  /** Waits until the application is in a status, and answers its view. */
  async reaches(applicationId: string, status: string): Promise<Answer['body']> {
    let last = '';
    const look = async (): Promise<Answer['body']> => {
      const { body } = await this.call('demo-partner', 'GET', `/v1/loan-applications/${applicationId}`);
      last = body.status;
      return body.status === status && body;
    };
    return until(look, `${status}`).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}; the application is in ${last}`);
    });
  }

  /** Reads the offer, accepts it, signs, and waits for the money. */
  async takeOffer(applicationId: string): Promise<Answer['body']> {
    const base = `/v1/loan-applications/${applicationId}`;
    await this.reaches(applicationId, 'OFFERED');
    const { body: offer } = await this.call('demo-partner', 'GET', `${base}/offer`);
    await this.#must('PUT', `${base}/offer-acceptances/${newId()}`, { offerId: offer.offerId, costSheetAcknowledged: true });
    const { contract } = await this.reaches(applicationId, 'CONTRACTING');
    await this.#must('PUT', `${base}/signatures/${newId()}`, { contractSha256: contract.contractSha256 });
    const active = await this.reaches(applicationId, 'ACTIVE');
    // The loan account follows the activation by an event.
    await until(async () => (await this.call('demo-partner', 'GET', `/v1/loans/${active.loanId}`)).status === 200, 'the loan account');
    return active;
  }

  /** The open review task of an application, or undefined. */
  async openTask(applicationId: string): Promise<Answer['body']> {
    const { body } = await this.call('demo-risk-officer', 'GET', '/v1/review-tasks?status=open&limit=200');
    return body.items.find((task: { applicationId: string }) => task.applicationId === applicationId);
  }

  /** What a service's own port says to an operator: health or metrics. */
  async operations(service: string, path: '/health/ready' | '/metrics'): Promise<{ status: number; text: string }> {
    const answer = await fetch(new URL(path, this.#standalone.services[service]!.operationsUrl));
    return { status: answer.status, text: await answer.text() };
  }

  /** `host:port` of health and metrics of every service that a lender runs; the outside world is none. */
  operationsAddresses(): string[] {
    const services = Object.values(this.#standalone.services).filter(({ name }) => name !== 'provider-sandbox');
    return services.map(({ operationsUrl }) => new URL(operationsUrl).host);
  }

  /** Every event of an application or loan on the log, headers and payload as text, in order of topic and offset. */
  async eventsOf(key: string): Promise<{ type: string; text: string }[]> {
    const client = new pg.Client({ connectionString: this.#standalone.urls.eventLog });
    await client.connect();
    const { rows } = await client.query<{ headers: Record<string, string>; value: Buffer }>(
      'select headers, value from event_log.record where key = $1 or headers ->> $2 = $1 order by appended_at, topic, "offset"',
      [key, 'ce_correlationid'],
    );
    await client.end();
    return rows.map(({ headers, value }) => ({ type: headers['ce_type'] ?? '', text: JSON.stringify(headers) + value.toString('utf8') }));
  }

  async #must(method: string, path: string, body: unknown): Promise<void> {
    const { status, body: answer } = await this.call('demo-partner', method, path, body);
    if (status >= 300) throw new Error(`${method} ${path} was refused: ${status} ${JSON.stringify(answer)}`);
  }

  async #token(client: Client): Promise<string> {
    const known = this.#tokens.get(client);
    if (known) return known;
    const body = { grant_type: 'client_credentials', client_id: client, client_secret: this.#standalone.secrets.clientSecrets[client] };
    const { status, body: answer } = await this.send('POST', '/v1/oauth/token', {}, body);
    if (status !== 200) throw new Error(`no token for ${client}: ${status} ${JSON.stringify(answer)}`);
    this.#tokens.set(client, answer.access_token);
    return answer.access_token;
  }

  /** Moves the clock; tokens of before may have run out. */
  moveTo(time: Date): void {
    this.clock.set(time);
    this.#tokens.clear();
  }
}
