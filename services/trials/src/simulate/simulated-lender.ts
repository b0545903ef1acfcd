import { join } from 'node:path';
import { ManualClock, TOPICS_TO_MAKE } from '@millrace/contracts';
import { Installation } from '@millrace/lendctl/installation';
import { KafkaEventLog, PostgresEventLog, type EventLog } from '@millrace/messaging';
import { providerSandbox } from '@millrace/provider-sandbox';
import { type Environment, loadConfig, openPool, prepareDatabases, serviceVariable, startEmbeddedPostgres, startLocalKafka } from '@millrace/service';
import type pg from 'pg';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { clientsSetting, STATEMENT_SETTINGS } from '@millrace/standalone/ready-made-clients';
import { newSecrets } from '@millrace/standalone/secrets';
import { ALL_SERVICES, StopList } from '@millrace/standalone';
import { RestClient } from './rest-client.js';
import { SimulatedService } from './simulated-service.js';
import { WatchedLog } from './watched-log.js';

/** Start of the scenarios' common set-up. */
const START = new Date('2026-03-02T01:00:00Z');
const DATABASE = 'millrace';

/** Which log the events go through. */
export type LogKind = 'postgres' | 'kafka';

/** A whole lender of which nothing moves by itself, on PostgreSQL, log and directories of its own; the sandbox beside it plays the outside world. */
export class SimulatedLender {
  readonly clock = new ManualClock(START);
  readonly secrets = newSecrets();
  readonly #stops = new StopList();
  readonly #services = new Map<string, SimulatedService>();
  log!: WatchedLog;
  admin!: pg.Pool;
  sandbox!: SimulatedService;
  installation!: Installation;

  /** Services of the lender, in a fixed order. */
  get services(): readonly SimulatedService[] {
    return [...this.#services.values()];
  }

  service(name: string): SimulatedService {
    return this.#services.get(name)!;
  }

  client(clientId: string): RestClient {
    return new RestClient(this.service('gateway').url, clientId, this.secrets.clientSecrets[clientId]!);
  }

  async start(kind: LogKind, onError: (error: Error) => void): Promise<void> {
    const directory = makeDemoDirectory();
    this.#stops.add(() => Promise.resolve(directory.remove()));
    const postgres = await startEmbeddedPostgres({ dataDirectory: directory.path, durable: false });
    this.#stops.add(() => postgres.stop());
    const urls = await prepareDatabases({
      adminUrl: postgres.adminUrl,
      database: DATABASE,
      rolePassword: this.secrets.rolePassword,
      definitions: ALL_SERVICES,
    });
    const databases = Object.fromEntries(ALL_SERVICES.map((definition) => [serviceVariable(definition.name, 'DATABASE_URL'), urls.of(definition.schema)]));
    const adminUrl = new URL(postgres.adminUrl);
    adminUrl.pathname = `/${DATABASE}`;
    this.admin = openPool({ connectionString: adminUrl.toString(), max: 4 }, onError);
    this.#stops.add(() => this.admin.end());
    this.log = new WatchedLog(await this.#openLog(kind, urls.eventLog, directory.path, onError));
    await this.log.createTopics(TOPICS_TO_MAKE);
    // Closes the log too.
    this.installation = new Installation(this.log, this.clock, { ...databases, MILLRACE_FIELD_KEYS: this.secrets.fieldKeys });
    this.#stops.add(() => this.installation.close());
    await this.#startServices(databases, onError);
  }

  /** Leaves nothing behind. */
  async stop(): Promise<void> {
    await this.#stops.run();
  }

  async #openLog(kind: LogKind, url: string, directory: string, onError: (error: Error) => void): Promise<EventLog> {
    if (kind === 'postgres') return PostgresEventLog.open({ connectionString: url, onError });
    const kafka = await startLocalKafka({ dataDirectory: join(directory, 'kafka') });
    this.#stops.add(() => kafka.stop());
    return KafkaEventLog.open({ brokers: [kafka.address], clientId: 'simulation' });
  }

  async #startServices(databases: Environment, onError: (error: Error) => void): Promise<void> {
    const environment: Record<string, string | undefined> = {
      ...databases,
      ...STATEMENT_SETTINGS,
      MILLRACE_LOG_LEVEL: 'silent',
      MILLRACE_INTERNAL_TOKEN: this.secrets.internalToken,
      MILLRACE_FIELD_KEYS: this.secrets.fieldKeys,
      MILLRACE_GATEWAY_SIGNING_KEY: this.secrets.signingKey,
      MILLRACE_GATEWAY_CLIENTS: clientsSetting(this.secrets.clientSecrets),
    };
    for (const definition of ALL_SERVICES) {
      const config = loadConfig(definition.config, environment);
      config.port = 0;
      const service = new SimulatedService(definition, { config, clock: this.clock, log: this.log, onError });
      await service.start();
      this.#stops.add(() => service.stop());
      environment[serviceVariable(definition.name, 'URL')] = service.url;
      if (definition.name === providerSandbox.name) {
        environment['MILLRACE_PROVIDERS_URL'] = service.url;
        this.sandbox = service;
      } else this.#services.set(definition.name, service);
    }
  }
}
