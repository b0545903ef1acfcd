import type pg from 'pg';
import { DataSource } from 'typeorm';

type EntityClass = new () => object;

/**
 * TypeORM on a pool that is there already: its repositories take the same connections, bounds and settings as statements written by hand, and a service holds
 * no more connections than its pool has. `destroy()` of what is answered leaves the pool to its owner.
 * @param schema schema of the tables
 * @param entities classes with `@Entity`; their tables are made by migrations alone (`synchronize` is never used)
 */
export async function entitiesOnPool(pool: pg.Pool, schema: string, entities: readonly EntityClass[]): Promise<DataSource> {
  // What TypeORM asks of a pool. Its errors are heard by whoever opened it, who also ends it.
  const shared = {
    connect: pool.connect.bind(pool) as pg.Pool['connect'],
    on: () => shared,
    end: (done: () => void) => done(),
  };
  const driver = {
    Pool: function SharedPool() {
      return shared;
    },
  };
  const source = new DataSource({ type: 'postgres', driver, schema, entities: [...entities], synchronize: false, logging: false });
  await source.initialize();
  return source;
}
