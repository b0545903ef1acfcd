import { stripVTControlCharacters } from 'node:util';
import { CommanderError, type Command } from 'commander';
import type { Surroundings } from '../src/installation/surroundings.js';
import { createProgram } from '../src/program.js';

/** What the terminal would show. */
export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number;
}

/** Runs the command line in this process. */
export async function runLendctl(surroundings: Surroundings, ...args: readonly string[]): Promise<Outcome> {
  let out = '';
  let err = '';
  const listen = (command: Command): void => {
    command.configureOutput({ writeOut: (text) => (out += stripVTControlCharacters(text)), writeErr: (text) => (err += stripVTControlCharacters(text)) });
    command.commands.forEach(listen);
  };
  const program = createProgram(surroundings);
  listen(program);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return { out, err, exitCode: 0 };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { out, err, exitCode: error.exitCode };
  }
}
