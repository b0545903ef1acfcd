import type { Command } from 'commander';
import { onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

/** `lendctl lag`: how far every consumer is behind the log, and every outbox behind its service. */
export function lagCommand(surroundings: Surroundings): Command {
  return operatorCommand('lag', 'events that each consumer has not come to, events that each service has not sent, and events that are parked')
    .option('--all', 'every partition, also those without lag', false)
    .action(({ all }: { all: boolean }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ readLag }, { lagAsText }] = await Promise.all([import('./read-lag.js'), import('./print-lag.js')]);
        const { consumers, outboxes } = await readLag(installation);
        print(command, { consumers, outboxes }, () => lagAsText(consumers, outboxes, all));
      }),
    );
}
