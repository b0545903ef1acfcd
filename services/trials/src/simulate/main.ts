import { writeFileSync } from 'node:fs';
import { verifiedAsText } from '@millrace/lendctl/print-verify';
import { closeHttpClients, failStart } from '@millrace/service';
import { BrokenInvariant } from './broken-invariant.js';
import { readSimulateOptions, type SimulateOptions } from './simulate-options.js';
import { Simulation, type SimulationReport } from './simulation.js';

/** Exit code of a run in which a rule did not hold. */
const VIOLATED = 1;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function commandOf({ seed, loans, log }: SimulateOptions): string {
  return `npm run simulate -- --seed ${seed} --loans ${loans}${log === 'kafka' ? ' --log kafka' : ''}`;
}

/** One clear line that names the rule, and how to see it again. */
function sayViolation(what: string, options: SimulateOptions): void {
  process.stderr.write(`error: seed ${options.seed}: ${what}; again with: ${commandOf(options)}\n`);
  process.exitCode = VIOLATED;
}

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

function report(run: SimulationReport, options: SimulateOptions): void {
  say(`\n${run.steps} steps in ${run.seconds.toFixed(1)} s, trace ${run.trace}`);
  say(`faults: ${run.plannedFaults} planned; ${counted(run.faults)}`);
  say(`applications: ${counted(run.statuses)}`);
  say(verifiedAsText(run.invariants));
  say(`seed ${options.seed}`);
  const broken = run.invariants.filter(({ findings }) => findings.length > 0);
  const [first] = broken.flatMap(({ findings }) => findings);
  if (first) sayViolation(`${broken.map(({ name }) => name).join(', ')}: ${first.service}: ${first.subject} ${first.what}`, options);
}

async function main(): Promise<void> {
  const options = readSimulateOptions(process.argv);
  say(`seed ${options.seed}: ${options.loans} applications, log in ${options.log}`);
  const simulation = new Simulation(options, (steps, atRest) => {
    if (process.stdout.isTTY) process.stdout.write(`\r${steps} steps, ${atRest} of ${options.loans} applications at rest `);
  });
  const cleanUp = async (): Promise<void> => {
    await simulation.stop();
    await closeHttpClients();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().then(() => process.exit(130), failStart));
  try {
    const run = await simulation.run();
    report(run, options);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(run, undefined, 2)}\n`);
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
    sayViolation(error.message, options);
  } finally {
    await cleanUp();
  }
}

await main().catch(failStart);
