import type { LendingService } from '@millrace/service';
import type { Installation } from '../installation/installation.js';

/** Something that must not be, and where. */
export interface Finding {
  readonly service: LendingService | 'event log';
  /** Id of the application, loan, payout, entry or event. */
  readonly subject: string;
  readonly what: string;
}

/** What is given to every check. */
export interface VerifyContext {
  readonly installation: Installation;
  /** The installation's time: deadlines are of its clock. */
  readonly now: Date;
  /** What is under way has so long to arrive before its absence is a finding, in milliseconds. */
  readonly graceMs: number;
  /** File of `lendctl anchor --out` that the histories are held against as well. */
  readonly anchorsFile?: string | undefined;
}

/** A rule over one or several services, and how it is looked at. */
export interface Invariant {
  readonly name: string;
  /** The rule in one sentence. */
  readonly rule: string;
  readonly check: (context: VerifyContext) => Promise<readonly Finding[]>;
}

/** An invariant with what was found. */
export interface VerifiedInvariant {
  readonly name: string;
  readonly rule: string;
  readonly findings: readonly Finding[];
}
