import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { processEnvironment, serviceVariable } from '@millrace/service';
import { quietPorts } from '../topology/quiet-ports.js';
import { ALL_SERVICES } from '@millrace/standalone';

const START_TIMEOUT_MS = 180_000;
const END_TIMEOUT_MS = 20_000;
const LOOK_EVERY_MS = 50;
const OUTPUT_KEPT = 2_000;

/** The file that runs what `npm start` runs, in the form that this program runs in: sources, or what is built of them. */
const MAIN = fileURLToPath(new URL(`./main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.resolve('@millrace/standalone')));

/** `npm start` as a child process that is killed and started again, with the same data and the same ports. */
export class StandaloneProcess {
  /** Rejects when the process ends and nobody has ended it. */
  readonly failure: Promise<never>;
  #fail!: (error: Error) => void;
  #child: ChildProcess | undefined;
  readonly #ended = new WeakSet<ChildProcess>();
  #output = '';

  private constructor(
    readonly dataDirectory: string,
    private readonly ports: Readonly<Record<string, number>>,
  ) {
    this.failure = new Promise<never>((_, reject) => (this.#fail = reject));
    this.failure.catch(() => undefined);
  }

  /** Chooses ports that are free now. */
  static async prepare(dataDirectory: string): Promise<StandaloneProcess> {
    const ports = await quietPorts(ALL_SERVICES.map((_, at) => at));
    return new StandaloneProcess(dataDirectory, Object.fromEntries(ALL_SERVICES.map(({ name }, at) => [name, ports[at]!])));
  }

  urlOf(service: string): string {
    return `http://127.0.0.1:${this.ports[service]}`;
  }

  /** Starts it; it is not up yet. */
  start(): void {
    const settings = Object.fromEntries(ALL_SERVICES.map((definition) => [serviceVariable(definition.name, 'PORT'), String(this.ports[definition.name])]));
    const own = { MILLRACE_DATA_DIR: this.dataDirectory, MILLRACE_LOG_LEVEL: 'error', MILLRACE_SAMPLE_APPLICATION: 'false' };
    const environment = Object.fromEntries(Object.entries(processEnvironment()).filter(([name]) => !name.startsWith('MILLRACE_')));
    const child = spawn(process.execPath, [...process.execArgv, MAIN], { env: { ...environment, ...settings, ...own }, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-OUTPUT_KEPT)));
    }
    // Not at its exit, when its last words may still be on their way.
    child.on('close', () => {
      if (!this.#ended.has(child)) this.#fail(new Error(`the process ended by itself: ${this.#output.trim()}`));
    });
    this.#child = child;
  }

  /** Resolves once it answers. */
  async ready(): Promise<void> {
    for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await delay(LOOK_EVERY_MS)) {
      const answer = await fetch(`${this.urlOf('gateway')}/health/ready`).catch(() => undefined);
      if (answer?.ok) return;
    }
    throw new Error(`the process was not up after ${START_TIMEOUT_MS / 1_000} s: ${this.#output.trim()}`);
  }

  /** As the kernel does when the memory is over, or a person who has lost patience. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** As Ctrl-C; then neither it nor its PostgreSQL is there any more, or this throws. */
  async stop(): Promise<void> {
    await this.#end('SIGTERM');
    for (const deadline = Date.now() + END_TIMEOUT_MS; this.#postgresRuns(); await delay(LOOK_EVERY_MS)) {
      if (Date.now() > deadline) throw new Error(`the PostgreSQL of ${this.dataDirectory} has outlived its process`);
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (!child || this.#hasEnded()) return;
    this.#ended.add(child);
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  #hasEnded(): boolean {
    return this.#child?.exitCode != null || this.#child?.signalCode != null;
  }

  #postgresRuns(): boolean {
    const pidFile = join(this.dataDirectory, 'postgres', 'postmaster.pid');
    if (!existsSync(pidFile)) return false;
    try {
      process.kill(Number.parseInt(readFileSync(pidFile, 'utf8'), 10), 0);
      return true;
    } catch {
      return false;
    }
  }
}
