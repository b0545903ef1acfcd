import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { oldestFirst, releaseFiles, releasesFolder } from './policy-release.js';
import { checkManifests, checkParts, differingParts, manifestOf, readManifest } from './release-manifest.js';

const directory = mkdtempSync(join(tmpdir(), 'millrace-manifests-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const releases = oldestFirst(releaseFiles());
const copy = (): URL => {
  const folder = pathToFileURL(`${mkdtempSync(join(directory, 'releases-'))}/`);
  cpSync(releasesFolder, folder, { recursive: true });
  return folder;
};

test('R-OP-07: every release has one hash over its parameters, tables, scorecards, templates and texts', () => {
  expect(checkManifests(releases)).toEqual([]);
  const { parts, sha256 } = readManifest('bank.v1');
  expect([...new Set(Object.keys(parts).map((name) => name.slice(0, name.lastIndexOf('/') + 1) || name))]).toEqual([
    'parameters',
    'kyc-antifraud/tables/',
    'loan-application/tables/',
    'loan-application/templates/',
    'loan-application/texts/',
    'scoring/scorecards/',
  ]);
  const release = releases.find(({ version }) => version === 'bank.v1')!;
  const { parameters: _own, ...others } = parts;
  expect(manifestOf(release, others).sha256).toBe(sha256);
  expect(manifestOf(release, { ...others, 'scoring/scorecards/a': 'b' }).sha256).not.toBe(sha256);
  expect(manifestOf({ ...release, parameters: {} }, others).sha256).not.toBe(sha256);
});

test('R-OP-07: a manifest that was edited is refused, and one that is gone', () => {
  const folder = copy();
  const file = new URL('manifests/bank.v0.json', folder);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/("kyc-antifraud\/tables\/fraud-rules": ")[0-9a-f]{4}/, '$10000'));
  rmSync(new URL('manifests/bank.v1.json', folder));
  expect(checkManifests(releases, folder)).toEqual([
    expect.stringMatching(/^policy release bank\.v0: manifests\/bank\.v0\.json is not what was released/),
    'policy release bank.v1: manifests/bank.v1.json is gone; put it back',
  ]);
});

test('R-OP-07: a part that differs from what the newest release of a licence names is told by its name, or that it is gone; an added one is not', () => {
  const bank = releases.filter(({ lenderType }) => lenderType === 'bank');
  const { version } = bank.at(-1)!;
  const { parts } = readManifest(version);
  const name = 'scoring/scorecards/sme-invoice-v2';
  expect(checkParts('scoring', { ...parts, 'scoring/scorecards/sme-invoice-v3': 'c' }, bank)).toEqual([]);
  expect(checkParts('scoring', { ...parts, [name]: 'ab' }, bank)).toEqual([
    `${name} has the hash ab, and policy release ${version} names it with ${parts[name]!.slice(0, 12)}; put that back, or make a new release, as docs/policy.md says`,
  ]);
  const { [name]: _gone, ...left } = parts;
  expect(checkParts('scoring', left, bank)).toEqual([
    expect.stringContaining(`scoring/scorecards/sme-invoice-v2 is gone, and policy release ${version} names it`),
  ]);
  expect(differingParts(parts, left)).toEqual([name]);
});
