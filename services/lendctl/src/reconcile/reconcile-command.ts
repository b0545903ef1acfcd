import { businessDate, isCalendarDay } from '@millrace/contracts';
import { InvalidArgumentError, type Command } from 'commander';
import { FAILED, onInstallation, operatorCommand, print } from '../command/operator-command.js';
import type { Surroundings } from '../installation/surroundings.js';
import { OperatorError } from '../trouble/operator-error.js';

function parseDay(text: string): string {
  if (!isCalendarDay(text)) throw new InvalidArgumentError('it is no day; write it as 2027-01-01.');
  return text;
}

/** `lendctl reconcile`: holds the bank's statement of a business day against payouts, direct debits, returns, suspense and the journal; exit code 1 where something differs. */
export function reconcileCommand(surroundings: Surroundings): Command {
  return operatorCommand('reconcile', 'hold the bank’s statement of a business day against the books, to the fen, and name each difference')
    .requiredOption('--date <day>', 'business date (Asia/Shanghai) from which the money counts', parseDay)
    .option('--tenant <id>', 'one lender; otherwise all')
    .action(({ date, tenant }: { date: string; tenant?: string }, command: Command) =>
      onInstallation(command, surroundings, async (installation) => {
        const today = businessDate(installation.clock.now());
        if (date > today) throw new OperatorError(`${date} has not begun; today is ${today}`);
        const { reconcileDay, reconciledAsText } = await import('./reconcile-day.js');
        const days = await reconcileDay(installation, date, tenant);
        print(command, days, () => reconciledAsText(days));
        const count = days.reduce((sum, { differences }) => sum + differences.length, 0);
        if (count > 0) command.error(`error: ${count} differences on ${date}`, FAILED);
      }),
    );
}
