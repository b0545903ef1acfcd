import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Environment } from './config.js';
import { roleUrl } from './provision.js';

/** Database of a standalone installation, with all its schemas. */
export const STANDALONE_DATABASE = 'millrace';

/** File of a standalone data directory that keeps its secrets. */
export const SECRETS_FILE = 'secrets.json';

/** Role and password file of the administrator of an embedded server. */
export const EMBEDDED_ADMIN = 'postgres';
export const EMBEDDED_PASSWORD_FILE = 'postgres-password';

/** Secrets that a second process needs to work on the same installation. */
interface InstallationSecrets {
  readonly internalToken: string;
  readonly fieldKeys: string;
  /** The secret that the password of every database role is derived from. */
  readonly rolePassword: string;
  readonly signingKey: string;
}

/** Password of one role: a service that knows its own can find none of the others. */
export function rolePasswordOf(secret: string, schema: string): string {
  return createHmac('sha256', secret).update(`millrace role ${schema}`).digest('base64url');
}

/** PostgreSQL writes its process id into the first line and its port into the fourth. */
const PORT_LINE = 3;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code !== 'ESRCH';
  }
}

function embeddedServerUrl(dataDirectory: string): string {
  let lines: string[];
  try {
    lines = readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ENOENT') throw new ConfigError(`the data directory ${dataDirectory} cannot be read (${code})`);
    throw new ConfigError(`the Millrace of ${dataDirectory} is not running; start it with npm start, or name another with --data-dir`);
  }
  if (!isAlive(Number.parseInt(lines[0]!, 10))) {
    throw new ConfigError(`the Millrace of ${dataDirectory} is not running (it has not been stopped properly); start it with npm start`);
  }
  return `postgres://127.0.0.1:${lines[PORT_LINE]}`;
}

/** The administrator's address of the embedded server that runs in a data directory; throws one clear line where none does. */
export function standaloneAdminUrl(dataDirectory: string): string {
  const url = new URL(embeddedServerUrl(dataDirectory));
  url.username = EMBEDDED_ADMIN;
  url.password = readFileSync(join(dataDirectory, EMBEDDED_PASSWORD_FILE), 'utf8').trim();
  url.pathname = `/${EMBEDDED_ADMIN}`;
  return url.toString();
}

function readSecrets(dataDirectory: string): InstallationSecrets {
  try {
    return JSON.parse(readFileSync(join(dataDirectory, SECRETS_FILE), 'utf8')) as InstallationSecrets;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOENT') throw new ConfigError(`there is no Millrace in ${dataDirectory}; start one with npm start, or name another with --data-dir`);
    throw new ConfigError(`${join(dataDirectory, SECRETS_FILE)} cannot be read (${code ?? (error as Error).message})`);
  }
}

/**
 * The settings under which the services of a running standalone installation work, for a second process beside it. `databaseUrl` is that of the
 * server where it is not the embedded one. Throws one clear line where nothing runs there.
 */
export function standaloneEnvironment(dataDirectory: string, schemas: readonly string[], databaseUrl?: string): Environment {
  const secrets = readSecrets(dataDirectory);
  const server = new URL(databaseUrl ?? embeddedServerUrl(dataDirectory));
  server.pathname = `/${STANDALONE_DATABASE}`;
  const urlOf = (schema: string): string => roleUrl(server.toString(), schema, rolePasswordOf(secrets.rolePassword, schema));
  return {
    MILLRACE_INTERNAL_TOKEN: secrets.internalToken,
    MILLRACE_FIELD_KEYS: secrets.fieldKeys,
    MILLRACE_GATEWAY_SIGNING_KEY: secrets.signingKey,
    MILLRACE_EVENT_LOG_URL: urlOf('event_log'),
    ...Object.fromEntries(schemas.map((schema) => [`MILLRACE_${schema.toUpperCase()}_DATABASE_URL`, urlOf(schema)])),
  };
}
