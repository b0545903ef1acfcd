import { systemClock } from '@millrace/contracts';
import { PostgresEventLog } from '@millrace/messaging';
import { BaseConfig, ConfigError, loadConfig, processEnvironment, refuseUnknownSettings, Setting } from './config.js';
import { createLogger } from './logger.js';
import type { ServiceDefinition } from './service-definition.js';
import { startService } from './start-service.js';
import { IsString } from 'class-validator';

/** Settings of a process that runs one service. */
export class ProcessConfig {
  @Setting({ env: 'MILLRACE_EVENT_LOG_URL', description: 'PostgreSQL URL of the event log, with the role event_log.', secret: true })
  @IsString()
  eventLogUrl!: string;
}

/** Ends the process with one line; a stack would say nothing to the person who started it. */
export function failStart(error: unknown): never {
  process.stderr.write(`millrace: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** `main` of a service that has a process of its own: reads the settings, starts, and stops without loss on SIGINT or SIGTERM. */
export async function runService<C extends BaseConfig>(definition: ServiceDefinition<C>): Promise<void> {
  try {
    const environment = processEnvironment();
    refuseUnknownSettings([definition.config, ProcessConfig], environment);
    const config = loadConfig(definition.config, environment);
    if (!config.databaseUrl) throw new ConfigError(`the database URL of ${definition.name} is not set`);
    const logger = createLogger(definition.name, config.logLevel);
    const log = await PostgresEventLog.open({
      connectionString: loadConfig(ProcessConfig, environment).eventLogUrl,
      maxConnections: 8,
      pollIntervalMs: 1_000,
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
