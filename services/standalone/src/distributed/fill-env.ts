import { clientsSetting } from '../ready-made-clients.js';
import { randomSecret, type Secrets } from '../secrets.js';

/** Value of one variable of `.env.example`; single quotes keep compose from reading it otherwise, and none of ours has one inside. */
function valueOf(name: string, secrets: Secrets): string {
  if (name.endsWith('_PASSWORD')) return randomSecret();
  if (name === 'MILLRACE_INTERNAL_TOKEN') return secrets.internalToken;
  if (name === 'MILLRACE_FIELD_KEYS') return secrets.fieldKeys;
  if (name === 'MILLRACE_GATEWAY_SIGNING_KEY') return secrets.signingKey.trim().replaceAll('\n', '\\n');
  if (name === 'MILLRACE_GATEWAY_CLIENTS') return clientsSetting(secrets.clientSecrets);
  throw new Error(`.env.example has the variable ${name}, and this program does not know what to fill in`);
}

/** The example with a new secret for every variable that it leaves empty; every password is another one. */
export function fillEnv(example: string, secrets: Secrets): string {
  return example.replace(/^([A-Z_]+)=$/gm, (_line, name: string) => `${name}='${valueOf(name, secrets)}'`);
}
