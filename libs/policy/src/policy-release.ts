import { contentHash } from '@millrace/contracts';
import { readdirSync, readFileSync } from 'node:fs';
import { valueOn } from './dated-values.js';
import { parametersOf, type DatedValue } from './parameter-topics.js';
import { parsePolicy } from './parse-policy.js';
import type { LenderType, Policy } from './policy.js';

/** Where releases are kept. */
export const releasesFolder = new URL('../releases/', import.meta.url);
const HASHES = 'released.json';

/** What a lender lends by from a day on, frozen: `releases/<version>.json`. */
export interface PolicyRelease {
  /** `<lender type>.v<n>`; applications, contracts and loans keep it. */
  readonly version: string;
  readonly lenderType: LenderType;
  /** First business date on which new applications use it. */
  readonly effectiveFrom: string;
  /** Value of each parameter by its id, with the day and the rules that it comes from. */
  readonly parameters: Readonly<Record<string, DatedValue>>;
}

/** A file of the folder of releases: what it makes of a policy, or what is wrong with it. */
export interface ReleaseFile {
  readonly file: string;
  readonly release: PolicyRelease | undefined;
  readonly policy: Policy | undefined;
  readonly problems: readonly string[];
}

/** Hash of the parameters of a release; that of all its parts is in its manifest. */
export const releaseSha256 = (release: PolicyRelease): string => contentHash(release);

/** Values by section and key. */
function sectionsOf(parameters: PolicyRelease['parameters']): Record<string, Record<string, unknown>> {
  const sections: Record<string, Record<string, unknown>> = {};
  for (const [id, { value }] of Object.entries(parameters)) {
    const [section, key] = id.split('.') as [string, string];
    (sections[section] ??= {})[key] = value;
  }
  return sections;
}

/** What the files of parameters say for a licence on a day. */
export function parametersOn(lenderType: LenderType, date: string): Readonly<Record<string, DatedValue>> {
  const known = parametersOf(lenderType).flatMap(({ id, values }) => {
    const value = valueOn(values, date);
    return value ? [[id, value] as const] : [];
  });
  return Object.fromEntries(known.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The policy of a release. A parameter that is younger than the release has the value that its file gives for the release's day, which must be what the
 * program did until then: so an old release stays evaluable by newer code.
 */
export function policyOfRelease(release: PolicyRelease): { readonly policy: Policy | undefined; readonly problems: readonly string[] } {
  const { version, lenderType, effectiveFrom, parameters } = release;
  const values = { ...parametersOn(lenderType, effectiveFrom), ...parameters };
  return parsePolicy({ version, lenderType, effectiveFrom, sha256: releaseSha256(release), ...sectionsOf(values) });
}

/** What a release would be that is made of the files of parameters now. */
export function draftRelease(version: string, lenderType: LenderType, effectiveFrom: string): PolicyRelease {
  return { version, lenderType, effectiveFrom, parameters: parametersOn(lenderType, effectiveFrom) };
}

/** What is wrong with one file: it is not the released one, or no policy comes of it. */
export function readRelease(file: string, text: string, released: Readonly<Record<string, string>>): ReleaseFile {
  let release: PolicyRelease;
  try {
    release = JSON.parse(text) as PolicyRelease;
  } catch (error) {
    return { file, release: undefined, policy: undefined, problems: [(error as Error).message] };
  }
  const sha256 = releaseSha256(release);
  if (`${release.version}.json` !== file)
    return { file, release, policy: undefined, problems: [`version ${release.version} must be the name of the file without .json`] };
  if (released[release.version] !== sha256) {
    const problem = `it is not what was released as ${release.version} (its SHA-256 is ${sha256}); put that back, and make a new release, as docs/policy.md says`;
    return { file, release, policy: undefined, problems: [problem] };
  }
  return { file, release, ...policyOfRelease(release) };
}

/** What no release shows by itself: no two of a licence are in force from the same day, and none that was released is gone. */
export function conflictsOf(files: readonly ReleaseFile[], released: Readonly<Record<string, string>>): ReleaseFile[] {
  const gone = Object.keys(released).filter((version) => !files.some(({ file }) => file === `${version}.json`));
  const missing = gone.map((version) => ({
    file: `${version}.json`,
    release: undefined,
    policy: undefined,
    problems: ['it was released and is gone; put it back'],
  }));
  const checked = files.map((one) => {
    const twin = files.find(
      ({ file, policy }) => file < one.file && policy && policy.lenderType === one.policy?.lenderType && policy.effectiveFrom === one.policy.effectiveFrom,
    );
    const { lenderType, effectiveFrom } = one.policy ?? {};
    return twin
      ? { ...one, problems: [...one.problems, `${twin.file} is in force for ${lenderType} from ${effectiveFrom} too; give one of them another day`] }
      : one;
  });
  return [...checked, ...missing];
}

/** Hashes of what was released, by version: the list that a released file is held against. */
export const releasedHashes = (folder: URL = releasesFolder): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(HASHES, folder), 'utf8')) as Readonly<Record<string, string>>;

/** Every release of a folder, each held against its hash and made into a policy; one that is listed and gone is among them, with its problem. */
export function readReleases(folder: URL): readonly ReleaseFile[] {
  const released = releasedHashes(folder);
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== HASHES);
  return conflictsOf(
    files.toSorted().map((file) => readRelease(file, readFileSync(new URL(file, folder), 'utf8'), released)),
    released,
  );
}

let read: readonly ReleaseFile[] | undefined;

/** Every release of the installation, read and checked once a process. */
export function releaseFiles(): readonly ReleaseFile[] {
  read ??= readReleases(releasesFolder);
  return read;
}

/** The releases among files, oldest first for each licence. */
export const oldestFirst = (files: readonly ReleaseFile[]): readonly PolicyRelease[] =>
  files.flatMap(({ release }) => release ?? []).toSorted((a, b) => (a.lenderType + a.effectiveFrom < b.lenderType + b.effectiveFrom ? -1 : 1));

/** The text of a release's file, a parameter a line, so that two releases can be compared line by line. */
export function releaseText({ parameters, ...head }: PolicyRelease): string {
  const lines = (object: object, indent: string): string =>
    Object.entries(object)
      .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}`)
      .join(',\n');
  return `{\n${lines(head, '  ')},\n  "parameters": {\n${lines(parameters, '    ')}\n  }\n}\n`;
}
