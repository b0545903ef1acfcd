import { Command } from 'commander';
import { changingCommand, confirm, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { parseUuid } from './parse-uuid.js';

/** `lendctl blocks`: firms whose applications are not taken for a time, and two names that end it early. */
export function blocksCommand(surroundings: Surroundings): Command {
  return new Command('blocks')
    .description('firms whose applications are not taken for a time')
    .addCommand(listCommand(surroundings))
    .addCommand(liftCommand(surroundings));
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'blocks in force, the one that ends first before the others')
    .option('--uscc <code>', 'only those of this firm')
    .action(({ uscc }: { readonly uscc?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { blocksAsTable, readBlocks } = await import('./open-blocks.js');
        const blocks = await readBlocks(installation, uscc);
        print(command, blocks, () => blocksAsTable(blocks));
      }),
    );
}

interface LiftOptions {
  readonly reason: string;
  readonly comment?: string;
  readonly by: string;
}

function liftCommand(surroundings: Surroundings): Command {
  return changingCommand('lift', 'propose to lift a block, or confirm what another person proposed')
    .argument('<id>', 'id of the block', parseUuid)
    .requiredOption('--reason <code>', 'why: a code of docs/reasons.md; a wrong one is answered with those that may be given')
    .option('--comment <text>', 'what the code does not say; kept with the decision, its hash in the history')
    .action((blockId: string, { reason, comment, by }: LiftOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { liftBlock } = await import('./open-blocks.js');
        await confirm(command, `lift the block ${blockId}, as ${by}?`);
        const said = await liftBlock(installation, blockId, { reason, comment, by });
        const text =
          said === 'proposed'
            ? 'It is proposed. A second person confirms it by the same command under another name.'
            : 'It is confirmed. loan-application lifts it within seconds.';
        print(command, { blockId, status: said }, () => text);
      }),
    );
}
