import { setTimeout as delay } from 'node:timers/promises';
import type { FirmResult } from '@millrace/client';
import { openInstallation } from '@millrace/lendctl/installation';
import type { VerifiedInvariant } from '@millrace/lendctl/invariant';
import { checkLoad } from '../patient-load/check-load.js';
import { countStatuses, makeFirms, PatientLoad } from '../patient-load/patient-load.js';
import { loadSecrets } from '@millrace/standalone/secrets';
import { LAST_SHARE, planKills, type Kill } from './crash-plan.js';
import type { CrashTestOptions } from './crash-test-options.js';
import type { StandaloneProcess } from './standalone-process.js';

const LOOK_EVERY_MS = 50;

/** What one run did. */
export interface CrashTestReport extends CrashTestOptions {
  /** Kills that met the process, by when they came. */
  readonly killed: { readonly starting: number; readonly working: number };
  /** Applications by the status that they ended in. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly invariants: readonly VerifiedInvariant[];
  readonly seconds: number;
}

/** Sends applications through a process that dies again and again. */
export class CrashTest {
  readonly #load: PatientLoad;
  readonly #killed = { starting: 0, working: 0 };
  #finished = false;

  constructor(
    private readonly options: CrashTestOptions,
    private readonly system: StandaloneProcess,
    private readonly onProgress: (line: string) => void,
  ) {
    const { clientSecrets } = loadSecrets(system.dataDirectory);
    this.#load = new PatientLoad({ gatewayUrls: [system.urlOf('gateway')], clientSecrets, concurrency: options.concurrency });
  }

  /** Throws where the process ends by itself, as every client would wait for it for ever. */
  run(): Promise<CrashTestReport> {
    return Promise.race([this.#run(), this.system.failure]);
  }

  async #run(): Promise<CrashTestReport> {
    const startedAt = performance.now();
    this.system.start();
    await this.system.ready();
    const sandboxUrl = this.system.urlOf('provider-sandbox');
    const firms = await makeFirms(sandboxUrl, this.options.seed, this.options.applications);
    const killing = this.#killAll(planKills(this.options.seed, this.options.kills));
    const [results] = await Promise.all([this.#load.send(firms).finally(() => (this.#finished = true)), killing]);
    const invariants = await this.#check(results, sandboxUrl);
    await this.#load.close();
    const statuses = countStatuses(results);
    return { ...this.options, killed: this.#killed, statuses, invariants, seconds: (performance.now() - startedAt) / 1_000 };
  }

  async #killAll(kills: readonly Kill[]): Promise<void> {
    for (const { afterShare, from, afterMs } of kills) {
      if (from === 'ready') {
        await this.system.ready();
        while (!this.#finished && this.#load.ended < afterShare * this.options.applications) await delay(LOOK_EVERY_MS);
      }
      await this.#wait(afterMs);
      if (this.#finished) break;
      await this.system.kill();
      this.#killed[from === 'start' ? 'starting' : 'working'] += 1;
      this.onProgress(
        `killed ${afterMs} ms after it ${from === 'start' ? 'was started' : 'was up'}; ${this.#load.ended} of ${this.options.applications} at their end`,
      );
      this.system.start();
    }
    await this.system.ready();
  }

  /** Until the moment comes, or nearly all have ended: however fast the machine is, a planned kill meets applications in flight. */
  async #wait(afterMs: number): Promise<void> {
    const at = performance.now() + afterMs;
    while (performance.now() < at && this.#load.ended < LAST_SHARE * this.options.applications) await delay(Math.min(LOOK_EVERY_MS, afterMs));
  }

  async #check(results: readonly FirmResult[], sandboxUrl: string): Promise<VerifiedInvariant[]> {
    const installation = await openInstallation({ environment: {} }, this.system.dataDirectory);
    try {
      return await checkLoad(installation, { results, accepted: this.#load.accepted, sandboxUrl });
    } finally {
      await installation.close();
    }
  }
}
