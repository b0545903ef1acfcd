import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { closeHttpClients, failStart } from '@millrace/service';
import colors from 'picocolors';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { BenchDatabase } from './bench-database.js';
import { readBenchOptions, type BenchOptions } from './bench-options.js';
import { describeMachine } from './machine.js';
import { measureClose, type CloseFigures } from './measure-close.js';
import { measureDistributed, missingForDistributed, type DistributedFigures } from './measure-distributed.js';
import { measureKafka, missingForKafka, type KafkaFigures } from './measure-kafka.js';
import { findCauses, measurePipeline } from './measure-pipeline.js';
import { measureRepayments, type RepaymentFigures } from './measure-repayments.js';
import { measureStep, type StepFigures } from './measure-step.js';
import { missingForPgbench } from './pgbench-step.js';
import { figureLines, type Figures } from './print-figures.js';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function onOwnDatabase<T>(directory: string, measure: (database: BenchDatabase) => Promise<T>): Promise<T> {
  mkdirSync(directory, { recursive: true });
  const database = await BenchDatabase.open(directory);
  try {
    return await measure(database);
  } finally {
    await database.close();
  }
}

/** Runs the parts one after the other; one that misses a program is left out, loudly. */
async function measure(directory: string, options: BenchOptions): Promise<Figures> {
  const machine = describeMachine();
  const wanted = new Set(options.only);
  const skipped: string[] = [];
  const runs = (part: BenchOptions['only'][number], missing: string | undefined): boolean => {
    if (!wanted.has(part)) return false;
    if (missing === undefined) return true;
    skipped.push(`${part}: ${missing}`);
    say(colors.red(colors.bold(`SKIPPED: ${skipped.at(-1)!}`)));
    return false;
  };
  let stepFigures: StepFigures | undefined;
  let kafka: KafkaFigures | undefined;
  if (runs('step', missingForPgbench())) stepFigures = await onOwnDatabase(join(directory, 'step'), (database) => measureStep(database, options, say));
  if (runs('kafka', missingForKafka())) kafka = await measureKafka(directory, options, say);
  const pipeline = wanted.has('pipeline') ? await measurePipeline(directory, options, say) : undefined;
  let distributed: DistributedFigures | undefined;
  if (runs('distributed', missingForDistributed())) distributed = await measureDistributed(join(directory, 'distributed'), options, say);
  let close: CloseFigures | undefined;
  if (wanted.has('close')) close = await onOwnDatabase(join(directory, 'close'), (database) => measureClose(database, options, say));
  let repayments: RepaymentFigures | undefined;
  if (wanted.has('repayments')) repayments = await onOwnDatabase(join(directory, 'repayments'), (database) => measureRepayments(database, options, say));
  const causes = options.profile === undefined ? undefined : await findCauses(directory, resolve(options.profile), options);
  return {
    machine,
    skipped,
    ...(stepFigures ? { step: stepFigures } : {}),
    ...(kafka ? { kafka } : {}),
    ...(pipeline ? { pipeline } : {}),
    ...(distributed ? { distributed } : {}),
    ...(close ? { close } : {}),
    ...(repayments ? { repayments } : {}),
    ...(causes ? { causes } : {}),
  };
}

async function main(): Promise<void> {
  const options = readBenchOptions(process.argv);
  const directory = makeDemoDirectory();
  try {
    say(colors.bold('Millrace bench: on data directories of its own, which are thrown away.'));
    const figures = await measure(directory.path, options);
    for (const line of figureLines(figures)) say(line);
    if (options.json) {
      writeFileSync(options.json, `${JSON.stringify(figures, undefined, 2)}\n`);
      say(`written to ${options.json}`);
    }
  } finally {
    await closeHttpClients();
    directory.remove();
  }
}

await main().catch(failStart);
