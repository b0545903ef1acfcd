import { CommanderError } from 'commander';
import { FAILED } from './command/operator-command.js';
import { createProgram } from './program.js';

/** Wrong usage and impossible input; 1 is left to failures of the work itself. */
const USAGE_EXIT_CODE = 2;

// `lendctl schedule … | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : error.code === FAILED.code ? FAILED.exitCode : USAGE_EXIT_CODE;
}
