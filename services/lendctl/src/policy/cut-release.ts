import { writeFileSync } from 'node:fs';
import { draftRelease, policyOfRelease, releaseSha256, releasesFolder, releaseText, type LenderType } from '@millrace/policy';
import { OperatorError } from '../command/operator-error.js';
import { nextVersion, releases } from './named-release.js';

/**
 * Writes the next release of a licence, and its hash into the list of what was released.
 * @throws OperatorError where the newest release begins on that day or later, or no policy comes of the parameters
 */
export function cutRelease(lenderType: LenderType, from: string, folder: URL = releasesFolder): { readonly version: string; readonly sha256: string } {
  const newest = releases().findLast((release) => release.lenderType === lenderType);
  if (newest && newest.effectiveFrom >= from)
    throw new OperatorError(`${newest.version} is in force from ${newest.effectiveFrom}; a later release needs a later day`);
  const release = draftRelease(nextVersion(lenderType), lenderType, from);
  const { problems } = policyOfRelease(release);
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  const sha256 = releaseSha256(release);
  const hashes = Object.fromEntries(
    [...releases(), release].map((one): [string, string] => [one.version, releaseSha256(one)]).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  writeFileSync(new URL(`${release.version}.json`, folder), releaseText(release));
  writeFileSync(new URL('released.json', folder), `${JSON.stringify(hashes, undefined, 2)}\n`);
  return { version: release.version, sha256 };
}
