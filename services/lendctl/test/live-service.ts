import { setTimeout as delay } from 'node:timers/promises';
import { describeEvent } from '@millrace/contracts';
import { createLogger, loadConfig, startService, type RunningService, type ServiceDefinition } from '@millrace/service';
import { until } from '@millrace/testing';
import type { QuietInstallation } from './quiet-installation.js';

const CATCH_UP_MS = 900_000;
const LOOK_INTERVAL_MS = 250;

/** Starts a real service of an installation, on its log and its clock. */
export function startLive(installation: QuietInstallation, definition: ServiceDefinition): Promise<RunningService> {
  const { environment, clock, log } = installation;
  const port = `MILLRACE_${definition.schema.toUpperCase()}_PORT`;
  const config = loadConfig(definition.config, { ...environment, [port]: '0' });
  return startService(definition, { config, clock, log, logger: createLogger(definition.name, 'silent') });
}

/** Waits until these services have come to the end of the log. */
export async function caughtUp({ log }: QuietInstallation, definitions: readonly ServiceDefinition[]): Promise<void> {
  for (const { name, consumes } of definitions) {
    for (const topic of new Set(consumes.map(({ eventClass }) => describeEvent(eventClass).topic))) {
      const look = async (): Promise<boolean> => {
        // The log is asked too, and has better things to do.
        await delay(LOOK_INTERVAL_MS);
        return (await log.offsets(topic, name)).every(({ next, committed }) => committed === next || next === 0n);
      };
      await until(look, `${name} catching up with ${topic}`, CATCH_UP_MS);
    }
  }
}
