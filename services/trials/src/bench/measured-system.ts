import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { processEnvironment } from '@millrace/service';
import { processorSeconds } from './processor-time.js';
import type { SystemAddresses } from './system-process.js';

/** What every measured system is told besides its addresses. */
export const MEASURED_SETTINGS = {
  MILLRACE_LOG_LEVEL: 'error',
  // One client must be able to send what the machine can take.
  MILLRACE_GATEWAY_REQUESTS_PER_MINUTE: '1000000',
  // The scenarios' scorecard, under which the sound firm is approved whatever else is drawn of it.
  MILLRACE_SCORING_SCORECARD: 'scenario-v0',
} as const;

/** A benchmark's other process did not do its part; its own lines have said why. */
export class BenchProcessError extends Error {}

/** First message of a process; throws where it ends before it has said anything. */
export async function firstMessage<T>(child: ChildProcess, what: string): Promise<T> {
  const ended = new AbortController();
  const exited = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new BenchProcessError(`${what} ended with code ${String(code)}`);
  });
  try {
    const [message] = (await Promise.race([once(child, 'message', { signal: ended.signal }), exited])) as [T];
    return message;
  } finally {
    ended.abort();
    await exited.catch(() => undefined);
  }
}

/** The services in a process of their own. */
export class MeasuredSystem {
  private constructor(
    private readonly child: ChildProcess,
    readonly addresses: SystemAddresses,
  ) {}

  /** `profileDirectory` gets a CPU profile when the process ends. */
  static async start(options: { readonly databaseUrl: string; readonly dataDirectory: string; readonly profileDirectory?: string }): Promise<MeasuredSystem> {
    const { databaseUrl, dataDirectory, profileDirectory } = options;
    const profiling = profileDirectory === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDirectory];
    const child = fork(fileURLToPath(new URL('./system-process.ts', import.meta.url)), [], {
      execArgv: [...process.execArgv, ...profiling],
      env: {
        ...processEnvironment(),
        ...MEASURED_SETTINGS,
        MILLRACE_DATABASE_URL: databaseUrl,
        MILLRACE_DATA_DIR: dataDirectory,
      },
    });
    return new MeasuredSystem(child, await firstMessage(child, 'the services'));
  }

  processorSeconds(): number | undefined {
    return processorSeconds(this.child.pid!);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.send('stop');
    await exited;
  }
}
