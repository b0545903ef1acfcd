import { Command, InvalidArgumentError } from 'commander';
import { GatewayClient } from '@millrace/client';
import { closeHttpClients, describeSettings, EventLogConfig, failStart, processEnvironment, refuseUnknownSettings } from '@millrace/service';
import colors from 'picocolors';
import { greet, say, stopOnSignal } from '../greet.js';
import { ALL_CONFIGS } from '../standalone.js';
import { lendctlLine } from './given-servers.js';
import { startDistributed } from './start-distributed.js';

const MOST_INSTANCES = 8;
const LABEL_WIDTH = 'post-loan-monitoring-1'.length;
const CONFIGS = [...ALL_CONFIGS, EventLogConfig];

function instanceCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_INSTANCES) throw new InvalidArgumentError(`It must be a whole number from 1 to ${MOST_INSTANCES}.`);
  return count;
}

function readInstances(argv: readonly string[]): number {
  const settings = describeSettings(CONFIGS).map((line) => `  ${line}`);
  return new Command('npm run start:distributed --')
    .description('Every service in a process of its own, on Kafka, PostgreSQL and Redis, without containers.')
    .option('--instances <n>', 'processes of each service; the sandbox has one', instanceCount, 1)
    .addHelpText('after', `\nSettings come from the environment; servers that it names are used, the others are started here:\n${settings.join('\n')}`)
    .parse(argv as string[])
    .opts<{ instances: number }>().instances;
}

function sayLabelled(label: string, line: string): void {
  say(`${colors.cyan(label.padEnd(LABEL_WIDTH))} ${colors.dim('|')} ${line}`);
}

async function main(): Promise<void> {
  const instances = readInstances(process.argv);
  const environment = processEnvironment();
  refuseUnknownSettings(CONFIGS, environment);
  const running = await startDistributed({ environment, instances, say: sayLabelled });
  const { gatewayUrl, secrets, environmentFile, dataDirectory, databasePort } = running;
  const partner = new GatewayClient(gatewayUrl, 'demo-partner', secrets.clientSecrets['demo-partner']!);
  stopOnSignal(async () => {
    await running.stop();
    await Promise.all([closeHttpClients(), partner.close()]);
  });
  const services = running.processes.map(({ planned: { label, url } }) => ({ name: label, url }));
  await greet({ gatewayUrl, services, dataDirectory, ...(databasePort ? { databasePort } : {}) }, partner);
  say(`The demo on this system: npm run demo -- --gateway ${gatewayUrl} --sandbox ${running.sandboxUrl} --secrets ${dataDirectory}/secrets.json`);
  say(`lendctl on this system:  ${lendctlLine(environmentFile)}\n`);
}

await main().catch(failStart);
