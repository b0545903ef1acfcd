import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import type { PlannedProcess } from './plan-processes.js';

const RESTART_AFTER_MS = 1_000;
/** Many processes that start at once on a machine that is busy with other work take minutes; one that fails ends before. */
const READY_TIMEOUT_MS = 300_000;
const STOP_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 100;

/** A service that ended before it was ready; its own lines have said why. */
export class ServiceStartError extends Error {}

/** `src` and `.ts`, or `dist` and `.js`: the services run in the form that this process runs in. */
const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const END_WITH_PARENT = new URL(`./end-with-parent.${SUFFIX}`, import.meta.url).href;

function mainOf(service: string): string {
  return fileURLToPath(new URL(`./main.${SUFFIX}`, import.meta.resolve(`@millrace/${service}`)));
}

/** Path and arguments of the program that runs a service. */
export type Program = (service: string) => readonly string[];

/** One service in a process of its own. Once it has been ready it is started again whenever it dies, as a container would be. */
export class ServiceProcess {
  #child: ChildProcess | undefined;
  #wasReady = false;
  #hung = false;
  readonly #stopping = new AbortController();

  /** `say` takes every line that the service prints; `program` runs the service where it is not its own `main`, and is asked at each start. */
  constructor(
    readonly planned: PlannedProcess,
    private readonly say: (label: string, line: string) => void,
    private readonly program: Program = (service) => [mainOf(service)],
  ) {}

  /** Process id, to send signals to. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves when the service is ready for the first time. */
  async start(): Promise<void> {
    this.#spawn();
    for (const deadline = performance.now() + READY_TIMEOUT_MS; performance.now() < deadline; await delay(LOOK_EVERY_MS)) {
      if (this.#child!.exitCode !== null || this.#child!.signalCode !== null) throw new ServiceStartError(`${this.planned.label} did not start`);
      if (await this.isReady()) {
        this.#wasReady = true;
        return;
      }
    }
    throw new ServiceStartError(`${this.planned.label} was not ready within ${READY_TIMEOUT_MS / 1_000} s`);
  }

  /** True where it did not stop when it was asked to. */
  get hung(): boolean {
    return this.#hung;
  }

  /** Ends it without loss; one that has not stopped after a minute is killed, as a container would be. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const kill = setTimeout(() => {
      this.#hung = true;
      this.say(this.planned.label, `has not stopped within ${STOP_TIMEOUT_MS / 1_000} s and is killed`);
      child.kill('SIGKILL');
    }, STOP_TIMEOUT_MS);
    child.kill('SIGTERM');
    await once(child, 'exit');
    clearTimeout(kill);
  }

  /** Ends it at once, as a crash does: it is started again as after any death, or is away for good. Answers whether it was there. */
  async kill(until: 'restart' | 'end'): Promise<boolean> {
    if (until === 'end') this.#stopping.abort();
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return false;
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    return true;
  }

  /** Has it stop without loss and start again, as an update does; resolves when the new process is ready. */
  async roll(): Promise<void> {
    const child = this.#child!;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    await exit;
    for (const deadline = performance.now() + READY_TIMEOUT_MS; !(await this.isReady()); await delay(LOOK_EVERY_MS))
      if (performance.now() > deadline) throw new ServiceStartError(`${this.planned.label} was not ready again within ${READY_TIMEOUT_MS / 1_000} s`);
  }

  /** Sends a message to the program, and resolves with the first one of its messages that `isAnswer` takes; rejects where none comes in time. */
  async ask(message: object, isAnswer: (answer: unknown) => boolean, timeoutMs: number): Promise<void> {
    const child = this.#child!;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const listen = (answer: unknown): void => void (isAnswer(answer) && resolve());
    const timer = setTimeout(() => reject(new Error(`${this.planned.label} has not answered within ${timeoutMs} ms`)), timeoutMs);
    child.on('message', listen);
    child.send(message, (error) => error && reject(error));
    return promise.finally(() => {
      clearTimeout(timer);
      child.off('message', listen);
    });
  }

  /** True while it answers that it is ready. */
  async isReady(): Promise<boolean> {
    try {
      const { statusCode, body } = await request(new URL('/health/ready', this.planned.operationsUrl));
      await body.dump();
      return statusCode === 200;
    } catch {
      return false;
    }
  }

  #spawn(): void {
    const { service, label, environment } = this.planned;
    const args = [...process.execArgv, '--disable-warning=TimeoutNegativeWarning', '--import', END_WITH_PARENT, ...this.program(service)];
    // A group of its own, so that Ctrl-C in the terminal reaches our orderly stop and not each service by itself.
    const child = spawn(process.execPath, args, { env: environment, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    this.#child = child;
    for (const stream of [child.stdout!, child.stderr!]) createInterface({ input: stream }).on('line', (line) => this.say(label, line));
    child.once('error', (error) => this.say(label, error.message));
    child.once('exit', (code, signal) => void this.#onExit(signal ?? `code ${code}`));
  }

  async #onExit(reason: string): Promise<void> {
    const { signal } = this.#stopping;
    if (signal.aborted || !this.#wasReady) return;
    this.say(this.planned.label, `has ended (${reason}) and is started again`);
    await delay(RESTART_AFTER_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) this.#spawn();
  }
}
