import {
  BaseConfig,
  type Environment,
  EventLogConfig,
  operationsPortOf,
  type ServiceDefinition,
  serviceVariable,
  SETTING_PREFIX,
  settingsOf,
  usesEventLog,
} from '@millrace/service';

/** One process of the topology. */
export interface PlannedProcess {
  readonly service: string;
  /** Shown before each of its lines: the service, with its number where it has several instances. */
  readonly label: string;
  readonly url: string;
  /** Base address of its health and metrics. */
  readonly operationsUrl: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What is planned for. */
export interface PlanOptions {
  readonly definitions: readonly ServiceDefinition[];
  /** Processes of each service; of the sandbox there is one. */
  readonly instances: number;
  /** What the person at the terminal has set; comes before everything but the ports of further instances. */
  readonly environment: Environment;
  /** Settings that every service may have, by variable; each is given those only that it declares. */
  readonly shared: Readonly<Record<string, string>>;
  /** Settings of one service alone, e.g. its login at the event log. */
  readonly own?: (definition: ServiceDefinition) => Readonly<Record<string, string>>;
}

/** Ports of further instances: 8080, 8180, 8280 and so on. */
export const PORT_STEP = 100;
const SINGLE = 'provider-sandbox';

function basePort(definition: ServiceDefinition, environment: Environment): number {
  const name = serviceVariable(definition.name, 'PORT');
  return Number(environment[name] ?? settingsOf(definition.config).find(({ env }) => env === name)!.default);
}

function baseOperationsPort(definition: ServiceDefinition, environment: Environment): number {
  const given = environment[serviceVariable(definition.name, 'OPERATIONS_PORT')];
  return operationsPortOf({ port: basePort(definition, environment), ...(given ? { operationsPort: Number(given) } : {}) });
}

/** What the sandbox is not to have: it plays the outside world, which has no word inside. */
const INSIDE_ONLY = 'MILLRACE_INTERNAL_TOKEN';
/** What nobody is to have who keeps no personal data. */
const SEALING_ONLY = 'MILLRACE_FIELD_KEYS';

/** Everything that is not a setting of ours, e.g. `PATH`, and of ours what the service declares: it refuses all else. */
function environmentOf(definition: ServiceDefinition, all: Environment): Record<string, string> {
  const configs = [definition.config, BaseConfig, ...(usesEventLog(definition) ? [EventLogConfig] : [])];
  const declared = new Set(configs.flatMap((config) => settingsOf(config).map(({ env }) => env)));
  if (!usesEventLog(definition)) declared.delete(INSIDE_ONLY);
  if (definition.sealedRecords.length === 0) declared.delete(SEALING_ONLY);
  const kept = Object.entries(all).filter(([name, value]) => value !== undefined && (!name.startsWith(SETTING_PREFIX) || declared.has(name)));
  return Object.fromEntries(kept) as Record<string, string>;
}

/** All processes with their settings, in the order of the definitions. Services are called at their first instance's address where `shared` names no other. */
export function planProcesses({ definitions, instances, environment, shared, own = () => ({}) }: PlanOptions): PlannedProcess[] {
  const host = environment['MILLRACE_HOST'] ?? '127.0.0.1';
  const urlOf = (definition: ServiceDefinition, instance: number): string => `http://${host}:${basePort(definition, environment) + (instance - 1) * PORT_STEP}`;
  const addresses = Object.fromEntries(definitions.map((definition) => [serviceVariable(definition.name, 'URL'), urlOf(definition, 1)]));
  const sandbox = definitions.find(({ name }) => name === SINGLE);
  const providers = sandbox ? { MILLRACE_PROVIDERS_URL: urlOf(sandbox, 1) } : {};
  return definitions.flatMap((definition) => {
    const count = definition.name === SINGLE ? 1 : instances;
    return Array.from({ length: count }, (_, at) => {
      const url = urlOf(definition, at + 1);
      const operationsPort = baseOperationsPort(definition, environment) + at * PORT_STEP;
      const ports = {
        [serviceVariable(definition.name, 'PORT')]: new URL(url).port,
        [serviceVariable(definition.name, 'OPERATIONS_PORT')]: String(operationsPort),
      };
      return {
        service: definition.name,
        label: count === 1 ? definition.name : `${definition.name}-${at + 1}`,
        url,
        operationsUrl: `http://${host}:${operationsPort}`,
        environment: environmentOf(definition, { ...addresses, ...providers, ...shared, ...own(definition), ...environment, ...ports }),
      };
    });
  });
}
