import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DecisionTable } from './decision-table.js';
import { draftRelease, releasesFolder, type PolicyRelease } from './policy-release.js';
import { manifestFile, manifestOf } from './release-manifest.js';
import type { AnyContract } from './table-contract.js';
import { checkTableVersions, keepTable, MissingTableVersion, TableNotKept, TableVersions, type TablePlace } from './table-versions.js';

// Method: a table is released, edited, released again; what was decided by each version is decided again.
const CONTRACT: AnyContract = { inputs: { age: { type: 'whole', least: 0, most: 150 } }, outputs: { code: { type: 'words', words: ['UNDER_AGE'] } } };
const textOf = (adult: number): string => JSON.stringify({ rows: [{ code: 'UNDER_AGE', when: { age: `< ${adult}` }, then: {}, cites: ['M-AM-05'] }] });
const examplesOf = (adult: number): string =>
  JSON.stringify({
    usual: { age: 40 },
    examples: [
      { given: { age: adult - 1 }, hits: [{ code: 'UNDER_AGE' }] },
      { given: { age: adult }, hits: [] },
    ],
  });
const sha256Of = (adult: number): string => new DecisionTable(textOf(adult), CONTRACT).sha256;

const directory = mkdtempSync(join(tmpdir(), 'millrace-tables-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const releases = pathToFileURL(`${mkdtempSync(join(directory, 'releases-'))}/`);
const released: PolicyRelease[] = [];
cpSync(releasesFolder, releases, { recursive: true });

function place(former: Readonly<Record<string, string>> = {}): TablePlace {
  return { service: 'grown-ups', name: 'ages', folder: pathToFileURL(`${mkdtempSync(join(directory, 'tables-'))}/`), former };
}

function edit({ folder, name }: TablePlace, adult: number): void {
  writeFileSync(new URL(`${name}.json`, folder), textOf(adult));
  writeFileSync(new URL(`${name}.examples.json`, folder), examplesOf(adult));
}

function release(sha256: string): void {
  const next = draftRelease(`bank.v${9 + released.length}`, 'bank', '2027-01-01');
  released.push(next);
  const { file, text } = manifestFile(manifestOf(next, { 'grown-ups/tables/ages': sha256 }), releases);
  writeFileSync(file, text);
}

const check = (where: TablePlace): Promise<string[]> => checkTableVersions(where, CONTRACT, released, releases);

test('R-IT-04, R-OP-07: an old decision is made again by the version that it names, a new one by the newest, and one that is missing is named', async () => {
  const [old, young] = [sha256Of(18), sha256Of(21)];
  const where = place({ [`former of ${old}`]: old });
  edit(where, 18);
  release(old);
  expect(await check(where)).toEqual([
    `ages.json: policy release bank.v9 names it, and it is not kept as released/ages.${old.slice(0, 12)}.json; copy it there`,
  ]);
  expect([keepTable(where, CONTRACT), keepTable(where, CONTRACT)]).toEqual([`services/grown-ups/tables/released/ages.${old.slice(0, 12)}.json`, undefined]);
  edit(where, 21);
  release(young);
  keepTable(where, CONTRACT);
  expect(await check(where)).toEqual([]);

  const versions = new TableVersions(where, CONTRACT);
  const of19 = (sha256: string): Promise<object[]> => versions.of(sha256).evaluate({ age: 19 });
  expect([await of19(old), await of19(young), await of19(`former of ${old}`)]).toEqual([[], [{ code: 'UNDER_AGE' }], []]);
  expect(versions.newest.sha256).toBe(young);

  const earlier = new TableVersions({ ...where, notKept: ['of before'] }, CONTRACT);
  expect(() => earlier.of('of before')).toThrow(new TableNotKept('ages has the version of before of before versions were kept'));
  const missing = sha256Of(20);
  expect(() => versions.of(missing)).toThrow(
    new MissingTableVersion(`ages has no version with the hash ${missing}; put it back as released/ages.${missing.slice(0, 12)}.json`),
  );
});

test('R-OP-07: a kept version that is gone, or is not what its name says, is told before anything decides by it', async () => {
  const where = place();
  edit(where, 21);
  keepTable(where, CONTRACT);
  const [old, young] = [sha256Of(18), sha256Of(21)];
  expect(await check(where)).toEqual([
    `ages.json: policy release bank.v9 names a version that is gone: ages has no version with the hash ${old}; put it back as released/ages.${old.slice(0, 12)}.json`,
  ]);
  writeFileSync(new URL(`released/ages.${old.slice(0, 12)}.json`, where.folder), textOf(19));
  expect(readdirSync(new URL('released/', where.folder))).toHaveLength(2);
  expect(await check(where)).toEqual([`ages.json: released/ages.${old.slice(0, 12)}.json has the hash ${sha256Of(19)}; put back what was released`]);
  expect(young).not.toBe(old);
});
