import type { PolicyParts } from '@millrace/policy';
import { RELEASED_LETTERS } from './letter/released-letters.js';

/** What of a release of the policy is this service's: the wordings of its letters. */
export const policyParts = (): PolicyParts =>
  Object.fromEntries(Object.entries(RELEASED_LETTERS).map(([version, sha256]) => [`post-loan-monitoring/templates/${version}`, sha256]));
