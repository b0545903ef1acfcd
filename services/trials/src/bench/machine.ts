import { cpus, loadavg, totalmem } from 'node:os';

/** What the figures were taken on: nobody can read them without it. */
export interface Machine {
  readonly at: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly node: string;
  readonly platform: string;
  /** Runnable processes of the last minute, on average, when the run began. */
  readonly loadAverage: number;
}

const GIB = 2 ** 30;

export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    at: new Date().toISOString(),
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / GIB),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    loadAverage: loadavg()[0]!,
  };
}
