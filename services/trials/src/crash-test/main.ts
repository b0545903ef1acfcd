import { writeFileSync } from 'node:fs';
import { verifiedAsText } from '@millrace/lendctl/print-verify';
import { failStart } from '@millrace/service';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { reportViolation } from '../patient-load/report-violation.js';
import { CrashTest, type CrashTestReport } from './crash-test.js';
import { readCrashTestOptions, type CrashTestOptions } from './crash-test-options.js';
import { StandaloneProcess } from './standalone-process.js';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report({ killed, statuses, invariants, seconds }: CrashTestReport, { seed, applications, kills }: CrashTestOptions): void {
  say(`\n${seconds.toFixed(1)} s; killed ${killed.working} times at work and ${killed.starting} times while it started`);
  say(
    `applications: ${Object.entries(statuses)
      .map(([status, count]) => `${status} ${count}`)
      .join(', ')}`,
  );
  say(verifiedAsText(invariants));
  say(`seed ${seed}`);
  reportViolation(invariants, seed, `npm run crash-test -- --seed ${seed} --applications ${applications} --kills ${kills}`);
}

async function main(): Promise<void> {
  const options = readCrashTestOptions(process.argv);
  say(`seed ${options.seed}: ${options.applications} applications, ${options.kills} kills`);
  const directory = makeDemoDirectory();
  const system = await StandaloneProcess.prepare(directory.path);
  const cleanUp = async (): Promise<void> => {
    await system.stop();
    directory.remove();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().then(() => process.exit(130), failStart));
  try {
    const run = await new CrashTest(options, system, say).run();
    report(run, options);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(run, undefined, 2)}\n`);
  } finally {
    await cleanUp();
  }
}

await main().catch(failStart);
