import type { EventLog } from '@millrace/messaging';
import { EventLogConfig, loadConfig, openEventLog, type Environment } from '@millrace/service';

/** The log that the environment names; everything else knows only the port. */
export async function openLog(environment: Environment): Promise<EventLog> {
  return openEventLog(loadConfig(EventLogConfig, environment), { clientId: 'lendctl', onError: () => undefined });
}
