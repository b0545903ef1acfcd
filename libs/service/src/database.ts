import { PLAN_ONCE, prepared } from '@millrace/messaging';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { DataSource, EntityTarget, ObjectLiteral, Repository } from 'typeorm';
import { UNLIMITED } from './database-limits.js';
import { DatabaseOutage } from './database-outage.js';
import { entitiesOnPool } from './entities-on-pool.js';
import { openPool } from './pool.js';

/** Longest wait for a connection, new or given back by others; below the time after which the gateway gives up (10 s), so that the caller is told. */
const CONNECTION_TIMEOUT_MS = 8_000;

/** A server that cannot be reached or a role that is refused, in one line. */
export class DatabaseUnavailableError extends Error {}

/** The refusal or silence of a server, for whom it was meant. */
export function databaseUnavailable(url: string, user: string, error: unknown): DatabaseUnavailableError {
  const { host, pathname } = new URL(url);
  const { message, code } = error as { message?: string; code?: string };
  return new DatabaseUnavailableError(`PostgreSQL at ${host}${pathname} cannot be used by ${user}: ${message || code || 'no answer'}`);
}

/** Connections of one service with its own role, whose search_path is the service's schema. */
export class Database {
  readonly pool: pg.Pool;
  readonly #dataSource: DataSource | undefined;

  private constructor(
    pool: pg.Pool,
    dataSource: DataSource | undefined,
    /** Told by whoever meets it. */
    readonly outage: DatabaseOutage,
  ) {
    this.pool = pool;
    this.#dataSource = dataSource;
  }

  /** Opens the pool and proves that it works; `entities` get TypeORM repositories on the same pool. `unlimited` is for operators: no time-outs of the role. */
  static async open(options: {
    url: string;
    schema: string;
    poolSize: number;
    logger: Logger;
    entities?: readonly (new () => object)[];
    unlimited?: boolean;
  }): Promise<Database> {
    const serverOptions = options.unlimited ? `${PLAN_ONCE} ${UNLIMITED}` : PLAN_ONCE;
    const poolOptions = { max: options.poolSize, connectionTimeoutMillis: CONNECTION_TIMEOUT_MS, application_name: options.schema, options: serverOptions };
    const pool = openPool({ connectionString: options.url, ...poolOptions }, (error) => outage.noticed(error));
    const outage = new DatabaseOutage(options.logger, () => pool.query('select 1'));
    try {
      await pool.query('select 1');
    } catch (error) {
      await pool.end();
      throw databaseUnavailable(options.url, options.schema, error);
    }
    const entities = options.entities ?? [];
    if (entities.length === 0) return new Database(pool, undefined, outage);
    const dataSource = await entitiesOnPool(pool, options.schema, entities);
    return new Database(pool, dataSource, outage);
  }

  /** One statement on any connection. */
  query<R extends pg.QueryResultRow = pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<pg.QueryResult<R>> {
    return this.pool.query<R>(prepared(sql, values));
  }

  /** TypeORM repository of an entity named in the module's `entities`. */
  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    if (!this.#dataSource) throw new Error('this service registers no entities');
    return this.#dataSource.getRepository(entity);
  }

  /**
   * Columns of an entity for a statement written by hand, under the names that the repository gives them.
   * @param from alias of the table in the statement
   * @param prefix put before each name where rows of several entities are read as one
   */
  columns<E extends ObjectLiteral>(entity: EntityTarget<E>, from: string, prefix = ''): string {
    return this.repository(entity)
      .metadata.columns.filter(({ isSelect }) => isSelect)
      .map(({ databaseName, propertyName }) => `${from}.${databaseName} as "${prefix}${propertyName}"`)
      .join(', ');
  }

  async close(): Promise<void> {
    this.outage.close();
    await this.#dataSource?.destroy();
    await this.pool.end();
  }
}
