import { readFileSync } from 'node:fs';
import { allParameters } from '@millrace/policy';
import { listFiles } from './source-tree.js';
import { CitationIndex, codesIn } from './rules/citations.js';
import { faultsOfRule, Register, type Rule } from './rules/register.js';
import { rowsOfTables } from './rules/rows-of-tables.js';
import { RulePages, SCENARIO_CODES } from './rules/rule-pages.js';

// Goal: whoever reads a code finds out what it means, and whoever reads a rule finds out what follows and proves it.
const register = new Register();
const known = new Set(register.codes);
const tree = listFiles();
const index = new CitationIndex(tree, (code) => known.has(code));
const withoutTest = (codes: readonly string[]): string[] => codes.filter((code) => index.of(code).tests.length === 0);

const rows = rowsOfTables(tree);
test('the register is sound: codes once, a sentence each, law with its date', () => {
  expect(register.faults()).toEqual([]);
});

test.each<[string, Partial<Rule>]>([
  ['no code', { code: 'G-ML-1' }],
  ['no sentence', { rule: 'Ten percent' }],
  ['a law without a date', { source: { law: '民法典', inForce: '', known: 'statute' } }],
  ['a law of unknown standing', { source: { law: '民法典', inForce: '2021-01-01', known: 'rumour' as 'memory' } }],
  ['a law that is called a default', { source: 'default' }],
])('an entry with %s is refused', (_, change) => {
  const sound: Rule = {
    code: 'G-ML-01',
    rule: 'One borrower owes 10% at most.',
    source: { law: '民法典', inForce: '2021-01-01', known: 'statute' },
  };
  expect(faultsOfRule(sound)).toEqual([]);
  expect(faultsOfRule({ ...sound, ...change })).toHaveLength(1);
});

test('a code that nothing registers is told with its file, tests stand apart, and the changelog has only to resolve', () => {
  const files = {
    'CHANGELOG.md': 'T99 R-CR-01',
    'libs/a/src/a.ts': 'R-CR-01',
    'libs/a/src/a.spec.ts': 'R-CR-01',
    'libs/a/a.png': 'R-CR-98',
    'docs/rules.md': 'R-CR-99',
  };
  const found = new CitationIndex(
    Object.entries(files).map(([path, text]) => ({ path, text })),
    (code) => code === 'R-CR-01',
  );
  expect(found.unresolved).toEqual(['CHANGELOG.md: T99']);
  expect(found.of('R-CR-01')).toEqual({ files: ['libs/a/src/a.ts'], tests: ['libs/a/src/a.spec.ts'] });
});

test('every code that code, tests, documents or configuration cite is registered in libs/policy/rules or docs/register', () => {
  expect(index.unresolved).toEqual([]);
});

test('every rule is named by a test', () => {
  expect(withoutTest(register.rules.map(({ code }) => code))).toEqual([]);
});

test('the scenarios are those that `npm run scenarios` plays or names', () => {
  expect(register.scenarios.map(({ code }) => code)).toEqual(SCENARIO_CODES);
});

test('every finding is cited, or its entry goes', () => {
  expect(register.findings.map(({ id }) => id).filter((id) => !index.isCited(id))).toEqual([]);
});

test('every value of a parameter cites rules that are registered', () => {
  const cited = allParameters().flatMap(({ id, values }) => values.flatMap(({ cites }) => cites.map((code) => ({ id, code }))));
  expect(cited.length).toBeGreaterThan(90);
  const rules = new Set(register.rules.map(({ code }) => code));
  expect(cited.filter(({ code }) => !rules.has(code)).map(({ id, code }) => `${id} cites ${code}`)).toEqual([]);
});

test('every row of a decision table cites what is registered, and a rule among it', () => {
  const [rules, registered] = [new Set(register.rules.map(({ code }) => code)), new Set(register.codes)];
  expect(rows.length).toBeGreaterThan(80);
  expect(rows.flatMap(({ name, cites }) => cites.filter((code) => !registered.has(code)).map((code) => `${name} cites ${code}`))).toEqual([]);
  expect(rows.filter(({ cites }) => !cites.some((code) => rules.has(code))).map(({ name }) => name)).toEqual([]);
});

test.each(Object.entries(new RulePages(register, index).render()))('%s is what the register and the tree say now: run `npm run docs:rules`', (path, page) => {
  expect(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')).toBe(page);
});

test.each<[string, string[]]>([
  ['(R-CR-02, SEC-4, T61) and F06', ['R-CR-02', 'SEC-4', 'T61', 'F06']],
  ['F01–F03 and M-AM-01 to M-AM-03', ['F01', 'F03', 'M-AM-01', 'M-AM-03', 'F02', 'M-AM-02']],
  ['S10a, S10.c, S01-7 and `S13`', ['S10', 'S01', 'S13']],
  ["test('B3: a cap'), (G-PR-03, B3), 'B4, R-OP-06: a row'", ['B3', 'G-PR-03', 'B4', 'R-OP-06']],
  ['a code that nobody knows: R-CR-2, G-XX-99', ['R-CR-2', 'G-XX-99']],
])('%s cites %j', (text, codes) => {
  expect(codesIn(text)).toEqual(codes);
});

test.each([
  'a day}T09:00:00Z and 2026-03-02T01:00:00Z',
  'tiers T0 to T3, consents C1–C9, buckets M0 to M7, grades R1–R10, stages D',
  'industries F51, F52, E47, E50, firm E297',
  "'sale,1,2019-12-31,B1,330.19', { counterparty: 'B2' }, ['B2', 'B3'], 'B1'",
  'sha D1f03, MILLRACE_T26X, ABCF06, SEC-7a, S01b2',
])('%s cites nothing', (text) => {
  expect(codesIn(text)).toEqual([]);
});
