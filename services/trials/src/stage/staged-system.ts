import type { Environment } from '@millrace/service';

/** A lender that runs on a clock which its scenario moves, on one of the runtimes. */
export interface StagedSystem {
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  /** Client secrets by client id. */
  readonly clientSecrets: Readonly<Record<string, string>>;
  /** Settings by which `lendctl` finds the installation. */
  readonly installation: Environment;
  now(): Date;
  /** Moves the clock of every service; resolves when all have it. It never goes back. */
  moveTo(time: Date): Promise<void>;
  /** Ends a service at once, as a crash does, and resolves when it is back; false where all services are one process that would end with it. */
  crash(service: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** How a system is set up. */
export interface StageSettings {
  /** Settings besides those that the runtime needs, by variable. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Start of its clock. */
  readonly startAt: Date;
}

/** Start of the acceptance scenarios' clock: 10:00 of 2026-03-02 in Shanghai. */
export const SCENARIO_START = new Date('2026-03-02T02:00:00Z');
