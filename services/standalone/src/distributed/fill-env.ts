import { parseEnv } from 'node:util';
import { clientsSetting } from '../ready-made-clients.js';
import { newFieldKeys, randomSecret, type Secrets } from '../secrets.js';

/** Keys that all services shared in a `.env` of before. */
const SHARED_FIELD_KEYS = 'MILLRACE_FIELD_KEYS';

/** Value of one variable of `.env.example`; single quotes keep compose from reading it otherwise, and none of ours has one inside. */
function valueOf(name: string, secrets: Secrets): string {
  if (name.endsWith('_PASSWORD')) return randomSecret();
  if (name.endsWith('_FIELD_KEYS')) return newFieldKeys();
  if (name === 'MILLRACE_INTERNAL_TOKEN') return secrets.internalToken;
  if (name === 'MILLRACE_GATEWAY_SIGNING_KEY') return secrets.signingKey.trim().replaceAll('\n', '\\n');
  if (name === 'MILLRACE_GATEWAY_CLIENTS') return clientsSetting(secrets.clientSecrets);
  throw new Error(`.env.example has the variable ${name}, and this program does not know what to fill in`);
}

/** The example with a new secret for every variable that it leaves empty; every password is another one, and so are the field keys of every service. */
export function fillEnv(example: string, secrets: Secrets): string {
  return example.replace(/^([A-Z_]+)=$/gm, (_line, name: string) => `${name}='${valueOf(name, secrets)}'`);
}

/**
 * Lines that a `.env` of before lacks, by the name of their variable. Its data is under the field keys that all services shared, so each service gets these
 * for its own, until they are changed.
 */
export function missingLines(present: string, example: string, secrets: Secrets): Map<string, string> {
  const set = parseEnv(present);
  const missing = Object.keys(parseEnv(example)).filter((name) => !set[name]);
  const valueFor = (name: string): string => (name.endsWith('_FIELD_KEYS') && set[SHARED_FIELD_KEYS]) || valueOf(name, secrets);
  return new Map(missing.map((name) => [name, `${name}='${valueFor(name)}'`]));
}
