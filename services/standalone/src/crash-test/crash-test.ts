import { setTimeout as delay } from 'node:timers/promises';
import { openInstallation } from '@millrace/lendctl/installation';
import type { VerifiedInvariant } from '@millrace/lendctl/invariant';
import { followFirm, type FirmResult } from '../demo/follow-firm.js';
import { HumanApprovers } from '../demo/human-approver.js';
import { SandboxClient, type SandboxFirm } from '../demo/sandbox-client.js';
import { loadSecrets } from '../secrets.js';
import { checkCrashTest } from './check-crash-test.js';
import { planKills, type Kill } from './crash-plan.js';
import type { CrashTestOptions } from './crash-test-options.js';
import { PatientClient } from './patient-client.js';
import type { StandaloneProcess } from './standalone-process.js';

/** Longer than any job of a dead worker waits for its next one. */
const STEP_TIMEOUT_MS = 600_000;
const SCORE_TIMEOUT_MS = 0;
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
  readonly #clients: PatientClient[] = [];
  readonly #killed = { starting: 0, working: 0 };
  #ended = 0;
  #finished = false;

  constructor(
    private readonly options: CrashTestOptions,
    private readonly system: StandaloneProcess,
    private readonly onProgress: (line: string) => void,
  ) {}

  /** Throws where the process ends by itself, as every client would wait for it for ever. */
  run(): Promise<CrashTestReport> {
    return Promise.race([this.#run(), this.system.failure]);
  }

  async #run(): Promise<CrashTestReport> {
    const startedAt = performance.now();
    this.system.start();
    await this.system.ready();
    const sandboxUrl = this.system.urlOf('provider-sandbox');
    const firms = await new SandboxClient(sandboxUrl).generate(this.options.seed, this.options.applications);
    const killing = this.#killAll(planKills(this.options.seed, this.options.kills));
    const [results] = await Promise.all([this.#sendAll(firms).finally(() => (this.#finished = true)), killing]);
    const invariants = await this.#check(results, sandboxUrl);
    await Promise.all(this.#clients.map((client) => client.close()));
    const statuses = Object.fromEntries(
      [...Map.groupBy(results, ({ application }) => application.status)].map(([status, all]) => [status, all.length] as const).sort(),
    );
    return { ...this.options, killed: this.#killed, statuses, invariants, seconds: (performance.now() - startedAt) / 1_000 };
  }

  async #sendAll(firms: readonly SandboxFirm[]): Promise<FirmResult[]> {
    const partner = this.#client('demo-partner');
    const staff = {
      verification: this.#client('demo-risk-officer'),
      approval: this.#client('demo-approver'),
      disbursement: this.#client('demo-payment-officer'),
    };
    const people = new HumanApprovers(
      staff,
      () => true,
      () => undefined,
    );
    people.start();
    const results: FirmResult[] = [];
    let next = 0;
    const follower = async (): Promise<void> => {
      for (let at = next++; at < firms.length; at = next++) {
        results[at] = await followFirm(partner, firms[at]!, () => undefined, { stepMs: STEP_TIMEOUT_MS, scoreMs: SCORE_TIMEOUT_MS });
        this.#ended += 1;
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency }, follower));
    await people.stop();
    return results;
  }

  async #killAll(kills: readonly Kill[]): Promise<void> {
    for (const { afterShare, from, afterMs } of kills) {
      if (from === 'ready') {
        await this.system.ready();
        while (!this.#finished && this.#ended < afterShare * this.options.applications) await delay(LOOK_EVERY_MS);
      }
      await delay(afterMs);
      if (this.#finished) break;
      await this.system.kill();
      this.#killed[from === 'start' ? 'starting' : 'working'] += 1;
      this.onProgress(
        `killed ${afterMs} ms after it ${from === 'start' ? 'was started' : 'was up'}; ${this.#ended} of ${this.options.applications} at their end`,
      );
      this.system.start();
    }
    await this.system.ready();
  }

  async #check(results: readonly FirmResult[], sandboxUrl: string): Promise<VerifiedInvariant[]> {
    const installation = await openInstallation({ environment: {} }, this.system.dataDirectory);
    try {
      const accepted = this.#clients.flatMap((client) => client.accepted);
      return await checkCrashTest(installation, { results, accepted, sandboxUrl });
    } finally {
      await installation.close();
    }
  }

  #client(clientId: string): PatientClient {
    const secret = loadSecrets(this.system.dataDirectory).clientSecrets[clientId]!;
    const client = new PatientClient(this.system.urlOf('gateway'), clientId, secret);
    this.#clients.push(client);
    return client;
  }
}
