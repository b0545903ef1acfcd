import { REASONS_OWNER, reasonParts } from '@millrace/reasons';
import { checkPolicy } from './check-policy.js';
import { checkParts, type PolicyParts } from './release-manifest.js';

/** Faults of a service's own content, a line each. */
type ContentCheck = () => readonly string[] | Promise<readonly string[]>;

/**
 * What is wrong with what a service decides by, a line each, before anything listens: with the policy, with the service's own content, and, where these are
 * sound, with parts that are not those of the newest releases. The catalogue of reasons is a part of every service that decides.
 */
export async function checkServiceContent(service: string, own: readonly ContentCheck[], parts: () => PolicyParts): Promise<string[]> {
  const faults = [...checkPolicy(), ...(await Promise.all(own.map(async (check) => check()))).flat()];
  return faults.length > 0 ? faults : [...checkParts(service, parts()), ...checkParts(REASONS_OWNER, reasonParts())];
}
