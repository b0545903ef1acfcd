import { EventLogConfig, settingsOf, usesEventLog } from '@millrace/service';
import { load, YAML11_SCHEMA } from 'js-yaml';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

// Goal: what the containers are given is what the services declare, and none has more rights than it needs. That they run is shown by .ci/compose.

interface Container {
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly networks: readonly string[];
  readonly depends_on?: object;
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
interface ComposeFile {
  readonly include?: readonly string[];
  readonly services: Readonly<Record<string, Container>>;
  readonly networks: Readonly<Record<string, { internal?: boolean }>>;
}
const parse = (text: string): ComposeFile => load(text, { schema: YAML11_SCHEMA }) as ComposeFile;
const MAIN = textOf('docker-compose.yml');
const included = parse(MAIN).include!.map(textOf);
const text = [MAIN, ...included].join('');
const all = [MAIN, ...included].map(parse);
const containers = Object.assign({}, ...all.map(({ services }) => services)) as ComposeFile['services'];
const networks = Object.assign({}, ...all.map((file) => file.networks)) as ComposeFile['networks'];
const definitions = await serviceDefinitions();
const variablesOf = (name: string): string[] => Object.keys(containers[name]?.environment ?? {});

test('every service has a container with the settings that it declares, and takes traces to a collector', () => {
  for (const { name, config, sealedRecords } of definitions) {
    const settings = [...settingsOf(config), ...settingsOf(EventLogConfig)];
    const known = settings.map(({ env }) => env);
    const required = settings.filter(({ optional, default: value }) => !optional && value === undefined).map(({ env }) => env);
    expect([name, variablesOf(name).filter((variable) => !known.includes(variable))]).toEqual([name, []]);
    expect(variablesOf(name)).toEqual(expect.arrayContaining([...required, 'OTEL_EXPORTER_OTLP_ENDPOINT']));
    if (sealedRecords.length > 0) expect(variablesOf(name)).toContain('MILLRACE_FIELD_KEYS');
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

test('SEC-11: every service has a login of its own at the broker, which takes no other and refuses what no rule allows; operators alone may do everything', () => {
  const broker = containers['kafka']!.environment!;
  const passwords = new Map<string, string>();
  for (const [name, { environment = {} }] of Object.entries(containers)) {
    if (!('MILLRACE_KAFKA_BROKERS' in environment)) continue;
    const login = definitions.some((definition) => definition.name === name) ? name : 'operator';
    expect(environment).toMatchObject({ MILLRACE_KAFKA_SASL_MECHANISM: 'plain', MILLRACE_KAFKA_SASL_USERNAME: login });
    passwords.set(login, String(environment['MILLRACE_KAFKA_SASL_PASSWORD']));
  }
  expect([...passwords.keys()].sort()).toEqual([...definitions.filter(usesEventLog).map(({ name }) => name), 'operator'].sort());
  expect(new Set(passwords.values()).size).toBe(passwords.size);
  const users = Object.fromEntries(
    [...String(broker['KAFKA_LISTENER_NAME_CLIENTS_PLAIN_SASL_JAAS_CONFIG']).matchAll(/user_([\w-]+)="(.*?)"/g)].map((m) => [m[1], m[2]]),
  );
  // Neither is in a container: the broker's own, and the one of the lender's system for reports of suspicion (G-AM-03).
  const elsewhere = ['broker', 'compliance'].map((login) => [login, expect.stringContaining(`MILLRACE_${login.toUpperCase()}_KAFKA_PASSWORD`)]);
  expect(users).toEqual(Object.fromEntries([...passwords, ...elsewhere]));
  expect(broker).toMatchObject({
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND: 'false',
    KAFKA_SUPER_USERS: 'User:broker;User:operator',
  });
  expect(definitions.map(({ name }) => Object.keys(containers[name]!.depends_on ?? {}))).toEqual(
    definitions.map(() => expect.arrayContaining(['migrate', 'topics', 'acls'])),
  );
});

test('SEC-10: no two services have the same field keys, and lendctl has those of each', () => {
  const sealing = definitions.filter(({ sealedRecords }) => sealedRecords.length > 0);
  const keys = sealing.map(({ name }) => containers[name]!.environment!['MILLRACE_FIELD_KEYS']);
  expect(new Set(keys).size).toBe(sealing.length);
  const ofOperators = sealing.map(({ schema }) => containers['lendctl']!.environment![`MILLRACE_${schema.toUpperCase()}_FIELD_KEYS`]);
  expect(ofOperators).toEqual(keys);
  const holders = Object.keys(containers).filter((name) => variablesOf(name).some((variable) => variable.endsWith('FIELD_KEYS')));
  expect(holders.sort()).toEqual([...sealing.map(({ name }) => name), 'lendctl'].sort());
});

test('D4: lendctl can ask every service whether it is well', () => {
  const lendctl = containers['lendctl']!;
  const addresses = definitions.filter(usesEventLog).map(({ name, schema }) => [`MILLRACE_${schema.toUpperCase()}_URL`, `http://${name}:8080`]);
  expect(lendctl.environment).toMatchObject(Object.fromEntries(addresses));
  expect(lendctl.networks).toContain('services');
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
  expect(reaching.sort()).toEqual(['disbursement', 'gateway', 'kyc-antifraud', 'loan-application', 'post-loan-monitoring', 'provider-sandbox', 'scoring']);
});
