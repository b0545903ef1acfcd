import { standingOf, type FirmResult, followFirm, SandboxClient, type SandboxFirm } from '@millrace/client';
import { systemClock } from '@millrace/contracts';
import { HumanApprovers } from '../demo/human-approver.js';
import { MAX_SEED } from '../simulate/simulate-options.js';
import { PatientClient } from './patient-client.js';

/** Longer than any job of a dead worker waits for its next one. */
const STEP_TIMEOUT_MS = 600_000;
const SCORE_TIMEOUT_MS = 0;
/** The sandbox makes no more at once. */
const FIRMS_PER_CALL = 500;

/** Whom the load talks to. */
export interface PatientLoadOptions {
  /** Every instance of the gateway. */
  readonly gatewayUrls: readonly string[];
  readonly clientSecrets: Readonly<Record<string, string>>;
  /** Applications under way at the same time. */
  readonly concurrency: number;
}

/** Firms out of a seed, as many as wanted. */
export async function makeFirms(sandboxUrl: string, seed: number, count: number): Promise<SandboxFirm[]> {
  const sandbox = new SandboxClient(sandboxUrl);
  const firms: SandboxFirm[] = [];
  for (let call = 0; firms.length < count; call++) {
    firms.push(...(await sandbox.generate((seed + call) % MAX_SEED, Math.min(FIRMS_PER_CALL, count - firms.length))));
  }
  return firms;
}

/** Applications by the status that they ended in. */
export function countStatuses(results: readonly FirmResult[]): Readonly<Record<string, number>> {
  const byStatus = [...Map.groupBy(results, ({ application }) => standingOf(application))];
  return Object.fromEntries(byStatus.map(([status, all]) => [status, all.length] as const).sort());
}

/** Firms that apply, take their offers and sign, and people who decide, all of whom wait for a system that is away and ask again. */
export class PatientLoad {
  readonly #clients: PatientClient[] = [];
  #ended = 0;

  constructor(private readonly options: PatientLoadOptions) {}

  /** Applications that have come to their end so far. */
  get ended(): number {
    return this.#ended;
  }

  /** Paths of the writes that were answered with yes. */
  get accepted(): string[] {
    return this.#clients.flatMap(({ accepted }) => accepted);
  }

  /** Takes every firm the whole way; those from a place on can be held back until something has happened. */
  async send(firms: readonly SandboxFirm[], heldBack?: { readonly from: number; readonly until: Promise<unknown> }): Promise<FirmResult[]> {
    const partner = this.#client('demo-partner');
    const staff = {
      verification: this.#client('demo-risk-officer'),
      appeal: this.#client('demo-risk-officer'),
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
        if (heldBack && at >= heldBack.from) await heldBack.until;
        results[at] = await followFirm(
          { partner, staff: staff.approval },
          firms[at]!,
          () => undefined,
          { stepMs: STEP_TIMEOUT_MS, scoreMs: SCORE_TIMEOUT_MS },
          systemClock,
        );
        this.#ended += 1;
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency }, follower));
    await people.stop();
    return results;
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }

  #client(clientId: string): PatientClient {
    const { gatewayUrls, clientSecrets } = this.options;
    const client = new PatientClient(gatewayUrls, clientId, clientSecrets[clientId]!);
    this.#clients.push(client);
    return client;
  }
}
