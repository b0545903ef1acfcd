import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '@millrace/service';

/** What a program of ours printed, and how it ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly output: string;
}

const ROOT = new URL('../../../', import.meta.url);

/** Runs a program of the project from its sources, as the person at the terminal does; `file` is seen from the root of the project. */
export function runProgram(file: string, ...args: string[]): Promise<ProgramEnd> {
  const { PATH, HOME } = processEnvironment();
  const source = ['--conditions=millrace-source', '--import', '@swc-node/register/esm-register', fileURLToPath(new URL(file, ROOT))];
  const child = spawn(process.execPath, [...source, ...args], { cwd: fileURLToPath(ROOT), env: { PATH, HOME }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => child.on('close', (code) => done({ code, output })));
}
