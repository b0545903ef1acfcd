import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@millrace/service';

/** Secrets of one data directory: made at its first start, kept beside the data, readable by their owner only. */
export interface Secrets {
  readonly internalToken: string;
  readonly fieldKeys: string;
  /** Password of every database role. */
  readonly rolePassword: string;
  /** Client secrets of the ready-made demo principals. */
  readonly clientSecret: string;
}

/** Reads the secrets of a data directory, or makes them; throws a one-line error for a directory that cannot be written. */
export function loadSecrets(dataDirectory: string): Secrets {
  const file = join(dataDirectory, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const random = (): string => randomBytes(32).toString('base64url');
  const secrets: Secrets = { internalToken: random(), fieldKeys: `k1:${randomBytes(32).toString('base64')}`, rolePassword: random(), clientSecret: random() };
  try {
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(file, JSON.stringify(secrets, undefined, 2), { mode: 0o600 });
  } catch (error) {
    throw new ConfigError(
      `MILLRACE_DATA_DIR: the directory ${dataDirectory} cannot be written (${(error as { code?: string }).code ?? (error as Error).message})`,
    );
  }
  return secrets;
}
