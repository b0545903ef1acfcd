import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseEnv } from 'node:util';
import type { FirmResult } from '@millrace/client';
import { openInstallation } from '@millrace/lendctl/installation';
import type { VerifiedInvariant } from '@millrace/lendctl/invariant';
import { readLag } from '@millrace/lendctl/read-lag';
import type { RunningDistributed } from '@millrace/standalone/start-distributed';
import { checkLoad } from '../patient-load/check-load.js';
import { countStatuses, makeFirms, PatientLoad } from '../patient-load/patient-load.js';
import type { ChaosOptions } from './chaos-options.js';
import { LAST_SHARE, planChaos, planOneInstance, type ChaosKill } from './chaos-plan.js';
import { checkLag, checkReady, checkSpread, checkStall } from './check-chaos.js';
import { longestWaits } from './event-waits.js';
import { HandledEvents } from './handled-events.js';
import { ProcessKiller } from './process-killer.js';

const LOOK_EVERY_MS = 50;

/** What one run did. */
export interface ChaosReport extends ChaosOptions {
  /** Kills by service or server. */
  readonly killed: Readonly<Record<string, number>>;
  /** Applications by the status that they ended in. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Events handled by each process, by its counters; those of the last seconds before a kill are missing. */
  readonly handled: Readonly<Record<string, number>>;
  /** Longest time in milliseconds that an event waited for each service. */
  readonly longestWaitsMs: Readonly<Record<string, number>>;
  readonly invariants: readonly VerifiedInvariant[];
  readonly seconds: number;
}

/** Sends applications through a topology whose processes are killed. */
export class ChaosRun {
  readonly #load: PatientLoad;
  readonly #killer: ProcessKiller;
  readonly #handled: HandledEvents;

  constructor(
    private readonly options: ChaosOptions,
    private readonly topology: RunningDistributed,
    private readonly onProgress: (line: string) => void,
  ) {
    const { processes, servers, secrets } = topology;
    const gatewayUrls = processes.filter(({ planned }) => planned.service === 'gateway').map(({ planned }) => planned.url);
    this.#load = new PatientLoad({ gatewayUrls, clientSecrets: secrets.clientSecrets, concurrency: options.concurrency });
    this.#killer = new ProcessKiller(processes, servers);
    this.#handled = new HandledEvents(processes);
  }

  /** Throws where a server does not come back, as every client would wait for it for ever. */
  run(): Promise<ChaosReport> {
    return Promise.race([this.#run(), this.#killer.failure]);
  }

  async #run(): Promise<ChaosReport> {
    const startedAt = performance.now();
    const { seed, loans, kills, kind } = this.options;
    const firms = await makeFirms(this.topology.sandboxUrl, seed, loans);
    this.#handled.start();
    const { victims } = this.#killer;
    const killing = this.#killAll(kind === 'everything' ? planChaos(seed, kills, victims) : planOneInstance(seed, victims));
    // The last ones come when everything has been killed, so that every kill meets work, and work meets what the kills have left.
    const results = await this.#load.send(firms, { from: Math.ceil(LAST_SHARE * loans), until: killing });
    const missing = await this.#killer.allBack();
    const seconds = (performance.now() - startedAt) / 1_000;
    this.onProgress(`all ${loans} at their end after ${seconds.toFixed(1)} s; checking`);
    const checked = await this.#check(results, missing);
    await this.#load.close();
    return { ...this.options, killed: this.#killer.killed, statuses: countStatuses(results), ...checked, seconds };
  }

  async #killAll(kills: readonly ChaosKill[]): Promise<void> {
    const { loans, kind } = this.options;
    for (const kill of kills) {
      const { victim, afterShare, afterMs, awayMs } = kill;
      while (this.#load.ended < afterShare * loans) await delay(LOOK_EVERY_MS);
      await delay(afterMs);
      if (kind === 'everything') await this.#killer.kill(kill);
      else {
        await this.#handled.look(victim);
        await this.#killer.end(victim);
      }
      const forHowLong = awayMs > 0 && this.#killer.victims.servers.includes(victim) ? ` for ${(awayMs / 1_000).toFixed(1)} s` : '';
      this.onProgress(`killed ${victim}${forHowLong}; ${this.#load.ended} of ${loans} at their end`);
    }
  }

  async #check(results: readonly FirmResult[], missing: readonly string[]): Promise<Pick<ChaosReport, 'invariants' | 'handled' | 'longestWaitsMs'>> {
    const { sandboxUrl, environmentFile } = this.topology;
    const installation = await openInstallation({ environment: parseEnv(readFileSync(environmentFile, 'utf8')) });
    try {
      const invariants = await checkLoad(installation, { results, accepted: this.#load.accepted, sandboxUrl });
      invariants.push(await checkLag(async () => (await readLag(installation)).consumers), checkReady(missing));
      const [handled, longestWaitsMs] = [await this.#handled.stop(), await longestWaits(installation)];
      if (this.options.kind === 'one-instance') invariants.push(checkSpread(handled), checkStall(longestWaitsMs));
      return { invariants, handled, longestWaitsMs };
    } finally {
      await installation.close();
    }
  }
}
