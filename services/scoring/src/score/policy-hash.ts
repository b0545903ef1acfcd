import type { PolicyPack } from '@millrace/policy';
import { contentHash } from '@millrace/service';

/** Whole packs as they were hashed before keys were added to them; no value that a score is made of has changed since. */
const EARLIER_HASHES: Readonly<Record<string, string>> = {
  'online_microloan.v0': 'ae4ce74c021cb069bd9791ed20580515c3775fefe273db9dfad7918801b6fcda',
};

/** SHA-256 (hex) of what a score is made of in a pack. A key that is added elsewhere (a deadline, a payment's wait) changes no score, and so not this. */
export function scoringPolicySha256({ version, lender, approval, price, limit, riskIndex, invoices }: PolicyPack): string {
  return contentHash({ version, lender, approval, price, limit, riskIndex, invoices });
}

/** True where the hash that a score was stored with is that of the pack, also as scores were stored before its hash was of these parts. */
export function isScoringPolicy(pack: PolicyPack, sha256: string): boolean {
  return sha256 === scoringPolicySha256(pack) || sha256 === EARLIER_HASHES[pack.version];
}
