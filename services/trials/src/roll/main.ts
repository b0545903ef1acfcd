import { Command, InvalidArgumentError } from 'commander';
import { closeHttpClients, failStart, processEnvironment } from '@millrace/service';
import { clientSecretsOf } from '../demo/demo-system.js';
import { say } from '@millrace/standalone/greet';
import { KeepAliveProber, type ProbeReport } from './keep-alive-prober.js';
import { probesOf } from './probes.js';
import { rollTopology } from './roll-topology.js';

const MOST_CUTS_SHOWN = 20;

interface Options {
  readonly requests: number;
  readonly instances: number;
  readonly drain: number;
  readonly gateway?: string;
  readonly secrets?: string;
  readonly seconds: number;
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of 1 or more.');
  return value;
}

function read(argv: readonly string[]): Options {
  return new Command('npm run roll --')
    .description(
      'Counts the requests that are cut off while services are replaced, for a caller that keeps its connections and never sends again. Without --gateway it starts local processes and rolls each of them; with --gateway it only asks, while you roll.',
    )
    .option('--requests <n>', 'least number of requests', count, 5_000)
    .option('--instances <n>', 'local processes of each service', count, 2)
    .option('--drain <ms>', 'MILLRACE_DRAIN_MS of the local processes', count, 3_000)
    .option('--gateway <url>', 'gateway of a running system')
    .option('--secrets <file>', 'its client secrets: .env, or secrets.json of a data directory')
    .option('--seconds <n>', 'least time to ask a running system', count, 60)
    .parse(argv as string[])
    .opts<Options>();
}

async function probe(gatewayUrl: string, { secrets, requests, seconds }: Options): Promise<ProbeReport> {
  const prober = new KeepAliveProber(gatewayUrl, await probesOf(gatewayUrl, clientSecretsOf(secrets, processEnvironment(), say)));
  say(`asking ${gatewayUrl}: roll now`);
  const over = performance.now() + seconds * 1_000;
  return prober.run(() => prober.requests >= requests && performance.now() > over);
}

async function main(): Promise<void> {
  const options = read(process.argv);
  const { gateway, requests, instances, drain } = options;
  const report = gateway ? await probe(gateway, options) : await rollTopology({ requests, instances, drainMs: drain }, say);
  for (const { atMs, path, why } of report.cuts.slice(0, MOST_CUTS_SHOWN)) say(`cut after ${(atMs / 1_000).toFixed(1)} s: ${path}: ${why}`);
  say(`answers: ${[...report.answers].map(([status, times]) => `${status} ${times} times`).join(', ')}`);
  say(`${report.cuts.length} of ${report.requests} requests were cut off (${report.connections} connections)`);
  await closeHttpClients();
  process.exitCode = report.cuts.length > 0 ? 1 : 0;
}

await main().catch(failStart);
