import type { Socket } from 'node:net';
import pg from 'pg';

/**
 * A pool whose connections take a statement before the last one is answered, and whose lost connections are reported and survived: an `error` event
 * that nobody hears would end the process.
 */
export function openPool(options: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ keepAlive: true, pipeline: true, idleTimeoutMillis: 30_000, ...options });
  pool.on('error', onError);
  pool.on('connect', (client) => {
    client.on('error', onError);
    joinWrites((client as unknown as { readonly connection: { readonly stream: Socket } }).connection.stream);
  });
  return pool;
}

/** Sends what is written in one turn at once: waking the server's process, once a system call, costs more than most statements. */
function joinWrites(stream: Socket): void {
  const write = stream.write.bind(stream) as (...data: unknown[]) => boolean;
  let joining = false;
  stream.write = (...data: unknown[]): boolean => {
    if (!joining) {
      joining = true;
      stream.cork();
      process.nextTick(() => {
        joining = false;
        stream.uncork();
      });
    }
    return write(...data);
  };
}
