import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError, failStart } from '@millrace/service';
import { newSecrets } from '../secrets.js';
import { fillEnv } from './fill-env.js';

// `npm run secrets`: what `docker compose up` asks for, made once and readable by its owner only.
try {
  writeFileSync('.env', fillEnv(readFileSync('.env.example', 'utf8'), newSecrets()), { mode: 0o600, flag: 'wx' });
  process.stdout.write('.env is written; keep it: without MILLRACE_FIELD_KEYS the personal data of this installation cannot be read\n');
} catch (error) {
  const exists = (error as { code?: string }).code === 'EEXIST';
  failStart(exists ? new ConfigError('.env is there already; its secrets belong to the data that they protect, so it is left as it is') : error);
}
