import { EventLogConfig, settingsOf, usesEventLog } from '@millrace/service';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

// Goal: what the containers are given is what the services declare, and none has more rights than it needs. That they run is shown by .ci/compose.

interface Container {
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly healthcheck?: object;
  readonly restart?: string;
  readonly deploy?: { readonly resources: { readonly limits: Readonly<Record<string, unknown>> } };
}

const files = listFiles();
const textOf = (path: string): string => files.find((file) => file.path === path)!.text;
const text = textOf('docker-compose.yml');
const { services: containers, networks } = load(text, { schema: YAML11_SCHEMA }) as {
  services: Readonly<Record<string, Container>>;
  networks: Readonly<Record<string, { internal?: boolean }>>;
};
const definitions = await serviceDefinitions();
const variablesOf = (name: string): string[] => Object.keys(containers[name]?.environment ?? {});

test('every service has a container with the settings that it declares, and takes traces to a collector', () => {
  for (const { name, config, sealedRecords } of definitions) {
    const settings = [...settingsOf(config), ...settingsOf(EventLogConfig)];
    const known = settings.map(({ env }) => env);
    const required = settings.filter(({ optional, default: value }) => !optional && value === undefined).map(({ env }) => env);
    expect([name, variablesOf(name).filter((variable) => !known.includes(variable))]).toEqual([name, []]);
    expect(variablesOf(name)).toEqual(expect.arrayContaining([...required, 'OTEL_EXPORTER_OTLP_ENDPOINT']));
    if (sealedRecords) expect(variablesOf(name)).toContain('MILLRACE_FIELD_KEYS');
    expect(containers[name]!.networks).toContain('collector');
  }
});

test('SEC-18, SEC-20: the sandbox has neither the internal token nor a way to the event log, which all others have', () => {
  for (const definition of definitions) {
    const { environment = {}, networks: own } = containers[definition.name]!;
    const inside = ['MILLRACE_KAFKA_BROKERS', 'MILLRACE_INTERNAL_TOKEN'].filter((variable) => variable in environment);
    expect([definition.name, inside.length, own.includes('events')]).toEqual([definition.name, usesEventLog(definition) ? 2 : 0, usesEventLog(definition)]);
  }
});

test('the migration job knows the address of every schema, and nobody else the administrator', () => {
  const urls = definitions.map(({ schema }) => `MILLRACE_${schema.toUpperCase()}_DATABASE_URL`);
  expect(variablesOf('migrate').sort()).toEqual(['MILLRACE_DATABASE_URL', ...urls].sort());
  expect(Object.keys(containers).filter((name) => variablesOf(name).includes('MILLRACE_DATABASE_URL'))).toEqual(['migrate']);
});

test('every variable of the file is in .env.example, and none has a secret for its default', () => {
  const used = [...text.matchAll(/\$\{([A-Z_]+)(:[?-])/g)];
  const example = textOf('.env.example');
  expect(used.length).toBeGreaterThan(10);
  for (const [, name, kind] of used) expect([name, example.includes(kind === ':?' ? `\n${name}=\n` : `\n# ${name}=`)]).toEqual([name, true]);
});

test.each(Object.keys(containers))('%s has few rights, limits, and a way to tell that it is well', (name) => {
  const { read_only, cap_drop, security_opt, deploy, healthcheck, restart, ports = [] } = containers[name]!;
  expect({ read_only, cap_drop, security_opt }).toEqual({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
  expect(Object.keys(deploy?.resources.limits ?? {})).toEqual(['cpus', 'memory', 'pids']);
  expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  if (restart === 'unless-stopped') expect(healthcheck).toBeDefined();
});

test('only the gateway and what speaks to outside parties is on a network that leads out', () => {
  const leadingOut = Object.keys(networks).filter((name) => !networks[name]!.internal);
  const reaching = Object.keys(containers).filter((name) => containers[name]!.networks.some((network) => leadingOut.includes(network)));
  expect(reaching.sort()).toEqual(['disbursement', 'gateway', 'kyc-antifraud', 'loan-application', 'provider-sandbox', 'scoring']);
});
