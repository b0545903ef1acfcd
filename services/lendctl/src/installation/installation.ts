import { systemClock, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventLog } from '@millrace/messaging';
import {
  appliedMigrations,
  buildService,
  type BuiltService,
  createLogger,
  entitiesOnPool,
  type Environment,
  FieldCipher,
  isLendingService,
  LENDING_SERVICES,
  type LendingService,
  loadConfig,
  loadService,
  migrationsOf,
  migrationFolders,
  openPool,
  processEnvironment,
  refuseNewerSchema,
  schemaOf,
  type ServiceDefinition,
  serviceVariable,
  UNLIMITED,
} from '@millrace/service';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { NIL as BEFORE_ALL } from 'uuid';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from './surroundings.js';
import { findInstallation } from './find-installation.js';
import { openLog } from './open-log.js';

const CONNECTIONS = 2;
const CONNECT_TIMEOUT_MS = 10_000;

function databaseError(name: LendingService, error: unknown): OperatorError {
  return new OperatorError(`the database of ${name}: ${lineOf(error)}`, { cause: error });
}

/** A running installation as an operator sees it: its log, and each service's database and handlers with the service's own rights. */
export class Installation {
  readonly #pools = new Map<LendingService, pg.Pool>();
  readonly #built: BuiltService[] = [];

  constructor(
    readonly log: EventLog,
    readonly clock: Clock,
    private readonly environment: Environment,
  ) {}

  /** Services whose database is known. */
  get services(): readonly LendingService[] {
    return LENDING_SERVICES.filter((name) => this.environment[serviceVariable(name, 'DATABASE_URL')]);
  }

  /** The service that a person named. */
  service(name: string): LendingService {
    if (!isLendingService(name)) throw new OperatorError(`there is no consumer ${name}; there are ${LENDING_SERVICES.join(', ')}`);
    this.urlOf(name);
    return name;
  }

  /** Settings of the installation as its services have them. */
  get settings(): Environment {
    return this.environment;
  }

  definition(name: LendingService): Promise<ServiceDefinition> {
    return loadService(name);
  }

  /** PostgreSQL URL with the service's own role. */
  urlOf(name: LendingService): string {
    const url = this.environment[serviceVariable(name, 'DATABASE_URL')];
    if (!url) throw new OperatorError(`${serviceVariable(name, 'DATABASE_URL')} is not set: it names the database of ${name}`);
    return url;
  }

  /** The keys of a service's personal data: its own where it has any, else those that all share. */
  fieldCipher(name: LendingService): FieldCipher {
    const keys = this.#fieldKeysOf(name);
    if (!keys)
      throw new OperatorError(`${serviceVariable(name, 'FIELD_KEYS')} is not set, nor is MILLRACE_FIELD_KEYS: it has the keys of the personal data of ${name}`);
    return new FieldCipher(keys);
  }

  #fieldKeysOf(name: LendingService): string | undefined {
    return this.environment[serviceVariable(name, 'FIELD_KEYS')] ?? this.environment['MILLRACE_FIELD_KEYS'];
  }

  /** A few connections to the service's schema. */
  pool(name: LendingService): pg.Pool {
    let pool = this.#pools.get(name);
    if (!pool) {
      const options = {
        connectionString: this.urlOf(name),
        max: CONNECTIONS,
        connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
        application_name: 'lendctl',
        options: UNLIMITED,
      };
      this.#pools.set(name, (pool = openPool(options, () => undefined)));
    }
    return pool;
  }

  /** Rows of one statement in the service's schema; an error says whose database it was. */
  async rows<R extends pg.QueryResultRow>(name: LendingService, sql: string, values: readonly unknown[] = []): Promise<R[]> {
    try {
      return (await this.pool(name).query<R>(sql, [...values])).rows;
    } catch (error) {
      throw databaseError(name, error);
    }
  }

  /**
   * Rows of a statement a page at a time, so that the memory does not grow with the table. The statement orders its rows by their key and limits them;
   * $1 is the key that a page comes after, `values` are $2 and so on. Ends at a page without rows.
   * @param first key that comes before all; that of ids where it is not given
   */
  async *pages<R extends pg.QueryResultRow>(
    name: LendingService,
    sql: string,
    keyOf: (row: R) => string,
    values: readonly unknown[] = [],
    first: string = BEFORE_ALL,
  ): AsyncGenerator<R[]> {
    for (let after = first; ;) {
      const rows = await this.rows<R>(name, sql, [after, ...values]);
      if (rows.length === 0) return;
      yield rows;
      after = keyOf(rows.at(-1)!);
    }
  }

  /** Repositories of a service's entities, on the same few connections; an error of the database says whose it was. */
  async withEntities<T>(name: LendingService, entities: readonly (new () => object)[], work: (source: DataSource) => Promise<T>): Promise<T> {
    try {
      const source = await entitiesOnPool(this.pool(name), schemaOf(name), entities);
      return await work(source).finally(() => source.destroy());
    } catch (error) {
      throw error instanceof Error && ('code' in error || error.name === 'QueryFailedError') ? databaseError(name, error) : error;
    }
  }

  /** Transactions of a service without its handlers and without jobs: enough to look, and to change what needs neither. */
  runner(name: LendingService): TransactionRunner {
    return new TransactionRunner({ pool: this.pool(name), source: name, clock: this.clock });
  }

  /** A service's handlers and transactions, built and not started. `databaseUrl` is another way into the same database. */
  async build(name: LendingService, databaseUrl = this.urlOf(name)): Promise<BuiltService> {
    const definition = await this.definition(name);
    const own = { [serviceVariable(name, 'DATABASE_URL')]: databaseUrl, MILLRACE_FIELD_KEYS: this.#fieldKeysOf(name) };
    const config = loadConfig(definition.config, { ...this.environment, ...own });
    const built = await buildService(definition, {
      config,
      clock: this.clock,
      log: this.log,
      logger: createLogger(schemaOf(name), 'silent'),
      unlimitedStatements: true,
    });
    this.#built.push(built);
    return built;
  }

  async close(): Promise<void> {
    await Promise.all(this.#built.map((built) => built.close()));
    await Promise.all([...this.#pools.values()].map((pool) => pool.end()));
    await this.log.close();
  }
}

/** Each service that can be asked; one that cannot is told of by the command that needs it. */
async function refuseNewerSchemas(environment: Environment): Promise<void> {
  await Promise.all(
    LENDING_SERVICES.map(async (name) => {
      const url = environment[serviceVariable(name, 'DATABASE_URL')];
      if (!url || !URL.canParse(url)) return;
      const applied = await appliedMigrations({ schema: schemaOf(name) }, url).catch(() => []);
      refuseNewerSchema(schemaOf(name), applied, migrationFolders(migrationsOf(name)));
    }),
  );
}

/** Finds and opens the installation; throws one clear line where there is none that can be reached. */
export async function openInstallation(surroundings: Surroundings, dataDirectory?: string): Promise<Installation> {
  const environment = findInstallation(surroundings.environment ?? processEnvironment(), dataDirectory);
  await refuseNewerSchemas(environment);
  let log: EventLog;
  try {
    log = await openLog(environment);
  } catch (error) {
    throw new OperatorError(`the event log cannot be reached: ${lineOf(error)}`, { cause: error });
  }
  return new Installation(log, surroundings.clock ?? systemClock, environment);
}
