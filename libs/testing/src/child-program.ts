import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

/** A program is transpiled as it is loaded, on a machine that may do other work. */
const START_TIMEOUT_MS = 180_000;
/** Runs TypeScript from its sources, as `npm start` does. */
const EXEC_ARGV = ['--conditions=millrace-source', '--import', '@swc-node/register/esm-register'];

/** A program of a test in a process of its own, so that the test can kill it or freeze it as an operating system would. */
export class ChildProgram<Report, Command extends string = string> {
  /** What it has reported so far (`process.send`), in order. */
  readonly reports: Report[] = [];

  private constructor(private readonly process: ChildProcess) {
    process.on('message', (report: Report) => this.reports.push(report));
  }

  /**
   * Starts a program.
   * @param script its TypeScript file
   * @param settings what it reads as JSON from its first argument
   */
  static run<Report, Command extends string = string>(script: URL, settings: unknown): ChildProgram<Report, Command> {
    return new ChildProgram(fork(fileURLToPath(script), [JSON.stringify(settings)], { execArgv: EXEC_ARGV }));
  }

  /** Waits for the first report that is wanted; throws where the program ends before it by itself, or takes too long. */
  reported(isWanted: (report: Report) => boolean, what: string): Promise<Report> {
    return until(
      async () => {
        const found = this.reports.find(isWanted);
        if (!found && this.#hasEnded()) throw new Error(`the program ended with code ${this.process.exitCode} before ${what}`);
        return found;
      },
      what,
      START_TIMEOUT_MS,
    );
  }

  send(command: Command): void {
    this.process.send(command);
  }

  /** Stops the process as a long pause of its machine does: no heartbeat, no answer, connections open. */
  freeze(): void {
    this.process.kill('SIGSTOP');
  }

  thaw(): void {
    this.process.kill('SIGCONT');
  }

  /** Ends the process without a chance to say good-bye; harmless where it has ended. */
  async kill(): Promise<void> {
    if (this.#hasEnded()) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  #hasEnded(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }
}
