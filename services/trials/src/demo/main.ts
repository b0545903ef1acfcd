import { closeHttpClients, failStart, processEnvironment, refuseUnknownSettings, type Environment } from '@millrace/service';
import colors from 'picocolors';
import { ALL_CONFIGS, startStandalone, type RunningStandalone } from '@millrace/standalone';
import { runBookDemo } from '../book/run-book-demo.js';
import { makeDemoDirectory } from './demo-directory.js';
import { readDemoOptions, type DemoOptions } from './demo-options.js';
import { checkAnswers, runningSystem } from './demo-system.js';
import { dataDirectory, runDemo, say } from './run-demo.js';
import { ShiftedClock } from './shifted-clock.js';

/** Boots everything in this process, and throws it away afterwards. */
async function runOnOwnSystem(options: DemoOptions, environment: Environment): Promise<void> {
  refuseUnknownSettings(ALL_CONFIGS, environment);
  if (options.data) dataDirectory(options.data, environment);
  const directory = makeDemoDirectory();
  const clock = new ShiftedClock();
  let standalone: RunningStandalone | undefined;
  const cleanUp = async (): Promise<void> => {
    await standalone?.stop();
    await closeHttpClients();
    directory.remove();
  };
  process.once('SIGINT', () => void cleanUp().then(() => process.exit(130), failStart));
  try {
    say(colors.bold('Millrace demo: the whole system in this process, on a data directory of its own.'));
    standalone = await startStandalone({
      environment: { MILLRACE_LOG_LEVEL: 'error', ...environment, MILLRACE_DATA_DIR: directory.path },
      clock,
      freePorts: true,
      durable: false,
    });
    const { gatewayUrl, sandboxUrl, secrets } = standalone;
    await runDemo({ gatewayUrl, sandboxUrl, clientSecrets: secrets.clientSecrets, clock }, options, environment);
  } finally {
    await cleanUp();
  }
}

async function main(): Promise<void> {
  const options = readDemoOptions(process.argv);
  const environment = processEnvironment();
  if (options.book !== undefined) return runBookDemo({ ...options, loans: options.book });
  if (options.gateway === undefined) return runOnOwnSystem(options, environment);
  const system = runningSystem(options.gateway, options, environment);
  await checkAnswers(system);
  say(colors.bold(`Millrace demo: on the system behind ${options.gateway}${options.data ? '' : `, with the firms of seed ${options.seed}`}.`));
  await runDemo(system, options, environment);
}

await main().catch(failStart);
