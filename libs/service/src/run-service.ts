import { systemClock, type Clock } from '@millrace/contracts';
import type { EventLog } from '@millrace/messaging';
import { checkPrepared, retryPatiently, type Patience } from './await-prepared.js';
import { checkStart } from './check-start.js';
import { ConfigError, loadConfig, processEnvironment, refuseUnknownSettings, type BaseConfig } from './config.js';
import { usesEventLog } from './log-rights.js';
import { createLogger } from './logger.js';
import { NoEventLog } from './no-event-log.js';
import { EventLogConfig, openEventLog, requireOwnRole } from './open-event-log.js';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';

/** Ends the process with one line; a stack would say nothing to the person who started it. */
export function failStart(error: unknown): never {
  process.stderr.write(`millrace: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

const PATIENCE_MS = 300_000;
const RETRY_MS = 2_000;

/**
 * `main` of a service that has a process of its own: reads the settings, waits until servers, migrations and topics are there, starts, and stops
 * without loss on SIGINT or SIGTERM.
 *
 * @param clock the machine's; acceptance scenarios give one that they move
 */
export async function runService<C extends BaseConfig>(definition: ServiceDefinition<C>, clock: Clock = systemClock): Promise<void> {
  try {
    const environment = processEnvironment();
    refuseUnknownSettings([definition.config, EventLogConfig], environment);
    const config = loadConfig(definition.config, environment);
    if (!config.databaseUrl) throw new ConfigError(`the database URL of ${definition.name} is not set`);
    await checkStart([[definition as unknown as ServiceDefinition, config]], clock.now());
    const logger = createLogger(definition.name, config.logLevel);
    // From here on, as a container's first process is ended by no signal that it does not handle.
    let stop = (): Promise<void> => Promise.resolve();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0), failStart));
    const patience: Patience = { patienceMs: PATIENCE_MS, retryMs: RETRY_MS, onWait: ({ message }) => logger.warn({ reason: message }, 'waiting to start') };
    const open = (): Promise<EventLog> => {
      const logConfig = loadConfig(EventLogConfig, environment);
      requireOwnRole(logConfig, definition.schema);
      return openEventLog(logConfig, {
        clientId: definition.name,
        onError: (error) => logger.warn({ err: error }, 'event log trouble; it will be tried again'),
      });
    };
    const log = usesEventLog(definition) ? await retryPatiently(open, patience) : new NoEventLog();
    await retryPatiently(() => checkPrepared(definition as unknown as ServiceDefinition, config.databaseUrl, log), patience);
    const service = await startService(definition, { config, clock, log, logger, processMetrics: true });
    stop = async () => {
      await service.stop(config.drainMs);
      await log.close();
    };
    logger.info({ url: service.url, operationsUrl: service.operationsUrl }, 'started');
  } catch (error) {
    failStart(error);
  }
}
