import { turnJob, type Job, type OutsideParty } from '@millrace/service';

/** The gateway that delivers messages and letters (通知). */
export const NOTICE: OutsideParty = { name: 'notice', parts: ['notices'] };

/** A court that takes cases in electronically (网上立案). */
export const COURT: OutsideParty = { name: 'court', parts: ['court-filings'] };

/** The credit bureau where lenders report to it (征信报送). */
export const BUREAU_FILING: OutsideParty = { name: 'bureau-filing', parts: ['filings'] };

/** The credit bureau where lenders have reports marked as disputed (异议标注). */
export const BUREAU_DISPUTE: OutsideParty = { name: 'bureau-dispute', parts: ['dispute-marks'] };

/** Parties that are told matters in writing, the first before the others, with the path of their calls (docs/provider-contract.md). */
export const TOLD_PARTIES = {
  notice: { party: NOTICE, path: '/v1/notices' },
  court: { party: COURT, path: '/v1/court/filings' },
  'bureau-dispute': { party: BUREAU_DISPUTE, path: '/v1/bureau/dispute-marks' },
  'bureau-filing': { party: BUREAU_FILING, path: '/v1/bureau/filings' },
} as const satisfies Readonly<Record<string, { readonly party: OutsideParty; readonly path: string }>>;
export type ToldParty = keyof typeof TOLD_PARTIES;

/** Where a matter stands. PLANNED: the party knows nothing. SENT: it may know. UNKNOWN: it was told and gave no final answer. DROPPED: it was not sent. */
export type DispatchState = 'PLANNED' | 'SENT' | 'UNKNOWN' | 'DONE' | 'REFUSED' | 'DROPPED';

/** A matter that a party is told about a loan; the row of `dispatch`, less what only SQL asks for. */
export interface Dispatch {
  /** Ours, and the party's idempotency key for good. */
  readonly dispatchId: string;
  readonly tenantId: string;
  readonly applicationId: string;
  readonly loanId: string;
  readonly party: ToldParty;
  readonly content: Readonly<Record<string, unknown>>;
  readonly policyVersion: string;
  readonly letterId: string | null;
  /** Whose contacts of a day it counts among; null where neither hours nor number bind it. */
  readonly partyKey: string | null;
  readonly sendUntil: Date | null;
  readonly state: DispatchState;
  /** Set once the party has owned up to it. */
  readonly reference: string | null;
  readonly sends: number;
  readonly queries: number;
  readonly turn: number;
}

/** Job that does the next thing about one matter: tells it, or asks about it. */
export const TELL_PARTY = 'tell_party';

/** A matter untouched for so long has lost its job or its worker; longer than a party may take to answer. */
export const TAKEOVER_MS = 60_000;

const PARTIES = Object.keys(TOLD_PARTIES) as ToldParty[];

/** The job for one turn of a matter, taken before those of later parties. */
export const dispatchJob = ({ dispatchId, party, turn }: Pick<Dispatch, 'dispatchId' | 'party' | 'turn'>): Job =>
  turnJob(TELL_PARTY, 'dispatchId', dispatchId, turn, { priority: PARTIES.indexOf(party) });
