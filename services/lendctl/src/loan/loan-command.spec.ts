import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runLendctl, type Outcome } from '../../test/run-lendctl.js';

// Goal: a worked case of the documentation is what the program says. Method: each file is played, and its result is held against the one beside it.
const CASES = fileURLToPath(new URL('../../../../docs/loan-cases/', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'millrace-loan-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const project = (file: string, ...more: string[]): Promise<Outcome> => runLendctl({}, 'loan', 'project', '--file', file, ...more);
const written = (content: unknown): string => {
  const file = join(directory, 'case.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const names = readdirSync(CASES).flatMap((file) => (/\.json$/.test(file) && !/\.(?:result|schema)\.json$/.test(file) ? [file.replace(/\.json$/, '')] : []));

test('there are worked cases', () => {
  expect(names.length).toBeGreaterThanOrEqual(10);
});

test.each(names)('R-CR-07, R-PL-06: the worked case %s', async (name) => {
  const { exitCode, out } = await project(join(CASES, `${name}.json`), '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(join(CASES, `${name}.result.json`), 'utf8')));
});

test('S16, S17, F14, F17: the worked cases hold the figures of the acceptance scenarios', () => {
  const standings = (name: string) =>
    (JSON.parse(readFileSync(join(CASES, `${name}.result.json`), 'utf8')) as { standings: Record<string, unknown>[] }).standings;
  expect(standings('overdue').map((one) => [one['dpd'], one['bucket'], one['class']])).toEqual([
    [1, 'M1', 'SPECIAL_MENTION'],
    [30, 'M1', 'SPECIAL_MENTION'],
    [35, 'M2', 'SPECIAL_MENTION'],
    [90, 'M3', 'SPECIAL_MENTION'],
    [91, 'M4', 'SUBSTANDARD'],
  ]);
  expect(standings('paid-off-early').at(-1)).toMatchObject({ principalMinor: '0', payoffMinor: '0' });
  expect(standings('payoff-told-late')).toEqual([
    expect.objectContaining({ on: '2026-01-30', principalMinor: '0' }),
    expect.objectContaining({ on: '2026-02-10', principalMinor: '0' }),
  ]);
  expect(standings('due-on-a-holiday').map(({ dpd, penaltyMinor }) => [dpd, penaltyMinor])).toEqual([
    [0, '0'],
    [0, '0'],
    [0, '0'],
  ]);
});

const TERMS = { principalMinor: '100000', annualRatePercent: '7.2', method: 'bullet', instalments: 3, disbursedOn: '2026-03-02', dayCount: 'ACT/365' };

test.each<[string, unknown, RegExp]>([
  ['no JSON', '{', /cannot be read/],
  ['a list', [], /it is no object/],
  ['money as a number', { terms: { ...TERMS, principalMinor: 100_000 } }, /terms\.principalMinor/],
  ['a field that nobody reads', { terms: TERMS, fact: [] }, /fact: property fact should not exist/],
  [
    'a fact that nobody knows',
    { terms: TERMS, facts: [{ kind: 'mood', from: '2026-04-01' }] },
    /facts\.0\.kind: kind must be one of the following values: misuse/,
  ],
  [
    'a fact that ends before it begins',
    { terms: TERMS, facts: [{ kind: 'misuse', from: '2026-04-02', to: '2026-04-01' }] },
    /misuse from 2026-04-02 ends before it begins/,
  ],
  ['a fact of no day', { terms: TERMS, facts: [{ kind: 'misuse', from: '2026-02-30' }] }, /2026-02-30/],
  ['a day of another century', { terms: TERMS, asOf: ['2999-01-01'] }, /2999-01-01 is more than 36525 days after the loan was paid out/],
  ['a day of no calendar', { terms: { ...TERMS, disbursedOn: '2026-02-30' } }, /2026-02-30/],
  ['a day of no calendar that is asked for', { terms: TERMS, asOf: ['2026-02-30'] }, /2026-02-30/],
  ['a day before the loan', { terms: TERMS, asOf: ['2026-03-01'] }, /2026-03-01 is before the loan was paid out/],
  ['a reversal of what has not come', { terms: TERMS, movements: [{ id: 'a', kind: 'reversal', of: 'b' }] }, /a takes back b, which is not there/],
  [
    'reversals of each other',
    {
      terms: TERMS,
      movements: [
        { id: 'a', kind: 'reversal', of: 'b' },
        { id: 'b', kind: 'reversal', of: 'a' },
      ],
    },
    /a takes back reversals in a circle/,
  ],
  ['an extension without its dates', { terms: TERMS, movements: [{ id: 'x', kind: 'extension', valueOn: '2026-04-01' }] }, /movements\.0\.dueDates/],
  ['a movement twice', { terms: TERMS, movements: Array(2).fill({ id: 'a', kind: 'payoff', valueOn: '2026-04-01' }) }, /movements/],
  [
    'money before the loan',
    { terms: TERMS, movements: [{ id: 'a', kind: 'payoff', valueOn: '2026-03-01' }] },
    /a is valued 2026-03-01, before the loan was paid out/,
  ],
  [
    'a drawing after the end',
    { terms: TERMS, movements: [{ id: 'd', kind: 'drawing', valueOn: '2026-06-02', amountMinor: '5' }] },
    /d on 2026-06-02 comes after the last due date/,
  ],
])('%s ends with one line', async (_, content, line) => {
  const { exitCode, err } = await project(written(content));
  expect(exitCode).toBe(1);
  expect(err).toMatch(line);
  expect(err).not.toContain('    at ');
});

test('for people, amounts stand in tables', async () => {
  const { out } = await project(join(CASES, 'overdue.json'));
  expect(out).toContain('Amounts in fen.');
  expect(out).toMatch(/2026-07-07 +25148351 +306679 +27434 +1670 +25484134 +35 +M2 +SPECIAL_MENTION/);
});
