import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canKillKafka, canKillRedis } from '@millrace/testing';
import type { ChaosReport } from '../src/chaos/chaos-run.js';
import { runScript } from './run-program.js';

// Goal: no process of the distributed topology is needed for nothing to be lost (issue 4 §4), and any instance can go (§1).
// Method: the program itself, short, with a new seed each time; `npm run chaos` is the long one.
const directory = mkdtempSync(join(tmpdir(), 'millrace-chaos-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Starts, kills and checks take minutes where the machine does other work too. */
const LIMIT_MS = 1_500_000;

async function chaos(...args: string[]): Promise<ChaosReport> {
  const [seed, file] = [randomInt(2 ** 31 - 1), join(directory, 'report.json')];
  process.stdout.write(`chaos: seed ${seed}, ${args.join(' ')}\n`);
  const { code, output } = await runScript('chaos', '--seed', String(seed), '--json', file, ...args);
  // The output names the seed and the rule that did not hold.
  if (code !== 0) throw new Error(output);
  expect(output.match(new RegExp(`^seed ${seed}\\b`, 'gm'))).toHaveLength(2);
  return JSON.parse(readFileSync(file, 'utf8')) as ChaosReport;
}

const broken = ({ invariants }: ChaosReport): string[] => invariants.filter(({ findings }) => findings.length > 0).map(({ name }) => name);

// Both are asked, so that all that is missing is said.
const [kafka, redis] = [canKillKafka(), canKillRedis()];
(kafka && redis ? describe : describe.skip)('the distributed topology', () => {
  test(
    'services, Kafka, PostgreSQL and Redis are killed while applications flow: nothing is lost, nothing is paid twice, everything comes back',
    async () => {
      const report = await chaos('--loans', '40', '--instances', '2', '--kills', '12', '--concurrency', '12');
      expect(broken(report)).toEqual([]);
      expect(report.invariants.map(({ name }) => name)).toEqual(expect.arrayContaining(['one-debit', 'requests-kept', 'no-lag', 'nothing-parked', 'all-back']));
      expect(report.killed).toMatchObject({ kafka: expect.any(Number), postgres: expect.any(Number), redis: expect.any(Number), gateway: expect.any(Number) });
      expect(Object.keys(report.killed)).toHaveLength(10);
    },
    LIMIT_MS,
  );

  test(
    'three instances of every service share the work, and one of each is killed for good: nothing is lost, and nothing stands still',
    async () => {
      const report = await chaos('--kind', 'one-instance', '--loans', '40', '--instances', '3', '--concurrency', '12');
      expect(broken(report)).toEqual([]);
      expect(report.invariants.map(({ name }) => name)).toEqual(expect.arrayContaining(['work-spreads', 'no-stall']));
      expect(Object.values(report.killed)).toEqual([1, 1, 1, 1, 1, 1]);
      process.stdout.write(`longest wait of an event, in ms: ${JSON.stringify(report.longestWaitsMs)}\nhandled: ${JSON.stringify(report.handled)}\n`);
    },
    LIMIT_MS,
  );
});
