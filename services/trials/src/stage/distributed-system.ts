import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import type { Environment } from '@millrace/service';
import type { RunningDistributed } from '@millrace/standalone/start-distributed';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { startTopology } from '../topology/start-topology.js';
import { isClockMessage } from './parent-clock.js';
import type { StagedSystem, StageSettings } from './staged-system.js';

const SUFFIX = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const PROGRAM = fileURLToPath(new URL(`./clocked-service.${SUFFIX}`, import.meta.url));
const BACK_WITHIN_MS = 120_000;
const CLOCK_TIMEOUT_MS = 30_000;
const LOOK_EVERY_MS = 100;

/** One process a service over Kafka, PostgreSQL and Redis of its own, all on a data directory that goes when it stops. */
export class DistributedSystem implements StagedSystem {
  private constructor(
    private readonly topology: RunningDistributed,
    private readonly time: { nowMs: number },
    private readonly removeDirectory: () => void,
  ) {}

  static async start({ settings = {}, startAt }: StageSettings): Promise<DistributedSystem> {
    const directory = makeDemoDirectory();
    const time = { nowMs: startAt.getTime() };
    try {
      const topology = await startTopology({
        dataDirectory: directory.path,
        instances: 1,
        settings,
        // A process that comes back after a crash begins where the clock stands then.
        program: (service) => [PROGRAM, service, String(time.nowMs)],
      });
      return new DistributedSystem(topology, time, () => directory.remove());
    } catch (error) {
      directory.remove();
      throw error;
    }
  }

  get gatewayUrl(): string {
    return this.topology.gatewayUrl;
  }

  get sandboxUrl(): string {
    return this.topology.sandboxUrl;
  }

  get clientSecrets(): Readonly<Record<string, string>> {
    return this.topology.secrets.clientSecrets;
  }

  get installation(): Environment {
    return parseEnv(readFileSync(this.topology.environmentFile, 'utf8'));
  }

  now(): Date {
    return new Date(this.time.nowMs);
  }

  async moveTo(time: Date): Promise<void> {
    if (time.getTime() < this.time.nowMs) throw new RangeError('the clock only goes forward');
    this.time.nowMs = time.getTime();
    const message = { clockMs: this.time.nowMs };
    const isAnswer = (answer: unknown): boolean => isClockMessage(answer) && answer.clockMs === message.clockMs;
    await Promise.all(this.topology.processes.map((process) => process.ask(message, isAnswer, CLOCK_TIMEOUT_MS)));
  }

  async crash(service: string): Promise<boolean> {
    const victims = this.topology.processes.filter(({ planned }) => planned.service === service);
    for (const victim of victims) {
      await victim.kill('restart');
      for (const deadline = performance.now() + BACK_WITHIN_MS; !(await victim.isReady()); await delay(LOOK_EVERY_MS))
        if (performance.now() > deadline) throw new Error(`${service} has not come back`);
    }
    return victims.length > 0;
  }

  async stop(): Promise<void> {
    await this.topology.stop();
    this.removeDirectory();
  }
}
