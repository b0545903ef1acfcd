import { canonicalJson, type Finding } from '@millrace/contracts';
import { policyOf } from '@millrace/policy';
import type { VerificationDecision } from './decide-outcome.js';
import type { DecidedSignals } from './signals.js';
import type { StoredVerification } from './stored-verification.js';
import { VerificationTables, type TableHashes } from './verification-tables.js';

/** A decision as it was stored, with all that it was made of. */
export interface DecidedVerification extends Pick<StoredVerification, 'policyVersion' | 'requestedAt' | 'unprovenAt'> {
  readonly outcome: VerificationDecision['outcome'];
  readonly fraudScore: number;
  readonly findings: readonly Finding[];
  readonly signals: DecidedSignals;
  readonly tableHashes: TableHashes;
}

const tables = new VerificationTables();

/**
 * What of a stored decision does not come out again, made by the versions of tables and policy that it names; nothing where it is the same (R-IT-04).
 * @throws Error that names the version that is missing
 */
export async function verificationDifferences({ signals, policyVersion, tableHashes, ...stored }: DecidedVerification): Promise<string[]> {
  const again = await tables.decide(signals, stored, policyOf(policyVersion), tableHashes);
  return (['outcome', 'fraudScore', 'findings'] as const).filter((part) => canonicalJson(again[part]) !== canonicalJson(stored[part]));
}
