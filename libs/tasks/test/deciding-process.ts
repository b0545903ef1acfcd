import { systemClock } from '@millrace/contracts';
import { PostgresEventLog } from '@millrace/messaging';
import { createLogger, loadConfig, startService } from '@millrace/service';
import { deciding } from './deciding-service.js';

// The deciding service in a process of its own, so that a test can kill it.

/** Databases of the process. */
export interface DecidingSettings {
  readonly databaseUrl: string;
  readonly eventLogUrl: string;
}

const { databaseUrl, eventLogUrl } = JSON.parse(process.argv[2]!) as DecidingSettings;
const log = await PostgresEventLog.open({ connectionString: eventLogUrl, onError: () => undefined });
const config = loadConfig(deciding.config, {
  MILLRACE_INTERNAL_TOKEN: 't'.repeat(32),
  MILLRACE_FIELD_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  MILLRACE_DECIDING_PORT: '0',
  MILLRACE_DECIDING_DATABASE_URL: databaseUrl,
});
await startService(deciding, { config, clock: systemClock, log, logger: createLogger('deciding', 'silent') });
