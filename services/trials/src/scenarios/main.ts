import { writeFileSync } from 'node:fs';
import { closeHttpClients, failStart } from '@millrace/service';
import colors from 'picocolors';
import { playScenarios, type Onlooker, type ScenarioResult, type ScenarioStatus } from './play-scenarios.js';
import { readScenarioOptions } from './scenario-options.js';

/** Exit code of a run in which a scenario failed. */
const FAILED = 1;

const COLOURS: Readonly<Record<ScenarioStatus, (text: string) => string>> = {
  passed: colors.green,
  failed: colors.red,
  partial: colors.yellow,
  'not-built': colors.dim,
};

const clear = (): void => {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
};

const onlooker: Onlooker = {
  onStep: (id, step) => {
    clear();
    if (process.stdout.isTTY) process.stdout.write(colors.cyan(`${id.padEnd(13)} ${step}`).slice(0, (process.stdout.columns || 120) - 1));
  },
  onResult: ({ id, title, status, assertions, seconds, reason }) => {
    clear();
    const figures = status === 'not-built' ? '' : `  ${assertions} asserted in ${seconds.toFixed(1)} s`;
    process.stdout.write(`${id.padEnd(13)} ${COLOURS[status](status.padEnd(10))} ${title}${colors.dim(figures)}\n`);
    if (reason) process.stdout.write(`${' '.repeat(14)}${colors.red(reason)}\n`);
  },
};

/** Parts and the scenarios that have none: what there is to play. */
function summary(results: readonly ScenarioResult[]): string {
  const count = (status: ScenarioStatus): number => results.filter((result) => result.status === status).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('partial')} partial, ${count('not-built')} not built`;
}

async function main(): Promise<void> {
  const { ids, json, ...setting } = readScenarioOptions(process.argv);
  const results = await playScenarios(ids, setting, onlooker);
  process.stdout.write(`\n${summary(results)} (${setting.runtime}, ${setting.lender})\n`);
  if (json) writeFileSync(json, `${JSON.stringify({ scenarios: results }, undefined, 2)}\n`);
  if (results.some(({ status }) => status === 'failed')) process.exitCode = FAILED;
  await closeHttpClients();
}

await main().catch(failStart);
