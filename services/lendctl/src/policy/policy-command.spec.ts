import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  checkManifests,
  checkParts,
  oldestFirst,
  readManifest,
  readReleases,
  releasedHashes,
  releasesFolder,
  type LenderType,
  type PolicyParts,
  type PolicyRelease,
} from '@millrace/policy';
import { runLendctl, type Outcome } from '../../test/run-lendctl.js';
import { STORED_CASE } from '../../test/stored-case.js';
import { comparedParts } from './compared-parts.js';
import { cutRelease } from './cut-release.js';
import { nextVersion } from './named-release.js';
import { partsInPlace } from './parts-in-place.js';

const directory = mkdtempSync(join(tmpdir(), 'millrace-policy-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const policy = (...args: string[]): Promise<Outcome> => runLendctl({}, 'policy', ...args);

/** Newest release of a licence, of which the one that a test cuts is the next. */
const newest = (lenderType: LenderType, folder?: URL): PolicyRelease =>
  oldestFirst(readReleases(folder ?? releasesFolder)).findLast((release) => release.lenderType === lenderType)!;
const NEXT = nextVersion('bank', oldestFirst(readReleases(releasesFolder)));

test('an officer sees which releases there are, and what a parameter is on which day', async () => {
  const listed = await policy('list');
  expect(listed.out).toMatch(new RegExp(`online_microloan\\.v0 +2016-01-01 +\\d+ +\\d+ +${readManifest('online_microloan.v0').sha256.slice(0, 12)}`));
  const { out } = await policy('show', 'limit.dscrService', '--lender', 'bank', '--on', '2027-02-01');
  expect(out).toMatch(/limit\.dscrService +lender +application +word +2027-01-01 +"method" +M-LM-05, M-LM-11/);
  expect((await policy('show', 'limit.dscrService', '--on', '2026-03-02')).out).toContain('"annuity"');
  expect(JSON.parse((await policy('show', 'cost', '--lender', 'bank', '--json')).out)).toContainEqual(
    expect.objectContaining({ id: 'cost.allInCapBps', scope: 'bank', binds: 'contract', value: 2400, cites: ['G-IL-14'] }),
  );
});

test('two releases are compared, and one with what the files say of another day', async () => {
  expect((await policy('diff', 'online_microloan.v0', 'bank.v0')).out).toMatch(/exposure\.base +"netAssets" +"netCapital" +G-WC-12/);
  const { version, effectiveFrom } = newest('bank');
  // A reason, product or wording that was added since waits for the next release; nothing else may differ.
  const now = (await policy('diff', version, `bank@${effectiveFrom}`)).out;
  const differing = now
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '' && !/^(reasons\/catalogue|loan-application\/products|[a-z-]+\/templates)\/\S+ +– +"/.test(line));
  expect(differing).toEqual([]);
  // Products, reasons and some parameters are younger than the first release.
  const { out } = await policy('diff', 'bank.v0', 'bank@2026-12-31');
  expect(out).toMatch(/loan-application\/products \(4 parts\) +– +"[0-9a-f]{12}"/);
  expect(out).toMatch(/reasons\/catalogue \(\d+ parts\) +– +"[0-9a-f]{12}"/);
  expect(out).toMatch(/classification\.lossOverDpd +– +360 +G-CL-09/);
  expect((await policy('diff', 'bank.v0', 'bank@2027-01-01')).out).toMatch(/limit\.dscrService +"annuity" +"method"/);
});

test('a case is evaluated under two releases, so that the effect of a change is seen', async () => {
  const file = join(directory, 'case.json');
  writeFileSync(file, JSON.stringify(STORED_CASE));
  const rows = JSON.parse((await policy('try', 'online_microloan.v0', 'online_microloan@2027-01-01', '--case', file, '--json')).out) as {
    figure: string;
    before: unknown;
    after: unknown;
  }[];
  const of = (name: string) => rows.find(({ figure }) => figure === name);
  expect(of('bindingCap')).toMatchObject({ before: 'dscr', after: 'dscr' });
  expect([of('limitMinor')!.before, of('limitMinor')!.after]).toEqual(['32000000', '31000000']);
  expect((await policy('try', 'online_microloan.v0', 'bank.v0', '--case', file)).out).not.toContain('changes');
});

test.each([
  [['show', 'repayment.graceDays'], 1, /there is no parameter repayment\.graceDays; .* sections?|there is no parameter/],
  [['show', 'cost', '--on', '2026-02-30'], 1, /2026-02-30 is no day/],
  [['show', 'cost', '--lender', 'pawnbroker'], 1, /there is no lender type pawnbroker; there are bank/],
  [['diff', 'bank.v0', 'bank.v99'], 1, /there is no release bank\.v99; there are bank\.v0/],
  [['try', 'bank.v0', 'bank.v0'], 2, /say either --application or --case/],
  [['try', 'bank.v0', 'bank.v0', '--case', '/nowhere.json'], 1, /\/nowhere\.json cannot be read/],
  [['release', 'bank', '--from', '2016-01-01'], 1, /bank\.v\d+ is in force from \d{4}-\d\d-\d\d; a later release needs a later day/],
])('lendctl policy %j ends with one line', async (args, exitCode, line) => {
  const outcome = await policy(...args);
  expect([outcome.exitCode, outcome.err]).toEqual([exitCode, expect.stringMatching(line)]);
});

/** A folder of its own with all that was released. */
function copyOfReleases(): URL {
  const folder = pathToFileURL(`${mkdtempSync(join(directory, 'releases-'))}/`);
  cpSync(releasesFolder, folder, { recursive: true });
  return folder;
}
const textOf = (folder: URL, file: string): string => readFileSync(new URL(file, folder), 'utf8');

test('a release is cut as a file of its own, with its hash in the list beside those that were there', () => {
  const folder = copyOfReleases();
  const before = releasedHashes(folder);
  const table = 'kyc-antifraud/tables/fraud-rules';
  const manifest = cutRelease('bank', '2040-07-01', { ...partsInPlace(), [table]: 'changed' }, folder);
  expect(manifest.version).toBe(NEXT);
  expect(readManifest(NEXT, folder)).toEqual(manifest);
  expect([manifest.parts[table], manifest.sha256]).toEqual(['changed', expect.not.stringMatching(readManifest(newest('bank').version).sha256)]);
  expect(JSON.parse(textOf(folder, `${NEXT}.json`))).toMatchObject({ version: NEXT, lenderType: 'bank', effectiveFrom: '2040-07-01' });
  expect(releasedHashes(folder)).toEqual({ ...before, [NEXT]: manifest.parts['parameters'] });
  expect(readReleases(folder).flatMap(({ problems }) => problems)).toEqual([]);
  expect(cutRelease('bank', '2041-01-01', partsInPlace(), folder).version).not.toBe(NEXT);
});

test('R-OP-07: a release holds products and reasons too; a shipped one that changes is named, an added one waits for the next, and older manifests stay valid', () => {
  const folder = copyOfReleases();
  const parts = partsInPlace();
  const [product, reason] = ['loan-application/products/invoice-loan.v1', 'reasons/catalogue/FIRM_YOUNG'] as const;
  expect(parts).toMatchObject({ [product]: expect.stringMatching(/^[0-9a-f]{64}$/), [reason]: expect.stringMatching(/^[0-9a-f]{64}$/) });
  const faults = (owner: string, now: PolicyParts, ofBank = [newest('bank', folder)]): string[] => checkParts(owner, now, ofBank, folder);
  // The first releases do not name them, so that none of them can differ.
  const first = oldestFirst(readReleases(folder)).filter(({ version }) => version === 'bank.v1');
  expect(readManifest('bank.v1', folder).parts).not.toHaveProperty([reason]);
  const named = [...faults('reasons', { ...parts, [reason]: 'ab' }, first), ...faults('loan-application', { ...parts, [product]: 'ab' }, first)];
  // Tables, which they do name, may have changed since.
  expect(named.filter((fault) => /^(reasons|loan-application\/products)\//.test(fault))).toEqual([]);
  cutRelease('bank', '2040-07-01', parts, folder);
  expect([...faults('reasons', { ...parts, 'reasons/catalogue/ADDED': 'ab' }), ...faults('loan-application', parts)]).toEqual([]);
  expect([...faults('reasons', { ...parts, [reason]: 'ab' }), ...faults('loan-application', { ...parts, [product]: 'ab' })]).toEqual([
    expect.stringContaining(`reasons/catalogue/FIRM_YOUNG has the hash ab, and policy release ${NEXT} names it`),
    expect.stringContaining(`loan-application/products/invoice-loan.v1 has the hash ab, and policy release ${NEXT} names it`),
  ]);
  expect(checkManifests(oldestFirst(readReleases(folder)), folder)).toEqual([]);
  expect(comparedParts(parts, { ...parts, [reason]: 'ab' })).toEqual([{ id: reason, before: parts[reason]!.slice(0, 12), after: 'ab' }]);
});

test.each<[string, (folder: URL) => void, RegExp]>([
  [
    'was edited',
    (folder) => writeFileSync(new URL('bank.v0.json', folder), textOf(folder, 'bank.v0.json').replace('"value":60', '"value":10')),
    /^bank\.v0\.json: it is not what was released as bank\.v0 \(its SHA-256 is [0-9a-f]{64}\); put that back/,
  ],
  [
    'has another manifest',
    (folder) => writeFileSync(new URL('manifests/bank.v0.json', folder), textOf(folder, 'manifests/bank.v1.json')),
    /^policy release bank\.v0: manifests\/bank\.v0\.json is not what was released/,
  ],
  ['is gone', (folder) => rmSync(new URL('local_microloan.v0.json', folder)), /^local_microloan\.v0\.json: it was released and is gone; put it back$/],
])('R-OP-07: no release is cut while a released file %s, and the list keeps its hashes', (_, spoil, line) => {
  const folder = copyOfReleases();
  const list = textOf(folder, 'released.json');
  spoil(folder);
  expect(() => cutRelease('bank', '2040-07-01', partsInPlace(), folder)).toThrow(line);
  expect(textOf(folder, 'released.json')).toBe(list);
  expect(existsSync(new URL(`${NEXT}.json`, folder))).toBe(false);
});
