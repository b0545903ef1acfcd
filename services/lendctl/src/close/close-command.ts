import { isCalendarDay } from '@millrace/contracts';
import { Command, InvalidArgumentError } from 'commander';
import { onInstallation, operatorCommand, print, say } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';

function parseDay(text: string): string {
  if (!isCalendarDay(text)) throw new InvalidArgumentError('it is no day; write it as 2027-01-01.');
  return text;
}

/** `lendctl close`: closes what the service has not closed by itself yet; beside a service that does so too, the two share the work. */
export function closeCommand(surroundings: Surroundings): Command {
  return operatorCommand('close', 'close the business dates of every tenant whose cut-off is over, in order; `close status` shows where each is')
    .option('--date <day>', 'the last date to close, where it is not the last that can be', parseDay)
    .action(({ date }: { date?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const { closeThrough } = await import('./close-through.js');
        const closed = await closeThrough(installation, date, (text) => say(command, text));
        print(command, closed, () => closed.map(({ tenantId, through }) => `${tenantId}: closed through ${through}`).join('\n') || 'there are no loans');
      }),
    )
    .addCommand(statusCommand(surroundings));
}

function statusCommand(surroundings: Surroundings): Command {
  return new Command('status').description('the last closed date of every tenant, and how far the next one is').action((_: unknown, command: Command) => {
    // Its options are those of `close`, which takes them wherever they stand.
    const close = command.parent!;
    return onInstallation(close, surroundings, async (installation) => {
      const { closeStatus, statusAsText } = await import('./close-through.js');
      const status = await closeStatus(installation);
      print(close, status, () => statusAsText(status));
    });
  });
}
