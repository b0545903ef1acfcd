import { ChildProgram } from '@millrace/testing';
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

/** A group member in a process of its own. */
export class SpawnedMember {
  private constructor(private readonly program: ChildProgram<MemberReport, MemberCommand>) {}

  /** Starts a member; it runs when this resolves. */
  static async start(settings: MemberSettings): Promise<SpawnedMember> {
    const program = ChildProgram.run<MemberReport, MemberCommand>(new URL('member-process.ts', import.meta.url), settings);
    await program.reported((report) => report.kind === 'ready', 'the start of a member in its own process');
    return new SpawnedMember(program);
  }

  /** Values handed over so far. */
  get seen(): string[] {
    return this.program.reports.flatMap((report) => (report.kind === 'batch' ? report.values : []));
  }

  get errors(): { name: string; message: string }[] {
    return this.program.reports.filter((report) => report.kind === 'error');
  }

  /** Lets the batches that are held end, and every later one pass. */
  release(): void {
    this.program.send('release');
  }

  /** As {@link ChildProgram.freeze}. */
  freeze(): void {
    this.program.freeze();
  }

  thaw(): void {
    this.program.thaw();
  }

  /** As {@link ChildProgram.kill}. */
  kill(): Promise<void> {
    return this.program.kill();
  }
}
