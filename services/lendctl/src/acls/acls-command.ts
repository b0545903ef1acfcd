import { Command } from 'commander';
import { print, reportTrouble } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { waitFor, waitOption } from '../command/wait-option.js';

/** `lendctl acls`: the job that gives every service's Kafka login its rights; a second run changes nothing. */
export function aclsCommand(surroundings: Surroundings): Command {
  return new Command('acls')
    .description(
      "give each service's Kafka login the right to write its own topic and to read those it consumes, and no other; and the login compliance its restricted topic",
    )
    .option('--prefix <text>', 'what the names of logins have before the name of their service', '')
    .addOption(waitOption())
    .option('--json', 'JSON for programs', false)
    .action(async (options: { prefix: string; wait: number }, command: Command) => {
      const { applyAcls } = await import('./apply-acls.js');
      await reportTrouble(command, async () => {
        const applied = await waitFor(command, options.wait, () => applyAcls(surroundings, options));
        const lines = applied.rights.map(
          ({ login, writes, reads }) => `${login}: writes ${writes.join(', ') || 'nothing'}; reads ${reads.join(', ') || 'nothing'}`,
        );
        print(command, applied, () => [...lines, `${applied.made} rules made, ${applied.removed} taken away`].join('\n'));
      });
    });
}
