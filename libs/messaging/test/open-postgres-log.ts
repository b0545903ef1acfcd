import { PostgresEventLog } from '../src/postgres-event-log.js';

/** Opens the PostgreSQL log at a URL; what a process of its own imports. */
export function openLog(address: string): Promise<PostgresEventLog> {
  return PostgresEventLog.open({ connectionString: address, onError: () => undefined, pollIntervalMs: 500 });
}
