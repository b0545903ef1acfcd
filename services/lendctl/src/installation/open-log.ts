import { PostgresEventLog, type EventLog } from '@millrace/messaging';
import type { Environment } from '@millrace/service';
import { OperatorError } from '../command/operator-error.js';

/** The log that the environment names; everything else knows only the port. */
export async function openLog(environment: Environment): Promise<EventLog> {
  const url = environment['MILLRACE_EVENT_LOG_URL'];
  if (!url) throw new OperatorError('MILLRACE_EVENT_LOG_URL is not set: it names the event log');
  return PostgresEventLog.open({ connectionString: url, maxConnections: 4, onError: () => undefined });
}
