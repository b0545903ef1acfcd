import { contentHash } from '@millrace/contracts';
import { REASONS } from './catalogue.js';

/** Owner of the catalogue among the parts of a policy's release. */
export const REASONS_OWNER = 'reasons';

/**
 * Hash of each reason, by the name that a release of the policy has for it. Each is a part of its own, so that a new reason waits for the next release and
 * one that is worded or told otherwise is named by its code.
 */
export const reasonParts = (): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(REASONS).map(([code, entry]) => [`${REASONS_OWNER}/catalogue/${code}`, contentHash(entry)]));
