import { valueOn } from './dated-values.js';
import { allParameters, checkTopics, faultsOfTopic, parametersOf } from './parameter-topics.js';
import { lenderTypeProblem } from './find-policy.js';
import { faultsOfLender, lenderFactMinor, type LenderFile } from './lender-facts.js';
import {
  conflictsOf,
  draftRelease,
  parametersOn,
  policyOfRelease,
  readRelease,
  releaseFiles,
  releaseSha256,
  releaseText,
  type PolicyRelease,
} from './policy-release.js';
import { LENDER_TYPES } from './policy.js';

const FIRST = releaseFiles().find(({ file }) => file === 'online_microloan.v0.json')!.release!;
const later = (change: Partial<PolicyRelease>): PolicyRelease => ({ ...FIRST, version: 'online_microloan.v1', effectiveFrom: '2026-07-01', ...change });
const withValue = (id: string, value: unknown): PolicyRelease['parameters'] => ({ ...FIRST.parameters, [id]: { ...FIRST.parameters[id]!, value } });
const readAs = (release: PolicyRelease) => readRelease(`${release.version}.json`, releaseText(release), { [release.version]: releaseSha256(release) });

test('R-OP-07: a released file that changed is refused, and one that is gone', () => {
  const released = { [FIRST.version]: releaseSha256(FIRST) };
  expect(readRelease('online_microloan.v0.json', releaseText(FIRST), released).problems).toEqual([]);
  const changed = { ...FIRST, parameters: withValue('approval.autoMaxMinor', '40000000') };
  expect(readRelease('online_microloan.v0.json', releaseText(changed), released).problems).toEqual([
    expect.stringMatching(/^it is not what was released as online_microloan.v0 \(its SHA-256 is [0-9a-f]{64}\); put that back, and make a new release/),
  ]);
  expect(conflictsOf([], released)).toEqual([
    expect.objectContaining({ file: 'online_microloan.v0.json', problems: ['it was released and is gone; put it back'] }),
  ]);
});

test('T31: two releases of one day are refused, one under another name, and a file that is not JSON', () => {
  const twin = readAs(later({ effectiveFrom: FIRST.effectiveFrom }));
  const [, second] = conflictsOf([readAs(FIRST), twin], {});
  expect(second!.problems).toEqual(['online_microloan.v0.json is in force for online_microloan from 2016-01-01 too; give one of them another day']);
  expect(readRelease('other.json', releaseText(FIRST), {}).problems).toEqual(['version online_microloan.v0 must be the name of the file without .json']);
  expect(readRelease('other.json', '{', {}).problems).toHaveLength(1);
});

test('R-OP-07: an old release that lacks a younger parameter has the value that the program went by then', () => {
  const { 'price.marginBps': _young, ...parameters } = FIRST.parameters;
  const { policy, problems } = policyOfRelease(later({ parameters }));
  expect([policy?.price.marginBps, problems]).toEqual([60, []]);
  // What it says itself is never overruled by the files of parameters.
  expect(policyOfRelease(later({ parameters: withValue('price.marginBps', 65) })).policy?.price.marginBps).toBe(65);
});

test('a release with a parameter that no type knows, or a value out of range, does not load', () => {
  expect(policyOfRelease(later({ parameters: { ...FIRST.parameters, 'price.margin': FIRST.parameters['price.marginBps']! } })).problems).toEqual([
    expect.stringMatching(/^price.margin 60: property margin should not exist/),
  ]);
  expect(policyOfRelease(later({ parameters: withValue('price.marginBps', -1) })).problems).toEqual([
    'price.marginBps -1: must be a whole number from 0 to 3600',
  ]);
});

test.each(LENDER_TYPES)('a value of %s that is added or changed is in a release, and what was released is what the files say of its day', (lenderType) => {
  const releases = releaseFiles().flatMap(({ release }) => (release?.lenderType === lenderType ? release : []));
  const newest = releases.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0]!;
  const differing = releases.flatMap(({ version, effectiveFrom, parameters }) =>
    Object.entries(parametersOn(lenderType, effectiveFrom))
      .filter(([id, value]) => (version === newest.version || id in parameters) && JSON.stringify(value) !== JSON.stringify(parameters[id]))
      .map(([id]) => `${id} is not what ${version} has: give the new value a day of its own, and release it`),
  );
  const waiting = parametersOf(lenderType).flatMap(({ id, values }) =>
    values.filter(({ from }) => from > newest.effectiveFrom).map(({ from }) => `${id} changes on ${from}, and no release takes it up: lendctl policy release`),
  );
  expect([...differing, ...waiting]).toEqual([]);
  expect(draftRelease(newest.version, lenderType, newest.effectiveFrom).parameters).toEqual(newest.parameters);
});

test('the files of parameters are sound, and a value holds from its day', () => {
  expect(checkTopics()).toEqual([]);
  expect(new Set(allParameters().map(({ scope }) => scope))).toEqual(new Set(['law', 'licence', 'lender']));
  const values = [
    { from: '2016-01-01', value: 1, cites: ['M-RP-01'] },
    { from: '2026-07-01', value: 2, cites: ['M-RP-01'] },
  ];
  expect(['2015-12-31', '2016-01-01', '2026-06-30', '2026-07-01'].map((date) => valueOn(values, date)?.value)).toEqual([undefined, 1, 1, 2]);
});

const VALUE = { from: '2016-01-01', value: 60, cites: ['M-RP-01'] };
const FILE = 'parameters/lender/price.json';
const TOPIC = {
  topic: 'Price',
  section: 'price',
  scope: 'lender',
  binds: 'application',
  parameters: { marginBps: { unit: 'basis points', values: [VALUE] } },
} as const;
const withParameter = (parameter: object) => ({ ...TOPIC, parameters: { marginBps: { ...TOPIC.parameters.marginBps, ...parameter } } });
test.each([
  ['another place', { ...TOPIC, scope: 'law' }, 'must be parameters/law/price.json'],
  ['no scope', { ...TOPIC, scope: 'rumour' }, 'has no scope'],
  ['a moment that the code does not read it at', { ...TOPIC, binds: 'today' }, 'binds today; the code reads price as of application'],
  ['a unit that its name contradicts', withParameter({ unit: 'fen' }), 'marginBps has the unit fen; its name says basis points'],
  ['no citation', withParameter({ values: [{ ...VALUE, cites: [] }] }), 'marginBps needs the code of a rule'],
  ['days that fall', withParameter({ values: [VALUE, { ...VALUE, from: '2015-01-01' }] }), 'marginBps needs values with days that rise'],
  ['no value', withParameter({ values: [] }), 'marginBps has no value'],
])('a file of parameters with %s is refused', (_, topic, fault) => {
  expect(faultsOfTopic(FILE, TOPIC)).toEqual([]);
  expect(faultsOfTopic(FILE, topic as unknown as typeof TOPIC)[0]).toContain(`${FILE}: `);
  expect(faultsOfTopic(FILE, topic as unknown as typeof TOPIC).join()).toContain(fault);
});

test('T22: a lender type without a release in force is told in one line, with those that have one', () => {
  const policies = releaseFiles().flatMap(({ policy }) => (policy?.version === 'online_microloan.v0' ? policy : []));
  expect(lenderTypeProblem(policies, 'bank', '2026-11-28')).toBe(
    'MILLRACE_LENDER_TYPE is bank, for which no policy release is in force on 2026-11-28; there are: online_microloan from 2016-01-01',
  );
  expect(lenderTypeProblem(policies, 'online_microloan', '2016-01-01')).toBeUndefined();
});

const FACT = { from: '2026-04-30', asOf: '2025-12-31', minor: '9000000000', source: 'Audited accounts of 2025' };
const LENDER: LenderFile = { lender: 'north', facts: { netAssets: [FACT], netCapital: [FACT] } };
test.each([
  ['no figure', { ...LENDER, facts: { netAssets: [FACT], netCapital: [] } }, 'has no netCapital'],
  ['a figure of a day to come', { ...LENDER, facts: { ...LENDER.facts, netAssets: [{ ...FACT, asOf: '2026-12-31' }] } }, 'which must be a day before'],
  ['nothing', { ...LENDER, facts: { ...LENDER.facts, netAssets: [{ ...FACT, minor: '0' }] } }, 'an amount in fen above 0'],
  ['no source', { ...LENDER, facts: { ...LENDER.facts, netAssets: [{ ...FACT, source: '' }] } }, 'needs its source'],
  ['days that fall', { ...LENDER, facts: { ...LENDER.facts, netAssets: [FACT, FACT] } }, 'days that rise'],
])('G-ML-01: a lender with %s is refused', (_, lender, fault) => {
  expect(faultsOfLender('north.json', LENDER)).toEqual([]);
  expect(faultsOfLender('north.json', lender).join()).toContain(fault);
  expect(faultsOfLender('south.json', LENDER)).toHaveLength(1);
});

test('G-ML-01: a figure counts from the day it was adopted, and a tenant without a file has the default lender', () => {
  expect(lenderFactMinor('default', 'netAssets', '2026-03-02')).toBe(10_000_000_000n);
  expect(lenderFactMinor('some tenant', 'netAssets', '2026-03-02')).toBe(10_000_000_000n);
  expect(() => lenderFactMinor('default', 'netAssets', '2015-12-31')).toThrow('lender default has no netAssets on 2015-12-31');
});
