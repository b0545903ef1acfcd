import { systemClock } from '@millrace/contracts';
import { ConfigError, loadConfig, processEnvironment, refuseUnknownSettings, type BaseConfig } from './config.js';
import { createLogger } from './logger.js';
import { EventLogConfig, openEventLog } from './open-event-log.js';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';

/** Ends the process with one line; a stack would say nothing to the person who started it. */
export function failStart(error: unknown): never {
  process.stderr.write(`millrace: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** `main` of a service that has a process of its own: reads the settings, starts, and stops without loss on SIGINT or SIGTERM. */
export async function runService<C extends BaseConfig>(definition: ServiceDefinition<C>): Promise<void> {
  try {
    const environment = processEnvironment();
    refuseUnknownSettings([definition.config, EventLogConfig], environment);
    const config = loadConfig(definition.config, environment);
    if (!config.databaseUrl) throw new ConfigError(`the database URL of ${definition.name} is not set`);
    const logger = createLogger(definition.name, config.logLevel);
    const log = await openEventLog(loadConfig(EventLogConfig, environment), {
      clientId: definition.name,
      onError: (error) => logger.warn({ err: error }, 'event log trouble; it will be tried again'),
    });
    const service = await startService(definition, { config, clock: systemClock, log, logger });
    logger.info({ url: service.url }, 'started');
    const stop = async (): Promise<void> => {
      await service.stop();
      await log.close();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(0), failStart));
  } catch (error) {
    failStart(error);
  }
}
