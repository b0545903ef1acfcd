import { contentHash } from '@millrace/contracts';
import { existsSync, readFileSync } from 'node:fs';
import { oldestFirst, releaseFiles, releaseSha256, releasesFolder, type PolicyRelease } from './policy-release.js';
import { LENDER_TYPES } from './policy.js';

/** Hash of each part of a release by its name, `<service>/<folder>/<file>`, e.g. `kyc-antifraud/tables/fraud-rules`. */
export type PolicyParts = Readonly<Record<string, string>>;

/** All that a release is made of: `releases/manifests/<version>.json`. */
export interface ReleaseManifest {
  readonly version: string;
  /** The release's own `parameters`, and what services decide, score and write contracts by. */
  readonly parts: PolicyParts;
  /** One hash over version and parts. */
  readonly sha256: string;
}

/** Name of the part that is the release's own file. */
const PARAMETERS = 'parameters';
const fileOf = (version: string, folder: URL): URL => new URL(`manifests/${version}.json`, folder);

/** The manifest of a release whose other parts are these. */
export function manifestOf(release: PolicyRelease, parts: PolicyParts): ReleaseManifest {
  const { version } = release;
  const named = { [PARAMETERS]: releaseSha256(release), ...Object.fromEntries(Object.entries(parts).toSorted(([a], [b]) => (a < b ? -1 : 1))) };
  return { version, parts: named, sha256: contentHash({ version, parts: named }) };
}

/** Text of a manifest's file, and where it belongs. */
export function manifestFile(manifest: ReleaseManifest, folder: URL = releasesFolder): { readonly file: URL; readonly text: string } {
  return { file: fileOf(manifest.version, folder), text: `${JSON.stringify(manifest, undefined, 2)}\n` };
}

/** The manifest of a release; it must be there, which {@link checkManifests} says. */
export const readManifest = (version: string, folder: URL = releasesFolder): ReleaseManifest =>
  JSON.parse(readFileSync(fileOf(version, folder), 'utf8')) as ReleaseManifest;

/** What is wrong with the manifests of releases, a line each. */
export function checkManifests(releases: readonly PolicyRelease[], folder: URL = releasesFolder): string[] {
  return releases.flatMap((release) => {
    const { version } = release;
    const name = `policy release ${version}: manifests/${version}.json`;
    if (!existsSync(fileOf(version, folder))) return [`${name} is gone; put it back`];
    const { parts, sha256, ...rest } = readManifest(version, folder);
    const { [PARAMETERS]: parameters, ...others } = parts;
    if (rest.version !== version || parameters !== releaseSha256(release) || sha256 !== manifestOf(release, others).sha256)
      return [`${name} is not what was released, as its hash is not that of its parts; put that back`];
    return [];
  });
}

/** Names of the parts that differ, or that only one has. */
export function differingParts(one: PolicyParts, other: PolicyParts): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((name) => one[name] !== other[name]).sort();
}

/** Hashes that releases name a part with, each once, with the first release that does. */
export function releasedVersions(
  part: string,
  releases: readonly PolicyRelease[] = installed(),
  folder: URL = releasesFolder,
): { sha256: string; release: string }[] {
  const named = releases.flatMap(({ version }) => {
    const sha256 = readManifest(version, folder).parts[part];
    return sha256 === undefined ? [] : [{ sha256, release: version }];
  });
  return named.filter(({ sha256 }, at) => named.findIndex((other) => other.sha256 === sha256) === at);
}

/**
 * What of a service is not what the newest release of each licence names, a line each. A part that no release names is none of them yet: it has a name of
 * its own, by which a later release takes it up.
 * @param now the service's parts as they are in place
 */
export function checkParts(service: string, now: PolicyParts, releases: readonly PolicyRelease[] = installed(), folder: URL = releasesFolder): string[] {
  const newest = LENDER_TYPES.flatMap((lenderType) => releases.findLast((release) => release.lenderType === lenderType) ?? []);
  return newest.flatMap(({ version }) => {
    const { parts } = readManifest(version, folder);
    return Object.entries(parts)
      .filter(([name, sha256]) => name.startsWith(`${service}/`) && now[name] !== sha256)
      .map(
        ([name, sha256]) =>
          `${name} ${now[name] ? `has the hash ${now[name].slice(0, 12)}` : 'is gone'}, and policy release ${version} names it with ${sha256.slice(0, 12)}; put that back, or make a new release, as docs/policy.md says`,
      );
  });
}

const installed = (): readonly PolicyRelease[] => oldestFirst(releaseFiles());
