import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processEnvironment, type Environment } from '@millrace/service';

const ROOT = new URL('../../../', import.meta.url);

/** How a process of the command line ended. */
export interface Ended {
  readonly out: string;
  readonly err: string;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** `lendctl` as an operator starts it: a process of its own. */
export class SpawnedLendctl {
  readonly ended: Promise<Ended>;
  readonly #process: ChildProcess;
  #err = '';

  constructor(environment: Environment, ...args: readonly string[]) {
    const file = fileURLToPath(new URL('services/lendctl/src/main.ts', ROOT));
    const node = ['--disable-warning=TimeoutNegativeWarning', '--conditions=millrace-source', '--import', '@swc-node/register/esm-register', file];
    const env = { ...environment, PATH: processEnvironment()['PATH'] };
    this.#process = spawn(process.execPath, [...node, ...args], { cwd: fileURLToPath(ROOT), env, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    this.#process.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString()));
    this.#process.stderr!.on('data', (chunk: Buffer) => (this.#err += chunk.toString()));
    this.ended = new Promise((done) => this.#process.on('close', (exitCode, signal) => done({ out, err: this.#err, exitCode, signal })));
  }

  /** What it has said so far beside its result. */
  get said(): string {
    return this.#err;
  }

  /** Process id; undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Ctrl-C. */
  interrupt(): void {
    this.#process.kill('SIGINT');
  }
}
