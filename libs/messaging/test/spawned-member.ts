import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { until } from '@millrace/testing';
import type { SubscribeOptions } from '../src/event-log.js';

/** How another process reaches the log: a module that exports `openLog(address)`, and the address. */
export interface LogOpener {
  readonly opener: string;
  readonly address: string;
}

export interface MemberSettings extends LogOpener {
  readonly subscribe: Omit<SubscribeOptions, 'onBatch' | 'onError'>;
  /** Batches do not end before `release`. */
  readonly hold: boolean;
}

export type MemberCommand = 'release' | 'stop';
export type MemberReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'batch'; readonly values: string[] }
  | { readonly kind: 'error'; readonly name: string; readonly message: string };

const EXEC_ARGV = ['--conditions=millrace-source', '--import', '@swc-node/register/esm-register'];

/** A group member in a process of its own. */
export class SpawnedMember {
  /** Values handed over so far. */
  readonly seen: string[] = [];
  readonly errors: { name: string; message: string }[] = [];
  #ready = false;

  private constructor(private readonly process: ChildProcess) {
    process.on('message', (report: MemberReport) => {
      if (report.kind === 'ready') this.#ready = true;
      if (report.kind === 'batch') this.seen.push(...report.values);
      if (report.kind === 'error') this.errors.push(report);
    });
  }

  /** Starts a member; it runs when this resolves. */
  static async start(settings: MemberSettings): Promise<SpawnedMember> {
    const script = fileURLToPath(new URL('member-process.ts', import.meta.url));
    const member = new SpawnedMember(fork(script, [JSON.stringify(settings)], { execArgv: EXEC_ARGV }));
    await until(async () => {
      if (member.process.exitCode !== null) throw new Error(`the member's process ended with code ${member.process.exitCode}`);
      return member.#ready;
    }, 'the start of a member in its own process');
    return member;
  }

  /** Lets the batches that are held end, and every later one pass. */
  release(): void {
    this.process.send('release' satisfies MemberCommand);
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
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }
}
