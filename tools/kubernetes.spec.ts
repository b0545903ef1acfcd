import { EventLogConfig, processEnvironment, settingsOf, usesEventLog } from '@millrace/service';
import {
  missingForRendering,
  podTemplates,
  render,
  renderWith,
  selects,
  type Container,
  type KubernetesObject,
  type PodTemplate,
} from './kubernetes-objects.js';
import { serviceDefinitions } from './service-definitions.js';
import { listFiles } from './source-tree.js';

const SANDBOX = 'provider-sandbox';
/** What each overlay runs; only production has real outside parties. The base has what all of them share. */
const FOLDERS = { 'overlays/staging': true, 'overlays/production': false } as const;
const LOCAL = 'overlays/local/system';

const definitions = await serviceDefinitions();
const names = definitions.map(({ name }) => name);
const files = listFiles().filter(({ path }) => path.startsWith('deploy/kubernetes/') && path.endsWith('.yaml'));
const missing = missingForRendering();
if (missing && processEnvironment()['MILLRACE_TEST_REQUIRE_SERVERS']) throw new Error(`manifests cannot be rendered: ${missing}`);

const containersOf = ({ spec }: PodTemplate): readonly Container[] => [...spec.containers, ...(spec.initContainers ?? [])];
const objectsOf = (objects: readonly KubernetesObject[], kind: string): readonly KubernetesObject[] => objects.filter((object) => object.kind === kind);

const keysOf = (service: string): object => ({ valueFrom: { secretKeyRef: { name: `${service}-field-keys`, key: 'keys' } } });

test('SEC-11: the broker of the local overlay takes logins only, and refuses what no rule allows', () => {
  const { text } = files.find(({ path }) => path.endsWith('overlays/local/servers/kafka.yaml'))!;
  const env = Object.fromEntries([...text.matchAll(/\{ name: (KAFKA_\w+), value: '?(.*?)'? \}/g)].map(([, name, value]) => [name, value]));
  expect(env).toMatchObject({
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'CLIENTS:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT',
    KAFKA_ALLOW_EVERYONE_IF_NO_ACL_FOUND: 'false',
    KAFKA_SUPER_USERS: 'User:broker;User:operator',
  });
});

(missing ? test.skip : test)('the local overlay makes every Secret that its pods name, out of .env', () => {
  const textOf = (name: string): string => listFiles().find(({ path }) => path.endsWith(`overlays/local/${name}`))!.text;
  const made = [...textOf('kustomization.yaml').matchAll(/name: ([\w-]+), namespace: ([\w-]+), envs/g)].map(([, name, namespace]) => `${namespace}/${name}`);
  const named = podTemplates([...render(`deploy/kubernetes/${LOCAL}`), ...render('deploy/kubernetes/overlays/local/servers')]).flatMap((template) =>
    containersOf(template).flatMap(({ env = [], envFrom = [] }) => {
      const references = [...env.map(({ valueFrom }) => valueFrom as { secretKeyRef?: { name: string } } | undefined), ...envFrom];
      const names = references.flatMap((reference) => Object.entries(reference ?? {}).flatMap(([kind, { name }]) => (kind.startsWith('secret') ? [name] : [])));
      return names.map((name) => `${template.owner.metadata.namespace}/${name}`);
    }),
  );
  // Its broker speaks no TLS.
  expect([...new Set(named)].filter((name) => !name.endsWith('/kafka-access')).sort()).toEqual([...made].sort());
});

test('no file has a Secret: values come from outside', () => {
  expect(files.length).toBeGreaterThan(0);
  expect(files.flatMap((file) => file.linesWith(/^kind: Secret$|:\/\/\w+:[^@\s]+@|BEGIN PRIVATE KEY/))).toEqual([]);
});

test('D5: no volume of a server can be opened by a second one', () => {
  const modes = files.flatMap(({ text }) => [...text.matchAll(/accessModes: \[(\w+)\]/g)].map(([, mode]) => mode));
  expect(modes).toEqual(['ReadWriteOncePod', 'ReadWriteOncePod']);
});

test('every service of the project has a manifest', () => {
  const paths = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1, -'.yaml'.length));
  expect(names.filter((name) => !paths.includes(name))).toEqual([]);
});

(missing ? describe.skip : describe).each([...Object.entries(FOLDERS), [LOCAL, true] as const])('%s', (folder, withSandbox) => {
  const objects = missing ? [] : render(`deploy/kubernetes/${folder}`);
  const templates = podTemplates(objects);
  const services = templates.filter(({ owner }) => owner.kind === 'Deployment');
  const expected = names.filter((name) => withSandbox || name !== SANDBOX);
  const nameOf = ({ owner }: PodTemplate): string => owner.metadata.name;

  test('deploys every service, each with an address, an account and a budget of disruptions of its own', () => {
    expect(services.map(nameOf).sort()).toEqual([...expected].sort());
    for (const kind of ['Service', 'ServiceAccount', 'PodDisruptionBudget'])
      expect(objectsOf(objects, kind).map(({ metadata }) => metadata.name)).toEqual([...expected].sort());
    for (const template of services) {
      expect(template.spec.serviceAccountName).toBe(nameOf(template));
      for (const { kind, metadata, spec } of objects.filter(({ kind }) => kind === 'Service' || kind === 'PodDisruptionBudget')) {
        const selector = kind === 'Service' ? { matchLabels: spec.selector } : spec.selector;
        expect([kind, metadata.name, selects(selector, template.labels)]).toEqual([kind, metadata.name, metadata.name === nameOf(template)]);
      }
    }
  });

  test('scales every service but the sandbox, and none that is scaled names its replicas', () => {
    const scaled = objectsOf(objects, 'HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name as string);
    expect([...scaled].sort()).toEqual(expected.filter((name) => name !== SANDBOX).sort());
    expect(services.filter(({ owner }) => scaled.includes(owner.metadata.name) && owner.spec.replicas !== undefined).map(nameOf)).toEqual([]);
  });

  test('probes every service, lets it stop in peace, and replaces it without a gap', () => {
    for (const template of services) {
      const [container] = template.spec.containers;
      expect(container?.startupProbe?.httpGet).toEqual({ path: '/health/live', port: 'operations' });
      expect(container?.livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'operations' });
      expect(container?.readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'operations' });
      expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(30);
      expect(template.owner.spec.strategy.rollingUpdate).toEqual({ maxSurge: 1, maxUnavailable: 0 });
      expect(template.annotations).toMatchObject({ 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9080', 'prometheus.io/path': '/metrics' });
    }
  });

  test('runs everything under the restricted pod security standard, with limits', () => {
    for (const template of templates) {
      expect(template.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
      expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const { securityContext, resources } of containersOf(template)) {
        expect(securityContext).toEqual({ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } });
        expect(Object.keys(resources?.requests ?? {})).toEqual(['cpu', 'memory']);
        expect(Object.keys(resources?.limits ?? {})).toEqual(['cpu', 'memory']);
      }
    }
  });

  test('has one image of one tag, which the names of the jobs end with', () => {
    const images = [...new Set(templates.flatMap(containersOf).map(({ image }) => image))];
    expect(images).toEqual([expect.stringMatching(/^millrace:[\w.-]+$/)]);
    const tag = images[0]!.split(':')[1];
    const jobs = folder === LOCAL ? ['acls', 'migrate', 'topics'] : ['migrate', 'topics'];
    expect(objectsOf(objects, 'Job').map(({ metadata }) => metadata.name)).toEqual(jobs.map((job) => `${job}-${tag}`));
  });

  test('gives every service the settings that it declares, and secret ones by reference only', () => {
    const log = settingsOf(EventLogConfig);
    for (const { name, config, sealedRecords, ...events } of definitions.filter((definition) => expected.includes(definition.name))) {
      const env = services.find(({ owner }) => owner.metadata.name === name)!.spec.containers[0]!.env!;
      const settings = [...settingsOf(config), ...log];
      const known = settings.map((setting) => setting.env);
      expect([name, env.filter((variable) => !known.includes(variable.name))]).toEqual([name, []]);
      const required = settings.filter(({ optional, default: value }) => !optional && value === undefined).map((setting) => setting.env);
      expect(env.map((variable) => variable.name)).toEqual(expect.arrayContaining(required));
      // SEC-18, SEC-20: whoever plays the outside world has neither the way to the log nor the word that the services trust.
      const inside = env.filter((variable) => ['MILLRACE_KAFKA_BROKERS', 'MILLRACE_INTERNAL_TOKEN'].includes(variable.name));
      expect([name, inside.length]).toEqual([name, usesEventLog(events) ? 2 : 0]);
      // SEC-10: no service opens the personal data of another one.
      const keys = env.filter((variable) => variable.name.endsWith('FIELD_KEYS'));
      expect([name, keys]).toEqual([name, sealedRecords.length > 0 ? [{ name: 'MILLRACE_FIELD_KEYS', ...keysOf(name) }] : []]);
      const secrets = new Set(settings.filter(({ secret }) => secret).map((setting) => setting.env));
      for (const variable of env.filter((candidate) => secrets.has(candidate.name))) expect(variable.valueFrom).toHaveProperty('secretKeyRef');
    }
    expect(objectsOf(objects, 'Secret')).toEqual([]);
  });

  test('takes TLS and login of the brokers wherever brokers are named, and only where the Secret is there', () => {
    const onKafka = templates.flatMap(containersOf).filter(({ env = [] }) => env.some(({ name }) => name === 'MILLRACE_KAFKA_BROKERS'));
    const logins = onKafka.map(({ envFrom = [] }) => envFrom.map(({ secretRef }) => secretRef));
    expect(logins.flat().filter((secret) => !secret?.optional)).toEqual(folder === LOCAL ? [{ name: 'operator-kafka' }] : []);
    // SEC-11, SEC-20: a login a service, and one for operators.
    const services = expected.filter((name) => name !== SANDBOX).map((name) => `${name}-kafka`);
    const operators = Array.from({ length: folder === LOCAL ? 4 : 3 }, () => 'operator-kafka');
    const wanted = [...services, ...operators].map((login) => ['kafka-access', login]);
    expect(logins.map((secrets) => secrets.map((secret) => secret!.name)).sort()).toEqual(wanted.sort());
  });

  test('D4: an operator finds lendctl with every address, which never runs by itself and ends by itself', () => {
    const cronJob = objectsOf(objects, 'CronJob').find(({ metadata }) => metadata.name === 'lendctl')!;
    expect(cronJob.spec.suspend).toBe(true);
    expect(cronJob.spec.jobTemplate.spec).toMatchObject({ activeDeadlineSeconds: 3_600, ttlSecondsAfterFinished: 600 });
    const { env } = cronJob.spec.jobTemplate.spec.template.spec.containers[0] as Required<Container>;
    const inside = definitions.filter(usesEventLog);
    const databases = inside.map(({ schema }) => `MILLRACE_${schema.toUpperCase()}_DATABASE_URL`);
    const addresses = inside.map(({ schema }) => `MILLRACE_${schema.toUpperCase()}_URL`);
    expect(env.map(({ name }) => name)).toEqual(expect.arrayContaining([...databases, ...addresses, 'MILLRACE_KAFKA_BROKERS', 'MILLRACE_INTERNAL_TOKEN']));
    for (const { name, schema } of definitions.filter(({ sealedRecords }) => sealedRecords.length > 0))
      expect(env).toContainEqual({ name: `MILLRACE_${schema.toUpperCase()}_FIELD_KEYS`, ...keysOf(name) });
  });

  test('SEC-20: the namespace has a quota and limits for containers that name none; what all services need at most fits into it', () => {
    const [quota] = objectsOf(objects, 'ResourceQuota');
    const most = objectsOf(objects, 'HorizontalPodAutoscaler').reduce((sum, { spec }) => sum + (spec.maxReplicas as number) + 1, 0);
    expect(Number(quota!.spec.hard.pods)).toBeGreaterThan(most);
    expect(objectsOf(objects, 'LimitRange')).toHaveLength(1);
  });

  test('D11: the jobs that prepare an installation wait for its servers', () => {
    const jobs = templates.filter(({ owner }) => owner.kind === 'Job').flatMap(containersOf);
    for (const { args } of jobs) expect(args!.slice(-2)).toEqual(['--wait', '300']);
  });

  test('lets only the gateway be reached from outside, and each pod reach only its own servers', () => {
    const policies = objectsOf(objects, 'NetworkPolicy');
    expect(policies.find(({ metadata }) => metadata.name === 'deny-all')?.spec).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
    const open = policies.filter(({ spec }) => spec.ingress?.some(({ from }: { from?: unknown }) => from === undefined));
    const reached = services.filter(({ labels }) => open.some(({ spec }) => selects(spec.podSelector, labels))).map(nameOf);
    // The demo asks the local sandbox for firms.
    expect(reached).toEqual(folder === LOCAL ? ['gateway', SANDBOX] : ['gateway']);
    for (const template of templates) {
      const env = new Set(
        containersOf(template)
          .flatMap((container) => container.env ?? [])
          .map(({ name }) => name),
      );
      const needs = {
        'reach-database': [...env].some((name) => name.endsWith('_DATABASE_URL')),
        'reach-kafka': env.has('MILLRACE_KAFKA_BROKERS'),
        'reach-redis': env.has('MILLRACE_REDIS_URL'),
        'reach-collector': env.has('OTEL_EXPORTER_OTLP_ENDPOINT'),
        'reach-providers': env.has('MILLRACE_PROVIDERS_URL'),
        'reach-services': env.has('MILLRACE_SCORING_URL'),
      };
      const outward = policies.filter(({ spec }) => spec.egress && selects(spec.podSelector, template.labels)).map(({ metadata }) => metadata.name);
      const wanted = Object.entries(needs).flatMap(([policy, needed]) => (needed ? [policy] : []));
      expect([nameOf(template), [...outward].sort()]).toEqual([nameOf(template), [...wanted, 'reach-names'].sort()]);
    }
  });
});

(missing ? test.skip : test)('with KEDA, whoever reads events scales on its own lag, at the brokers of the services; the gateway stays with CPU', () => {
  const objects = renderWith('deploy/kubernetes/overlays/production', 'deploy/kubernetes/components/keda');
  const groups = definitions.filter(({ name, consumes }) => name !== 'gateway' && consumes.length > 0).map(({ name }) => name);
  const brokers = objectsOf(objects, 'ConfigMap').find(({ metadata }) => metadata.name === 'event-log')!.data!['kafka-brokers'];
  const scaled = objectsOf(objects, 'ScaledObject').map(({ metadata, spec }) => [metadata.name, spec.scaleTargetRef.name, spec.triggers[0].metadata]);
  const expected = groups.map((name) => [name, name, expect.objectContaining({ consumerGroup: name, bootstrapServers: brokers })]);
  expect(scaled).toEqual(expected);
  expect(objectsOf(objects, 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)).toEqual(['gateway']);
});
