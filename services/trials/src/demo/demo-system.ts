import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError, type Environment } from '@millrace/service';
import { request } from 'undici';
import { say } from '@millrace/standalone/greet';
import type { DemoOptions } from './demo-options.js';
import type { ShiftedClock } from './shifted-clock.js';

/** What the demo is shown on: a system that it has booted itself, or one that runs already. */
export interface DemoSystem {
  readonly gatewayUrl: string;
  readonly sandboxUrl: string;
  /** Client secrets by client id. */
  readonly clientSecrets: Readonly<Record<string, string>>;
  /** The system's clock, where the demo may move it. */
  readonly clock?: ShiftedClock;
}

const CLIENTS_VARIABLE = 'MILLRACE_GATEWAY_CLIENTS';
const DEFAULT_SECRETS_FILE = '.env';
const DEFAULT_SANDBOX_PORT = '8090';

function fromClientsSetting(setting: string, source: string): Record<string, string> {
  try {
    const clients = JSON.parse(setting) as { clientId: string; clientSecret: string }[];
    return Object.fromEntries(clients.map(({ clientId, clientSecret }) => [clientId, clientSecret]));
  } catch {
    throw new ConfigError(`${CLIENTS_VARIABLE} in ${source} is no JSON array of clients`);
  }
}

/** Secrets out of a file that `npm run secrets` wrote, or out of `secrets.json` in the data directory of `npm start` and `npm run start:distributed`. */
function fromFile(file: string): Record<string, string> {
  if (!existsSync(file)) throw new ConfigError(`there is no file ${file}; name the one with the client secrets with --secrets, or set ${CLIENTS_VARIABLE}`);
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.json')) return (JSON.parse(text) as { clientSecrets?: Record<string, string> }).clientSecrets ?? {};
  const setting = parseEnv(text)[CLIENTS_VARIABLE];
  if (!setting) throw new ConfigError(`${file} has no ${CLIENTS_VARIABLE}`);
  return fromClientsSetting(setting, file);
}

function sandboxBeside(gatewayUrl: string): string {
  const url = new URL(gatewayUrl);
  url.port = DEFAULT_SANDBOX_PORT;
  return url.origin;
}

/** The system that `--gateway` names, with the secrets that its operator has. */
export function runningSystem(gatewayUrl: string, options: Pick<DemoOptions, 'secrets' | 'sandbox'>, environment: Environment, tell = say): DemoSystem {
  return { gatewayUrl, sandboxUrl: options.sandbox ?? sandboxBeside(gatewayUrl), clientSecrets: clientSecretsOf(options.secrets, environment, tell) };
}

/**
 * Client secrets by client id: of the file that is named, else of the environment, else of `.env`. `tell` is told where they are from, as a file that
 * another way to run Millrace has left is easily taken for the right one.
 */
export function clientSecretsOf(file: string | undefined, environment: Environment, tell: (line: string) => void): Readonly<Record<string, string>> {
  const setting = environment[CLIENTS_VARIABLE];
  if (file === undefined && setting) {
    tell(`Client secrets are those of ${CLIENTS_VARIABLE} in the environment.`);
    return fromClientsSetting(setting, 'the environment');
  }
  const secrets = fromFile(file ?? DEFAULT_SECRETS_FILE);
  tell(`Client secrets are those of ${resolve(file ?? DEFAULT_SECRETS_FILE)}${file === undefined ? '; --secrets names another file' : ''}.`);
  return secrets;
}

/** Ends a demo before it begins where nothing answers at an address that was given. */
export async function checkAnswers({ gatewayUrl, sandboxUrl }: DemoSystem): Promise<void> {
  for (const [what, option, url] of [
    ['gateway', '--gateway', gatewayUrl],
    ['provider sandbox', '--sandbox', sandboxUrl],
  ] as const) {
    const { statusCode, body } = await request(new URL('/health/live', url)).catch((error: unknown) => {
      const why = (error as { code?: string }).code ?? (error as Error).message;
      throw new ConfigError(`no ${what} answers at ${url} (${why}); name its address with ${option}`);
    });
    await body.dump();
    if (statusCode !== 200) throw new ConfigError(`what answers at ${url} is no ${what} (status ${statusCode}); name its address with ${option}`);
  }
}
