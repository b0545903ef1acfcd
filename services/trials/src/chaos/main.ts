import { writeFileSync } from 'node:fs';
import { failStart } from '@millrace/service';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import type { RunningDistributed } from '@millrace/standalone/start-distributed';
import { say } from '@millrace/standalone/greet';
import { reportViolation } from '../patient-load/report-violation.js';
import { readChaosOptions, type ChaosOptions } from './chaos-options.js';
import { ChaosRun } from './chaos-run.js';
import { reportAsText } from './print-report.js';
import { startTopology } from '../topology/start-topology.js';

const INTERRUPTED = 130;

const commandOf = ({ seed, loans, instances, kind, kills, concurrency }: ChaosOptions): string =>
  `npm run chaos -- --seed ${seed} --loans ${loans} --instances ${instances} --kind ${kind} --kills ${kills} --concurrency ${concurrency}`;

/** Runs and reports; answers whether every rule holds. */
async function runAndReport(options: ChaosOptions, topology: RunningDistributed): Promise<boolean> {
  const { seed, json } = options;
  try {
    const report = await new ChaosRun(options, topology, say).run();
    if (json) writeFileSync(json, `${JSON.stringify(report, undefined, 2)}\n`);
    say(reportAsText(report));
    say(`seed ${seed}`);
    return !reportViolation(report.invariants, seed, commandOf(options));
  } catch (error) {
    say(`seed ${seed}`);
    process.stderr.write(`error: seed ${seed}: ${(error as Error).message}; again with: ${commandOf(options)}\n`);
    process.exitCode = 1;
    return false;
  }
}

/** Every process stops when it is asked to, whatever it has lived through. */
async function stopsWithoutLoss(options: ChaosOptions, topology: RunningDistributed): Promise<boolean> {
  await topology.stop();
  const hung = topology.processes.filter((process) => process.hung).map(({ planned }) => planned.label);
  if (hung.length === 0) return true;
  process.stderr.write(`error: seed ${options.seed}: all-stop: ${hung.join(', ')} did not stop when asked to; again with: ${commandOf(options)}\n`);
  process.exitCode = 1;
  return false;
}

async function main(): Promise<void> {
  const options = readChaosOptions(process.argv);
  const { seed, loans, instances, kind, kills } = options;
  say(`seed ${seed}: ${loans} applications, ${instances} instances of every service, ${kind === 'everything' ? `${kills} kills` : 'one of each is killed'}`);
  const directory = makeDemoDirectory();
  let topology: RunningDistributed | undefined;
  const end = async (): Promise<void> => {
    await topology?.stop();
    directory.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end().then(() => process.exit(INTERRUPTED), failStart));
  try {
    topology = await startTopology({ dataDirectory: directory.path, instances });
  } catch (error) {
    directory.remove();
    throw error;
  }
  const sound = (await runAndReport(options, topology)) && (await stopsWithoutLoss(options, topology));
  if (sound && !options.keep) return end();
  // What is broken may not stop.
  await Promise.all(topology.processes.map((process) => process.kill('end')));
  await topology.stop();
  say(`the data directory is kept: ${directory.path} (the services' lines: services.log)`);
  // Where the run was broken off, clients still wait for answers.
  process.exit();
}

await main().catch(failStart);
