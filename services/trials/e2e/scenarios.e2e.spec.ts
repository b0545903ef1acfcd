import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScenarioResult } from '../src/scenarios/play-scenarios.js';
import { runProgram } from './run-program.js';

// Goal: the acceptance scenarios that are built pass, and those that are not say so. Method: the program itself, on the standalone runtime.
const MAIN = 'services/trials/src/scenarios/main.ts';
const PASSING = [
  'S01',
  'S02.fine',
  'S02.expiry',
  'S02',
  'S03',
  'S07',
  'S08.committee',
  'S09',
  'S10.a',
  'S10.b',
  'S10.c',
  'S10',
  'S11.expiry',
  'S11.revoke',
  'S11.draft',
  'S11',
  'S12',
  'S13.unknown',
  'S13.refused',
  'S13.returned',
  'S13',
  'S15.money',
  'S16.money',
  'S16.reversal',
  'S16',
  'S17.roll',
  'S17.cured',
  'S17.contact',
  'S17.report',
  'S17',
  'S18.guarantor',
  'S18.extension',
  'S18.restructuring',
  'S18.renewal',
  'S18.transfer',
  'S18',
  'B5.claimed',
  'B5.lapsed',
  'B5',
];
/** A scenario that holds what is always held holds at least these many things; one that skipped it would hold fewer. */
const LEAST_ASSERTIONS = 40;
const directory = mkdtempSync(join(tmpdir(), 'millrace-scenarios-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test(`${PASSING.join(', ')} pass`, async () => {
  const file = join(directory, 'results.json');
  const { code, output } = await runProgram(MAIN, '--at-once', '2', '--json', file);
  if (code !== 0) throw new Error(output);
  const { scenarios } = JSON.parse(readFileSync(file, 'utf8')) as { scenarios: ScenarioResult[] };
  const withStatus = (status: string): string[] => scenarios.filter((scenario) => scenario.status === status).map(({ id }) => id);
  expect(withStatus('passed')).toEqual(PASSING);
  expect(withStatus('partial')).toEqual(['S08', 'S15']);
  expect(withStatus('not-built')).toEqual(expect.arrayContaining(['S20', 'B4']));
  for (const { id, assertions } of scenarios.filter(({ status }) => status === 'passed')) expect([id, assertions >= LEAST_ASSERTIONS]).toEqual([id, true]);
}, 1_200_000);

test.each(['bank', 'local_microloan'])(
  'S01, R-LG-01: a lender of the type %s lends by its own release, from the submission to the last instalment',
  async (lenderType) => {
    const { code, output } = await runProgram(MAIN, 'S01', '--lender', lenderType);
    expect([code, output]).toEqual([0, expect.stringMatching(new RegExp(`1 passed, 0 failed.*${lenderType}`))]);
  },
  180_000,
);

test('an unknown scenario ends with the ones that there are', async () => {
  const { code, output } = await runProgram(MAIN, 'S99');
  expect([code, output]).toEqual([1, expect.stringMatching(/There is no scenario S99; there are S01, S02\.fine/)]);
}, 60_000);
