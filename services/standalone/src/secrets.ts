import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, makeDirectory, SECRETS_FILE } from '@millrace/service';
import { READY_MADE_CLIENTS } from './ready-made-clients.js';

/** Secrets of one data directory: made at its first start, kept beside the data, readable by their owner only. */
export interface Secrets {
  readonly internalToken: string;
  readonly fieldKeys: string;
  /** The secret that the password of every database role is derived from. */
  readonly rolePassword: string;
  /** PKCS #8 PEM of the Ed25519 key that the gateway signs tokens with. */
  readonly signingKey: string;
  /** Client secrets of the ready-made clients, by client id. */
  readonly clientSecrets: Readonly<Record<string, string>>;
}

/** A password or token that nobody can guess, fit for a URL. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** A setting of field keys with one new key. */
export function newFieldKeys(): string {
  return `k1:${randomBytes(32).toString('base64')}`;
}

/** Secrets of an installation that begins. */
export function newSecrets(): Secrets {
  return {
    internalToken: randomSecret(),
    fieldKeys: newFieldKeys(),
    rolePassword: randomSecret(),
    signingKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    clientSecrets: Object.fromEntries(READY_MADE_CLIENTS.map(({ clientId }) => [clientId, randomSecret()])),
  };
}

/** Reads the secrets of a data directory, or makes them where there is no data yet; throws a one-line error where they are lost, or cannot be written. */
export function loadSecrets(dataDirectory: string): Secrets {
  const file = join(dataDirectory, SECRETS_FILE);
  try {
    const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Secrets) : undefined;
    if (known && READY_MADE_CLIENTS.every(({ clientId }) => known.clientSecrets[clientId])) return known;
    if (!known && existsSync(join(dataDirectory, 'postgres', 'PG_VERSION')))
      throw new ConfigError(
        `${file} is missing beside its data: without its field keys the personal data cannot be read; restore it from the backup, or choose another directory in MILLRACE_DATA_DIR to start anew`,
      );
    // A directory of an earlier version lacks the clients that came since.
    const made = newSecrets();
    const secrets = known ? { ...known, clientSecrets: { ...made.clientSecrets, ...known.clientSecrets } } : made;
    makeDirectory(dataDirectory);
    writeFileSync(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
    return secrets;
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const why = (error as { code?: string }).code ?? (error as Error).message;
    throw new ConfigError(`MILLRACE_DATA_DIR: ${dataDirectory} cannot hold our secrets (${why}); choose a directory that can be written`);
  }
}
