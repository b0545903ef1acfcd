import type { KeptPolicy } from '@millrace/policy';

/**
 * Hashes that scores were stored with before a release had one hash, by version: of the whole policy, and later of what a score is made of in it. No value
 * of these releases has changed since.
 */
const EARLIER_HASHES: Readonly<Record<string, readonly string[]>> = {
  'online_microloan.v0': [
    'ae4ce74c021cb069bd9791ed20580515c3775fefe273db9dfad7918801b6fcda',
    '3b211d25453440d526cf97034a6ae1bedf76be4717b9d06e0043a81d20a99c28',
  ],
};

/** True where the hash that a score was stored with is that of the release, in the form of today or an earlier one. */
export function isScoringPolicy({ version, sha256 }: KeptPolicy, stored: string): boolean {
  return stored === sha256 || (EARLIER_HASHES[version] ?? []).includes(stored);
}
