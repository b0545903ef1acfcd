import { contentHash } from '@millrace/contracts';
import type { KeptPolicy } from '@millrace/policy';

const ALL_BPS = 10_000;
const HASH_DIGITS = 8;

/**
 * True for an application that the engine has approved and a person looks at afterwards: by a hash of the id of its score, which scoring makes, so that nobody outside
 * chooses and everybody can compute it again (R-UW-07, R-OP-03). The id of the application is the client's own, who could make ids until one is not drawn.
 */
export function isSampled(scoreId: string, { approval }: Pick<KeptPolicy, 'approval'>): boolean {
  const place = Number.parseInt(contentHash(`engine-sample ${scoreId}`).slice(0, HASH_DIGITS), 16) % ALL_BPS;
  return place < approval.sampleBps;
}
