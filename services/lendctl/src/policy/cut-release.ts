import { writeFileSync } from 'node:fs';
import {
  checkManifests,
  draftRelease,
  manifestFile,
  manifestOf,
  oldestFirst,
  policyOfRelease,
  readReleases,
  releasedHashes,
  releaseSha256,
  releasesFolder,
  releaseText,
  type LenderType,
  type PolicyParts,
  type PolicyRelease,
  type ReleaseManifest,
} from '@millrace/policy';
import { OperatorError } from '../trouble/operator-error.js';
import { nextVersion } from './named-release.js';

/** A new release stands only on old ones that are what was released: a hash that is computed anew would bless a file that somebody has edited. */
function soundReleases(folder: URL): readonly PolicyRelease[] {
  const files = readReleases(folder);
  const faults = files.flatMap(({ file, problems }) => problems.map((problem) => `${file}: ${problem}`));
  if (faults.length > 0) throw new OperatorError(faults.join('\n'));
  const releases = oldestFirst(files);
  const ofManifests = checkManifests(releases, folder);
  if (ofManifests.length > 0) throw new OperatorError(ofManifests.join('\n'));
  return releases;
}

/**
 * Writes the next release of a licence, its manifest, and its hash beside those of the list of what was released, which stay as they are.
 * @param parts what the release is made of besides parameters
 * @throws OperatorError where a released file is not what was released, the newest release begins on that day or later, or no policy comes of the parameters
 */
export function cutRelease(lenderType: LenderType, from: string, parts: PolicyParts, folder: URL = releasesFolder): ReleaseManifest {
  const known = soundReleases(folder);
  const newest = known.findLast((release) => release.lenderType === lenderType);
  if (newest && newest.effectiveFrom >= from)
    throw new OperatorError(`${newest.version} is in force from ${newest.effectiveFrom}; a later release needs a later day`);
  const release = draftRelease(nextVersion(lenderType, known), lenderType, from);
  const { problems } = policyOfRelease(release);
  if (problems.length > 0) throw new OperatorError(problems.join('\n'));
  const hashes = { ...releasedHashes(folder), [release.version]: releaseSha256(release) };
  const manifest = manifestOf(release, parts);
  const { file, text } = manifestFile(manifest, folder);
  writeFileSync(new URL(`${release.version}.json`, folder), releaseText(release));
  writeFileSync(new URL('released.json', folder), `${JSON.stringify(hashes, undefined, 2)}\n`);
  writeFileSync(file, text);
  return manifest;
}
