import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Installation } from '../installation/installation.js';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import type { Surroundings } from '../installation/surroundings.js';

/** Failure of the work itself, as opposed to wrong usage. */
export const FAILED = { exitCode: 1, code: 'lendctl.failed' } as const;

interface InstallationOptions {
  readonly dataDir?: string;
  readonly json: boolean;
}

interface ChangeOptions {
  readonly yes: boolean;
  readonly by: string;
}

/** A command that looks at an installation. */
export function operatorCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--data-dir <directory>', 'data directory of a standalone installation; otherwise what the environment says, or the one of npm start')
    .option('--json', 'JSON for programs', false);
}

const MAX_NAME = 100;

/** A name that can stand in an audit trail: nobody must be able to act as nobody. */
function parseName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > MAX_NAME || /\p{Cc}/u.test(name)) throw new InvalidArgumentError(`it is not a name of 1 to ${MAX_NAME} characters.`);
  return name;
}

/** A command that changes an installation: it asks first, and says in the audit trail who did it (R-OP-09). */
export function changingCommand(name: string, description: string): Command {
  return operatorCommand(name, description)
    .option('--yes', 'do it without being asked', false)
    .option('--by <name>', 'who does it, for the audit trail', parseName, userInfo().username);
}

/** Runs a command's work; any trouble ends as one line and exit code 1. */
export async function reportTrouble(command: Command, work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof CommanderError) throw error;
    command.error(`error: ${lineOf(error)}`, FAILED);
  }
}

/** As {@link reportTrouble}, for work on an installation. */
export async function onInstallation(command: Command, surroundings: Surroundings, work: (installation: Installation) => Promise<void>): Promise<void> {
  return reportTrouble(command, async () => {
    const { openInstallation } = await import('../installation/installation.js');
    const installation = await openInstallation(surroundings, command.opts<InstallationOptions>().dataDir);
    try {
      await work(installation);
    } finally {
      await installation.close();
    }
  });
}

/** Prints the result: one JSON value on one line for programs, or the text for people. */
export function print(command: Command, value: unknown, text: () => string): void {
  const line = command.opts<InstallationOptions>().json ? asJson(value) : text();
  command.configureOutput().writeOut?.(`${line}\n`);
}

/** JSON with offsets and amounts, which are bigints, as strings. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? field.toString() : field));
}

/** Says what goes on; on the error stream, so that a program reading the result does not meet it. */
export function say(command: Command, text: string): void {
  command.configureOutput().writeErr?.(text);
}

/** Ends the command where it would have to ask and there is nobody to answer; before the work that would only prepare the question. */
export function refuseWithoutTerminal(command: Command, question: string): void {
  if (command.opts<ChangeOptions>().yes || process.stdin.isTTY) return;
  throw new OperatorError(`${question} Say --yes to do it without being asked; nothing was changed`);
}

/** Asks before anything is changed; without an answer nothing is. */
export async function confirm(command: Command, question: string): Promise<void> {
  if (command.opts<ChangeOptions>().yes) return;
  refuseWithoutTerminal(command, question);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    // Ctrl-C and Ctrl-D close the terminal without an answer, which is a no.
    const closed = new Promise<string>((done) => terminal.once('close', () => done('')));
    const answer = await Promise.race([terminal.question(`${question} [y/N] `).catch(() => ''), closed]);
    if (!/^y(es)?$/i.test(answer.trim())) throw new OperatorError('nothing was changed');
  } finally {
    terminal.close();
  }
}
