import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeHttpClients, failStart, processEnvironment, refuseUnknownSettings, SECRETS_FILE } from '@millrace/service';
import { Command } from 'commander';
import { makeDemoDirectory } from '../demo/demo-directory.js';
import { checkAnswers, runningSystem, type DemoSystem } from '../demo/demo-system.js';
import { ALL_CONFIGS, startStandalone } from '@millrace/standalone';
import { runAttack } from './run-attack.js';

interface AttackOptions {
  readonly gateway?: string;
  readonly sandbox?: string;
  readonly secrets?: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function play(system: DemoSystem): Promise<void> {
  const { held, broken, 'not played': left } = await runAttack(system, say);
  say(broken + left === 0 ? `All ${held} held.` : `${held} held, ${broken} broken, ${left} not played.`);
  // What was not played proves nothing, so a run with such a line is no good run.
  process.exitCode = broken + left === 0 ? 0 : 1;
}

/** Plays from another process, as attackers have one of their own: what their program costs is not a wait that the system makes. */
async function playFromOutside(...options: string[]): Promise<void> {
  const player = spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), ...options], { stdio: 'inherit' });
  const [code] = (await once(player, 'exit')) as [number | null];
  process.exitCode = code ?? 1;
}

async function playOnOwnSystem(): Promise<void> {
  const environment = processEnvironment();
  refuseUnknownSettings(ALL_CONFIGS, environment);
  const directory = makeDemoDirectory();
  const standalone = await startStandalone({
    environment: { MILLRACE_LOG_LEVEL: 'silent', ...environment, MILLRACE_DATA_DIR: directory.path },
    freePorts: true,
    durable: false,
  });
  try {
    const { gatewayUrl, sandboxUrl } = standalone;
    await playFromOutside('--gateway', gatewayUrl, '--sandbox', sandboxUrl, '--secrets', join(directory.path, SECRETS_FILE));
  } finally {
    await standalone.stop();
    await closeHttpClients();
    directory.remove();
  }
}

async function main(): Promise<void> {
  const options = new Command('npm run attack --')
    .description(
      'Plays known attacks against a system on this machine, a line each; ends with 1 where one is broken or could not be played. It boots a system of its own unless told.',
    )
    .option('--gateway <url>', 'the running system behind this gateway, instead of one of its own')
    .option('--sandbox <url>', "the running system's provider sandbox; port 8090 beside the gateway if not given")
    .option('--secrets <file>', 'client secrets of the running system: its .env, or secrets.json of its data directory; .env here if not given')
    .parse(process.argv)
    .opts<AttackOptions>();
  if (options.gateway === undefined) return playOnOwnSystem();
  const system = runningSystem(options.gateway, options, processEnvironment());
  await checkAnswers(system);
  await play(system);
}

await main().catch(failStart);
