#!/usr/bin/env node
// Turns `.env`, which `npm run secrets` wrote, into the files that this overlay makes its Secrets of; git ignores them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const ROOT = new URL('../../../../', import.meta.url);
const TARGET = new URL('secrets/', import.meta.url);
const SERVICES = ['gateway', 'loan-application', 'kyc-antifraud', 'scoring', 'disbursement', 'post-loan-monitoring', 'provider-sandbox'];

function readSettings() {
  try {
    return parseEnv(readFileSync(new URL('.env', ROOT), 'utf8'));
  } catch {
    process.stderr.write('there is no .env in the project: `npm run secrets` writes it\n');
    return process.exit(1);
  }
}

const settings = readSettings();

function value(name) {
  if (settings[name]) return settings[name].replaceAll('\n', '\\n');
  process.stderr.write(`.env has no ${name}\n`);
  return process.exit(1);
}

const databaseUrl = (role, password, database) => `postgres://${role}:${password}@postgres.millrace-servers:5432/${database}`;

function serviceDatabase(service) {
  const schema = service.replaceAll('-', '_');
  return { url: databaseUrl(schema, value(`MILLRACE_${schema.toUpperCase()}_DATABASE_PASSWORD`), 'millrace') };
}

const administrator = value('MILLRACE_POSTGRES_PASSWORD');
const secrets = {
  postgres: { password: administrator },
  'database-administrator': { url: databaseUrl('postgres', administrator, 'postgres') },
  ...Object.fromEntries(SERVICES.map((service) => [`${service}-database`, serviceDatabase(service)])),
  'internal-token': { token: value('MILLRACE_INTERNAL_TOKEN') },
  'field-keys': { keys: value('MILLRACE_FIELD_KEYS') },
  'gateway-access': { 'signing-key': value('MILLRACE_GATEWAY_SIGNING_KEY'), clients: value('MILLRACE_GATEWAY_CLIENTS') },
  'redis-server': { password: value('MILLRACE_REDIS_PASSWORD') },
  redis: { url: `redis://:${value('MILLRACE_REDIS_PASSWORD')}@redis.millrace-servers:6379` },
};

mkdirSync(TARGET, { recursive: true, mode: 0o700 });
for (const [name, content] of Object.entries(secrets)) {
  const lines = Object.entries(content).map(([key, text]) => `${key}=${text}\n`);
  writeFileSync(new URL(`${name}.env`, TARGET), lines.join(''), { mode: 0o600 });
}
process.stdout.write(`${Object.keys(secrets).length} files written to ${TARGET.pathname}\n`);
