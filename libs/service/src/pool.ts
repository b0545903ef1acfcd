import pg from 'pg';

/**
 * A pool whose connections take a statement before the last one is answered, and whose lost connections are reported and survived: an `error` event
 * that nobody hears would end the process.
 */
export function openPool(options: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ keepAlive: true, pipeline: true, idleTimeoutMillis: 30_000, ...options });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}
