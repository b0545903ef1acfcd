import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures } from '../src/bench/print-figures.js';
import { runProgram } from './run-program.js';

// Goal: the benchmark runs to its end and its figures are there. Method: the program itself, on the smallest load; no figure is judged, as the machine may be busy.
const directory = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test('the pipeline is measured on an installation of its own, with what a loan costs', async () => {
  const file = join(directory, 'figures.json');
  const load = ['--loans', '10', '--seconds', '2', '--rounds', '1', '--stored', '10', '--concurrency', '4'];
  const { code, output } = await runProgram('services/trials/src/bench/main.ts', '--only', 'pipeline', ...load, '--json', file);
  if (code !== 0) throw new Error(output);
  const { pipeline } = JSON.parse(readFileSync(file, 'utf8')) as Figures;
  expect(pipeline).toHaveLength(1);
  expect(pipeline![0]!.storedLoans).toBeGreaterThanOrEqual(20);
  expect(pipeline![0]!.rounds[0]!.loansPerSecond).toBeGreaterThan(0);
}, 600_000);

test('R-CR-07: the close is measured on a book of its own, each day beside one statement over the same rows', async () => {
  const file = join(directory, 'close.json');
  const { code, output } = await runProgram('services/trials/src/bench/main.ts', '--only', 'close', '--loans', '1000', '--days', '5', '--json', file);
  if (code !== 0) throw new Error(output);
  const { close } = JSON.parse(readFileSync(file, 'utf8')) as Figures;
  expect(close!.days.map(({ day }) => day)).toEqual(['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05']);
  expect(close!.days.reduce((changed, day) => changed + day.changed, 0)).toBeGreaterThan(0);
}, 300_000);
