import type { Command } from 'commander';
import { onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

/** `lendctl status`: the whole installation on one screen, the first question of a night call. */
export function statusCommand(surroundings: Surroundings): Command {
  return operatorCommand('status', 'everything on one screen: services, lag, jobs, parked, held, unknown payouts, tasks by age, versions').action(
    (_options: unknown, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ readStatus }, { statusAsText }] = await Promise.all([import('./read-status.js'), import('./print-status.js')]);
        const status = await readStatus(installation);
        print(command, status, () => statusAsText(status));
      }),
  );
}
