#!/usr/bin/env node
// Turns `.env`, which `npm run secrets` wrote, into the files that this overlay makes its Secrets of; git ignores them.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const ROOT = new URL('../../../../', import.meta.url);
const TARGET = new URL('secrets/', import.meta.url);
const LENDING = ['gateway', 'loan-application', 'kyc-antifraud', 'scoring', 'disbursement', 'post-loan-monitoring'];
const SERVICES = [...LENDING, 'provider-sandbox'];
const LOGINS = ['operator', ...LENDING];

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

const variable = (service, what) => `MILLRACE_${service.replaceAll('-', '_').toUpperCase()}_${what}`;

const databaseUrl = (role, password, database) => `postgres://${role}:${password}@postgres.millrace-servers:5432/${database}`;

function serviceDatabase(service) {
  return { url: databaseUrl(service.replaceAll('-', '_'), value(variable(service, 'DATABASE_PASSWORD')), 'millrace') };
}

// Only pods that have a login are let through to the broker, so it needs no TLS.
const kafkaLogin = (login) => ({
  MILLRACE_KAFKA_TRUSTED_NETWORK: 'true',
  MILLRACE_KAFKA_SASL_MECHANISM: 'plain',
  MILLRACE_KAFKA_SASL_USERNAME: login,
  MILLRACE_KAFKA_SASL_PASSWORD: value(variable(login, 'KAFKA_PASSWORD')),
});

function brokerLogins() {
  const password = (login) => `"${value(variable(login, 'KAFKA_PASSWORD'))}"`;
  const users = ['broker', 'compliance', ...LOGINS].map((login) => `user_${login}=${password(login)}`);
  return `org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password=${password('broker')} ${users.join(' ')};`;
}

const administrator = value('MILLRACE_POSTGRES_PASSWORD');
const secrets = {
  postgres: { password: administrator },
  'database-administrator': { url: databaseUrl('postgres', administrator, 'postgres') },
  ...Object.fromEntries(SERVICES.map((service) => [`${service}-database`, serviceDatabase(service)])),
  'internal-token': { token: value('MILLRACE_INTERNAL_TOKEN') },
  ...Object.fromEntries(['kyc-antifraud', 'disbursement'].map((service) => [`${service}-field-keys`, { keys: value(variable(service, 'FIELD_KEYS')) }])),
  'kafka-logins': { jaas: brokerLogins() },
  ...Object.fromEntries(LOGINS.map((login) => [`${login}-kafka`, kafkaLogin(login)])),
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
