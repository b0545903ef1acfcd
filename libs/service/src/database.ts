import { PLAN_ONCE, prepared } from '@millrace/messaging';
import type pg from 'pg';
import type { Logger } from 'pino';
import { DataSource, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import { openPool } from './pool.js';

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

  private constructor(pool: pg.Pool, dataSource: DataSource | undefined) {
    this.pool = pool;
    this.#dataSource = dataSource;
  }

  /** Opens the pool and proves that it works; `entities` get TypeORM repositories (`synchronize` is never used). */
  static async open(options: { url: string; schema: string; poolSize: number; logger: Logger; entities?: readonly (new () => object)[] }): Promise<Database> {
    const pool = openPool({ connectionString: options.url, max: options.poolSize, application_name: options.schema, options: PLAN_ONCE }, (error) =>
      options.logger.warn({ err: error }, 'a database connection was lost'),
    );
    try {
      await pool.query('select 1');
    } catch (error) {
      await pool.end();
      throw databaseUnavailable(options.url, options.schema, error);
    }
    const entities = options.entities ?? [];
    if (entities.length === 0) return new Database(pool, undefined);
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      schema: options.schema,
      entities: [...entities],
      synchronize: false,
      logging: false,
      extra: { max: 3 },
    });
    await dataSource.initialize();
    return new Database(pool, dataSource);
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
    await this.#dataSource?.destroy();
    await this.pool.end();
  }
}
