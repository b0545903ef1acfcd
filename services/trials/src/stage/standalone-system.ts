import { ManualClock } from '@millrace/contracts';
import type { Environment } from '@millrace/service';
import { startStandalone, type RunningStandalone, type StandaloneOptions } from '@millrace/standalone';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import type { StagedSystem, StageSettings } from './staged-system.js';

/** The whole lender in this process, on a data directory that goes when it stops. */
export class StandaloneSystem implements StagedSystem {
  readonly clock: ManualClock;
  readonly #directory = makeDemoDirectory();
  readonly #settings: Readonly<Record<string, string>>;
  #running: RunningStandalone | undefined;

  constructor({ settings = {}, startAt }: StageSettings) {
    this.clock = new ManualClock(startAt);
    this.#settings = settings;
  }

  async start(settings: Readonly<Record<string, string>> = {}, options: Pick<StandaloneOptions, 'logTo'> = {}): Promise<this> {
    const environment = { MILLRACE_LOG_LEVEL: 'silent', MILLRACE_DATA_DIR: this.dataDirectory, ...this.#settings, ...settings };
    this.#running = await startStandalone({ environment, clock: this.clock, freePorts: true, durable: false, ...options });
    return this;
  }

  /** What was started; throws before {@link start}. */
  get running(): RunningStandalone {
    if (!this.#running) throw new Error('the standalone has not been started');
    return this.#running;
  }

  get dataDirectory(): string {
    return this.#directory.path;
  }

  get gatewayUrl(): string {
    return this.running.gatewayUrl;
  }

  get sandboxUrl(): string {
    return this.running.sandboxUrl;
  }

  get clientSecrets(): Readonly<Record<string, string>> {
    return this.running.secrets.clientSecrets;
  }

  get installation(): Environment {
    return { MILLRACE_DATA_DIR: this.dataDirectory };
  }

  now(): Date {
    return this.clock.now();
  }

  async moveTo(time: Date): Promise<void> {
    this.clock.set(time);
  }

  async crash(): Promise<boolean> {
    return false;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#directory.remove();
  }
}
