import { PostgresEventLog, type LogRecord } from '@millrace/messaging';
import { STANDALONE_DATABASE, standaloneAdminUrl } from '@millrace/service';
import type { StandaloneOptions } from '@millrace/standalone';
import pg from 'pg';
import { Stage } from '../src/stage/stage.js';
import { SCENARIO_START } from '../src/stage/staged-system.js';
import { StandaloneSystem } from '../src/stage/standalone-system.js';

/** The whole lender in this process, on a clock that tests move, with ways in that no outsider has: SQL, the log itself, each service's own port. */
export class Lender extends Stage<StandaloneSystem> {
  constructor() {
    super(new StandaloneSystem({ startAt: SCENARIO_START, settings: { MILLRACE_SCORING_SCORECARD: 'scenario-v0' } }));
  }

  async start(settings: Readonly<Record<string, string>> = {}, options: Pick<StandaloneOptions, 'logTo'> = {}): Promise<void> {
    await this.system.start(settings, options);
  }

  async stop(): Promise<void> {
    await this.system.stop();
  }

  get clock(): StandaloneSystem['clock'] {
    return this.system.clock;
  }

  /** Directory that the installation keeps its data and secrets in, as an operator names it. */
  get dataDirectory(): string {
    return this.system.dataDirectory;
  }

  /** SQL in one schema with the administrator's role, as a service's own may not change tables. */
  async sql<R extends pg.QueryResultRow>(schema: string, text: string, values: readonly unknown[] = []): Promise<R[]> {
    const url = new URL(standaloneAdminUrl(this.dataDirectory));
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
    const log = await PostgresEventLog.open({ connectionString: this.system.running.urls.eventLog, onError: () => undefined });
    await log.append([record]).finally(() => log.close());
  }

  /** `host:port` of health and metrics of every service that a lender runs; the outside world is none. */
  operationsAddresses(): string[] {
    const services = Object.values(this.system.running.services).filter(({ name }) => name !== 'provider-sandbox');
    return services.map(({ operationsUrl }) => new URL(operationsUrl).host);
  }

  /** What a service's own port says to an operator: health or metrics. */
  async operations(service: string, path: '/health/ready' | '/metrics'): Promise<{ status: number; text: string }> {
    const answer = await fetch(new URL(path, this.system.running.services[service]!.operationsUrl));
    return { status: answer.status, text: await answer.text() };
  }
}
