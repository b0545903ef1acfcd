import { schemaOf, SERVICES, serviceVariable, usesEventLog, type ServiceDefinition, type ServiceName } from '@millrace/service';

/** A service as far as the files about it depend on it. */
export interface DescribedService {
  readonly name: string;
  readonly port: number;
  readonly place: (typeof SERVICES)[ServiceName]['place'];
  readonly usesLog: boolean;
  readonly produces: boolean;
  readonly keepsPersonalData: boolean;
}

/** Something that a file has to say about every service, or about those that it applies to. */
interface Part {
  readonly file: string | ((service: DescribedService) => string);
  readonly what: string;
  readonly appliesTo?: (service: DescribedService) => boolean;
  /** Text that the file has where nothing is missing; given to a regular expression, with `^` and `$` at line ends. */
  readonly text: (service: DescribedService) => string;
}

const inside = ({ place }: DescribedService): boolean => place === 'inside';
const lending = ({ place }: DescribedService): boolean => place !== 'outside';
const sealing = ({ keepsPersonalData }: DescribedService): boolean => keepsPersonalData;
const variable = (what: Parameters<typeof serviceVariable>[1]) => (service: DescribedService) => `\\b${serviceVariable(service.name, what)}\\b`;
const secret = (what: string) => (service: DescribedService) => `^MILLRACE_${schemaOf(service.name).toUpperCase()}_${what}=`;
const listed = ({ name }: DescribedService): string => `(^|[ '[|/])${name}($|[ ',;|\\]\\n])`;
const KUBERNETES = 'deploy/kubernetes';

/** Every file that has to know of a service, what of it, and how one sees that it does. Whether it is right is what the other tests of these files ask. */
export const SERVICE_PARTS: readonly Part[] = [
  { file: 'libs/service/src/service-registry.ts', what: 'entry', text: ({ name, port }) => `^  '?${name}'?: \\{ port: ${port}, ` },
  { file: ({ name }) => `services/${name}/package.json`, what: 'package of type:service', text: ({ name }) => `"@millrace/${name}"[^]*type:service` },
  { file: ({ name }) => `services/${name}/src/main.ts`, what: 'program', text: () => 'runService\\(' },
  { file: ({ name }) => `services/${name}/src/config.ts`, what: 'settings', text: ({ name }) => `serviceConfig\\('${name}'\\)` },
  { file: ({ name }) => `services/${name}/src/${name}.module.ts`, what: 'definition', text: ({ name }) => `defineService\\([^]*name: '${name}'` },
  { file: 'libs/contracts/src/topics.ts', what: 'topic', appliesTo: ({ produces }) => produces, text: ({ name }) => `'lending\\.${name}\\.v1'` },
  { file: 'ARCHITECTURE.md', what: 'row of the table of services', text: ({ name, port }) => `^\\| \`${name}\`.*\\| ${port} \\|$` },
  { file: 'services/standalone/src/role-rights.int.spec.ts', what: 'tables that are written for good', text: ({ name }) => `^  ${schemaOf(name)}: ` },
  { file: '.env.example', what: 'database password', text: secret('DATABASE_PASSWORD') },
  { file: '.env.example', what: 'Kafka password', appliesTo: lending, text: secret('KAFKA_PASSWORD') },
  { file: '.env.example', what: 'field keys', appliesTo: sealing, text: secret('FIELD_KEYS') },
  { file: 'docker-compose.yml', what: 'container', text: ({ name }) => `^  ${name}:$` },
  { file: 'docker-compose.yml', what: 'database of the job migrate', text: variable('DATABASE_URL') },
  { file: 'docker-compose.yml', what: 'login', appliesTo: lending, text: ({ name }) => `_SASL_USERNAME: ${name}$` },
  { file: 'docker-compose.yml', what: 'address for gateway and lendctl', appliesTo: lending, text: variable('URL') },
  { file: 'docker-compose.yml', what: 'field keys of lendctl', appliesTo: sealing, text: variable('FIELD_KEYS') },
  { file: 'deploy/compose/servers.yml', what: 'login of the broker', appliesTo: lending, text: ({ name }) => `user_${name}=` },
  { file: 'deploy/prometheus/prometheus.yml', what: 'target', appliesTo: lending, text: listed },
  { file: 'deploy/prometheus/prometheus-npm-start.yml', what: 'target', appliesTo: lending, text: ({ port }) => `127\\.0\\.0\\.1:${port + 1000}\\b` },
  { file: ({ name }) => `${KUBERNETES}/base/${name}.yaml`, what: 'manifest', appliesTo: lending, text: ({ name }) => `name: ${name}$` },
  { file: `${KUBERNETES}/base/kustomization.yaml`, what: 'resource', appliesTo: lending, text: ({ name }) => `- ${name}\\.yaml$` },
  { file: `${KUBERNETES}/base/jobs.yaml`, what: 'database of the job migrate', appliesTo: lending, text: variable('DATABASE_URL') },
  { file: `${KUBERNETES}/base/verify.yaml`, what: 'database', appliesTo: lending, text: variable('DATABASE_URL') },
  { file: `${KUBERNETES}/base/lendctl.yaml`, what: 'database', appliesTo: lending, text: variable('DATABASE_URL') },
  { file: `${KUBERNETES}/base/lendctl.yaml`, what: 'address', appliesTo: lending, text: variable('URL') },
  { file: `${KUBERNETES}/base/lendctl.yaml`, what: 'field keys', appliesTo: sealing, text: variable('FIELD_KEYS') },
  { file: `${KUBERNETES}/base/gateway.yaml`, what: 'address', appliesTo: inside, text: variable('URL') },
  { file: `${KUBERNETES}/components/keda/scaled-objects.yaml`, what: 'scaling by lag', appliesTo: inside, text: ({ name }) => `consumerGroup: ${name}$` },
  { file: `${KUBERNETES}/components/keda/kustomization.yaml`, what: 'autoscaler that scaling by lag replaces', appliesTo: inside, text: listed },
  { file: `${KUBERNETES}/make-secrets.example`, what: 'database Secret', appliesTo: lending, text: listed },
  { file: `${KUBERNETES}/make-secrets.example`, what: 'Kafka Secret', appliesTo: lending, text: ({ name }) => ` ${name}-kafka[ ;]` },
  { file: `${KUBERNETES}/overlays/local/make-secrets.mjs`, what: 'Secrets', text: listed },
  { file: `${KUBERNETES}/overlays/local/kustomization.yaml`, what: 'database Secret', text: ({ name }) => `name: ${name}-database,` },
  { file: `${KUBERNETES}/overlays/local/kustomization.yaml`, what: 'Kafka Secret', appliesTo: lending, text: ({ name }) => `name: ${name}-kafka,` },
];

/** A service that is there, as its definition and the registry say. */
export function describeService(definition: ServiceDefinition): DescribedService {
  const { name } = definition;
  const entry = SERVICES[name as ServiceName];
  const usesLog = usesEventLog(definition);
  return { name, ...entry, usesLog, produces: definition.produces.length > 0, keepsPersonalData: definition.sealedRecords.length > 0 };
}

const fileOf = ({ file }: Part, service: DescribedService): string => (typeof file === 'string' ? file : file(service));

/** What the tree lacks of a service, each as `file: what`. */
export function missingParts(service: DescribedService, textOf: (path: string) => string | undefined): string[] {
  return SERVICE_PARTS.filter(({ appliesTo = () => true }) => appliesTo(service))
    .filter((part) => !new RegExp(part.text(service), 'm').test(textOf(fileOf(part, service)) ?? ''))
    .map((part) => `${fileOf(part, service)}: ${part.what}`);
}
