import { setTimeout as delay } from 'node:timers/promises';
import type { RestartableServer } from '@millrace/standalone/restartable-server';
import type { ServiceProcess } from '@millrace/standalone/service-process';
import type { ChaosKill, Victims } from './chaos-plan.js';

const LOOK_EVERY_MS = 50;
const READY_TIMEOUT_MS = 300_000;

/** Kills processes and servers of a topology, and sees to it that they come back. */
export class ProcessKiller {
  /** Kills by service or server. */
  readonly killed: Record<string, number> = {};
  /** Rejects when something does not come back. */
  readonly failure: Promise<never>;
  #fail!: (error: Error) => void;
  readonly #returns = new Map<string, Promise<void>>();
  readonly #gone = new Set<ServiceProcess>();

  constructor(
    private readonly processes: readonly ServiceProcess[],
    private readonly servers: readonly RestartableServer[],
  ) {
    this.failure = new Promise<never>((_, reject) => (this.#fail = reject));
    this.failure.catch(() => undefined);
  }

  get victims(): Victims {
    const services = [...Map.groupBy(this.processes, ({ planned }) => planned.service).values()];
    return { servers: this.servers.map(({ name }) => name), services: services.map((all) => all.map(({ planned }) => planned.label)) };
  }

  /** Kills; one that is away already is killed when it is back. */
  async kill(kill: ChaosKill): Promise<void> {
    await this.#returns.get(kill.victim);
    const server = this.servers.find(({ name }) => name === kill.victim);
    if (server) await this.#killServer(server, kill);
    else await this.#killProcess(this.#process(kill.victim), kill);
  }

  /** Kills one process that nobody starts again. */
  async end(label: string): Promise<void> {
    const process = this.#process(label);
    this.#gone.add(process);
    if (await process.kill('end')) this.#count(process.planned.service);
  }

  /** Waits until everything that is to come back is there and ready; answers the labels of those that are not. */
  async allBack(): Promise<string[]> {
    await Promise.all(this.#returns.values());
    const expected = this.processes.filter((process) => !this.#gone.has(process));
    for (const deadline = performance.now() + READY_TIMEOUT_MS; ; await delay(LOOK_EVERY_MS)) {
      const ready = await Promise.all(expected.map((process) => process.isReady()));
      const missing = expected.filter((_, at) => !ready[at]).map(({ planned }) => planned.label);
      if (missing.length === 0 || performance.now() > deadline) return missing;
    }
  }

  async #killServer(server: RestartableServer, { awayMs }: ChaosKill): Promise<void> {
    await server.kill();
    this.#count(server.name);
    const start = async (): Promise<void> => {
      await delay(awayMs);
      await server.start();
    };
    this.#returnsBy(server.name, start());
  }

  async #killProcess(process: ServiceProcess, { againAfterMs }: ChaosKill): Promise<void> {
    await this.#killWhenThere(process);
    if (againAfterMs === undefined) return;
    const again = async (): Promise<void> => {
      const { pid } = process;
      while (process.pid === pid) await delay(LOOK_EVERY_MS);
      await delay(againAfterMs);
      await this.#killWhenThere(process);
    };
    this.#returnsBy(process.planned.label, again());
  }

  async #killWhenThere(process: ServiceProcess): Promise<void> {
    while (!(await process.kill('restart'))) await delay(LOOK_EVERY_MS);
    this.#count(process.planned.service);
  }

  #returnsBy(name: string, work: Promise<void>): void {
    this.#returns.set(
      name,
      work.catch((error: unknown) => this.#fail(error as Error)),
    );
  }

  #process(label: string): ServiceProcess {
    return this.processes.find(({ planned }) => planned.label === label)!;
  }

  #count(name: string): void {
    this.killed[name] = (this.killed[name] ?? 0) + 1;
  }
}
