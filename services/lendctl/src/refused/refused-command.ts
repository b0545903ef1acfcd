import { Command, InvalidArgumentError } from 'commander';
import { changingCommand, confirm, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import { OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('it is not a number from 1 to 999999.');
  return Number(text);
}

function parseNumber(text: string): bigint {
  if (!/^[1-9]\d{0,17}$/.test(text)) throw new InvalidArgumentError('it is not the number of a refused event.');
  return BigInt(text);
}

/** `lendctl refused`: events that cannot be what they say, which consumers have passed over. */
export function refusedCommand(surroundings: Surroundings): Command {
  return new Command('refused')
    .description('events that were passed over as forged, or as not what was ordered')
    .addCommand(listCommand(surroundings))
    .addCommand(acknowledgeCommand(surroundings));
}

interface ListOptions {
  readonly consumer?: string;
  readonly all: boolean;
  readonly limit: number;
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'refused events that nobody has looked at, the oldest first')
    .option('--consumer <name>', 'only those of this service')
    .option('--all', 'those that somebody has looked at too', false)
    .option('--limit <count>', 'at most so many of each service', parseLimit, 100)
    .action(({ consumer, all, limit }: ListOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ listRefused }, { refusedAsTable }] = await Promise.all([import('@millrace/messaging'), import('./print-refused.js')]);
        const consumers = consumer === undefined ? installation.services : [installation.service(consumer)];
        const lists = await Promise.all(
          consumers.map(async (name) => (await listRefused(installation.pool(name), name, { all, limit })).map((event) => ({ consumer: name, ...event }))),
        );
        print(command, lists.flat(), () => refusedAsTable(lists.flat()));
      }),
    );
}

function acknowledgeCommand(surroundings: Surroundings): Command {
  return changingCommand('acknowledge', 'say that a person has looked at a refused event, which ends its alarm; it stays on record')
    .argument('<id>', 'its number in the list', parseNumber)
    .requiredOption('--consumer <name>', 'the service that refused it')
    .action((id: bigint, options: { consumer: string; by: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ markRefusedSeen }, { recordAction }] = await Promise.all([import('@millrace/messaging'), import('../command/record-action.js')]);
        const consumer = installation.service(options.consumer);
        await confirm(command, `Say that refused event ${id} of ${consumer} was looked at by ${options.by}?`);
        const action = { command: 'refused acknowledge', parameters: { consumer, id }, by: options.by };
        const marked = await recordAction(installation, consumer, action, () => markRefusedSeen(installation.pool(consumer), consumer, [id], options.by));
        if (marked === 0) throw new OperatorError(`${consumer} has no refused event ${id} that nobody has looked at; see lendctl refused list --all`);
        print(command, { consumer, acknowledged: id }, () => `Event ${id} is acknowledged.`);
      }),
    );
}
