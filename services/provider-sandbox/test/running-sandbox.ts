import { randomUUID } from 'node:crypto';
import { ManualClock } from '@millrace/contracts';
import { PostgresEventLog } from '@millrace/messaging';
import { createLogger, loadConfig, startService, type RunningService } from '@millrace/service';
import { createTestDatabase, type TestDatabase } from '@millrace/testing';
import { providerSandbox } from '../src/provider-sandbox.module.js';

/** Answer of the sandbox. */
export interface SandboxAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** As it went over the wire. */
  readonly text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read JSON of many shapes
  readonly body: any;
}

/** The real sandbox on real PostgreSQL, with a clock of its own; it can be stopped and started again on the same database. */
export class RunningSandbox {
  readonly clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  readonly #environment: Record<string, string> = {};
  #database!: TestDatabase;
  #log!: PostgresEventLog;
  #service!: RunningService;

  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    Object.assign(this.#environment, environment);
    this.#database = await createTestDatabase([providerSandbox]);
    this.#log = await PostgresEventLog.open({ connectionString: this.#database.urls.eventLog, onError: () => undefined });
    await this.#run();
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
    await this.#log?.close();
    await this.#database?.drop();
  }

  /** As if the process had ended and come back. */
  async restart(): Promise<void> {
    await this.#service.stop();
    await this.#run();
  }

  get url(): string {
    return this.#service.url;
  }

  async call(method: string, path: string, body?: unknown): Promise<SandboxAnswer> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** A `PUT` under a new id. */
  put(path: string, body: unknown): Promise<SandboxAnswer> {
    return this.call('PUT', `${path}/${randomUUID()}`, body);
  }

  /** Makes a firm; answers it whole. */
  async makeFirm(firmId: string, settings: object = {}): Promise<SandboxAnswer['body']> {
    const { status, body } = await this.call('PUT', `/sandbox/firms/${firmId}`, settings);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body;
  }

  /** The bytes of a batch. */
  async download(batchId: string): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const answer = await fetch(`${this.url}/v1/invoices/batches/${batchId}`);
    return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
  }

  async #run(): Promise<void> {
    const config = loadConfig(providerSandbox.config, {
      MILLRACE_INTERNAL_TOKEN: 't'.repeat(32),
      MILLRACE_PROVIDER_SANDBOX_PORT: '0',
      MILLRACE_PROVIDER_SANDBOX_DATABASE_URL: this.#database.urls.of(providerSandbox.schema),
      ...this.#environment,
    });
    this.#service = await startService(providerSandbox, { config, clock: this.clock, log: this.#log, logger: createLogger('test', 'silent') });
  }
}
