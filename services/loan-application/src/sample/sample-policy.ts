import { contentHash } from '@millrace/contracts';
import type { KeptPolicy } from '@millrace/policy';

const ALL_BPS = 10_000;
const HASH_DIGITS = 8;

/** True for an application that the engine has approved and a person looks at afterwards: by a hash of its id, so that nobody chooses and everybody can compute it again (R-UW-07, R-OP-03). */
export function isSampled(applicationId: string, { approval }: Pick<KeptPolicy, 'approval'>): boolean {
  const place = Number.parseInt(contentHash(`engine-sample ${applicationId}`).slice(0, HASH_DIGITS), 16) % ALL_BPS;
  return place < approval.sampleBps;
}
