import { Command, InvalidArgumentError, Option } from 'commander';
import { changingCommand, confirm, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { parseId } from '../story/events-command.js';

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('it is not a number from 1 to 999999.');
  return Number(text);
}

function collectParameter(text: string, collected: Readonly<Record<string, string>>): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('it is not PARAMETER=VALUE.');
  return { ...collected, [text.slice(0, at)]: text.slice(at + 1) };
}

/** `lendctl held`: what waits for two persons, and what they decide. */
export function heldCommand(surroundings: Surroundings): Command {
  return new Command('held')
    .description('questions that a service leaves to two persons, and their decisions')
    .addCommand(listCommand(surroundings))
    .addCommand(showCommand(surroundings))
    .addCommand(decideCommand(surroundings));
}

interface ListOptions {
  readonly service?: string;
  readonly kind?: string;
  readonly status?: 'open' | 'proposed' | 'confirmed' | 'applied';
  readonly limit: number;
}

function listCommand(surroundings: Surroundings): Command {
  return operatorCommand('list', 'held items that are not settled, the oldest first')
    .option('--service <name>', 'only those of this service')
    .option('--kind <kind>', 'only those of this kind')
    .addOption(
      new Option('--status <status>', 'only those of this status; applied ones are shown only so').choices(['open', 'proposed', 'confirmed', 'applied']),
    )
    .option('--limit <count>', 'at most so many of each service', parseLimit, 100)
    .action(({ service, ...filter }: ListOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ readHeldItems }, { heldAsTable }] = await Promise.all([import('./open-held.js'), import('./print-held.js')]);
        const items = await readHeldItems(installation, service, filter);
        print(command, items, () => heldAsTable(items));
      }),
    );
}

function showCommand(surroundings: Surroundings): Command {
  return operatorCommand('show', 'one held item: the question, what was found, the decisions that there are, and its history')
    .argument('<id>', 'id of the item', parseId)
    .action((heldId: string, _: unknown, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const [{ findHeld }, { shownHeldAsJson, shownHeldAsText }] = await Promise.all([import('./open-held.js'), import('./print-held.js')]);
        const held = await findHeld(installation, heldId);
        print(command, shownHeldAsJson(held), () => shownHeldAsText(held));
      }),
    );
}

interface DecideOptions {
  readonly decision: string;
  readonly set: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly comment?: string;
  readonly by: string;
}

function decideCommand(surroundings: Surroundings): Command {
  return changingCommand('decide', 'propose a decision, or confirm what another person proposed')
    .argument('<id>', 'id of the item', parseId)
    .requiredOption('--decision <name>', 'one of the decisions that held show names')
    .option('--set <parameter=value>', 'what the decision needs to be told; may be given several times', collectParameter, {})
    .requiredOption('--reason <code>', 'why: one of the codes that held show names for the decision')
    .option('--comment <text>', 'what the code does not say; kept with the decision, its hash in the history')
    .action((heldId: string, { decision, set, reason, comment, by }: DecideOptions, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { decideHeld, findHeld } = await import('./open-held.js');
        const held = await findHeld(installation, heldId);
        await confirm(command, `${decision} for ${held.item.kind} ${heldId}, as ${by}?`);
        const said = await decideHeld(installation, held, { decision, parameters: set, reason, comment, by });
        const text =
          said === 'proposed'
            ? 'It is proposed. A second person confirms it by saying the same under another name.'
            : `It is confirmed. ${held.service} applies it within seconds.`;
        print(command, { heldId, status: said }, () => text);
      }),
    );
}
