import { closeHttpClients, failStart, processEnvironment, refuseUnknownSettings, type Environment } from '@millrace/service';
import colors from 'picocolors';
import { ALL_CONFIGS, startStandalone, type RunningStandalone } from '@millrace/standalone';
import { makeDemoDirectory } from './demo-directory.js';
import type { DemoOptions } from './demo-options.js';
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

/** Sends firms through the gateway, of a system of its own or of a running one, and shows what became of them. */
export async function runFirmsDemo(options: DemoOptions): Promise<void> {
  const environment = processEnvironment();
  if (options.gateway === undefined) return runOnOwnSystem(options, environment);
  const system = runningSystem(options.gateway, options, environment);
  await checkAnswers(system);
  say(colors.bold(`Millrace demo: on the system behind ${options.gateway}${options.data ? '' : `, with the firms of seed ${options.seed}`}.`));
  await runDemo(system, options, environment);
}
