import type { SandboxClient, SandboxFirm } from '../demo/sandbox-client.js';
import type { AttackClient } from './attack-client.js';

/** What an attack works with: a running system, seen from outside as a partner, its staff, or nobody sees it. */
export interface AttackTarget {
  readonly gatewayUrl: string;
  readonly partner: AttackClient;
  readonly riskOfficer: AttackClient;
  readonly approver: AttackClient;
  readonly auditor: AttackClient;
  /** Sends no token. */
  readonly nobody: AttackClient;
  readonly sandbox: SandboxClient;
  /** A firm that no attack has had before. */
  readonly newFirm: () => Promise<SandboxFirm>;
}

/** What one attack came to. */
export interface AttackOutcome {
  /** Id of the finding that it plays, e.g. SEC-1. */
  readonly id: string;
  readonly what: string;
  /** Statuses that came back, with how often. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Largest answer in bytes. */
  readonly answerBytes: number;
  /** Wait of somebody else beside the attack over the wait alone; undefined where nobody was measured. */
  readonly otherWaitRatio?: number;
  readonly held: boolean;
  /** Why it did not hold, or what was left out, in a few words. */
  readonly remark?: string;
}

/** A group of attacks: one file, one subject. */
export type AttackGroup = (target: AttackTarget) => AsyncGenerator<AttackOutcome>;
