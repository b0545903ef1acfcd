import type { SandboxFirm } from '@millrace/client';
import type { AttackClient } from './attack-client.js';
import type { OtherWait } from './other-wait.js';

/** Members of staff that a ready-made system has a client for, one a role. */
export const STAFF = ['risk-officer', 'approver', 'payment-officer', 'account-manager', 'compliance', 'auditor'] as const;
export type Staff = (typeof STAFF)[number];

/** What an attack works with: a running system, seen from outside as a partner, its staff, or nobody sees it. */
export interface AttackTarget {
  readonly gatewayUrl: string;
  readonly partner: AttackClient;
  readonly staff: Readonly<Record<Staff, AttackClient>>;
  /** Sends no token. */
  readonly nobody: AttackClient;
  /** A firm of a kind that no attack has had before; healthy ones are offered a loan without a person, others mostly are not. */
  readonly newFirm: (mix?: FirmMix) => Promise<SandboxFirm>;
}

/** Kinds of firms that the sandbox makes, as far as attacks want them. */
export type FirmMix = 'healthy' | 'average' | 'fraudulent';

/** An attack that was not played proves nothing, so it is neither of the other two. */
export type Verdict = 'held' | 'broken' | 'not played';

/** What one attack came to. */
export interface AttackOutcome {
  /** Id of the finding that it plays, e.g. SEC-1. */
  readonly id: string;
  readonly what: string;
  /** Statuses that came back, with how often. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Largest answer in bytes. */
  readonly answerBytes: number;
  /** How long somebody else waited beside it; undefined where nobody was measured. */
  readonly other?: OtherWait;
  readonly verdict: Verdict;
  /** Why it did not hold, was not played, or what of it could not be judged, in a few words. */
  readonly remark?: string;
}

/** A group of attacks: one file, one subject. */
export type AttackGroup = (target: AttackTarget) => AsyncGenerator<AttackOutcome>;
