import { Command, CommanderError } from 'commander';
import { migrateCommand } from './migrate/migrate-command.js';
import { scheduleCommand } from './schedule/schedule-command.js';

/** Wrong usage and impossible input; 1 is left to failures of the work itself. */
const USAGE_EXIT_CODE = 2;

/** A command module loads light: what is heavy (Nest, a database) it imports inside its action, so that others start fast. */
const program = new Command('lendctl').description('Operator command line of Millrace').addCommand(migrateCommand()).addCommand(scheduleCommand());

/** Commander ends the process itself unless told not to, and a command added ready-made does not inherit that. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride().showSuggestionAfterError(false);
  command.commands.forEach(throwInsteadOfExit);
}

// `lendctl schedule … | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

throwInsteadOfExit(program);
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE_EXIT_CODE;
}
