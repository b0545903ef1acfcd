import type { ServiceDefinition } from './service-definition.js';

/** What is known of a service before it is loaded. Everything else it says itself, in the definition of its module. */
interface ServiceEntry {
  /** Port of its API where no setting names another; health and metrics are served 1000 above. */
  readonly port: number;
  /** `gateway`: the door for partners and staff. `inside`: behind it. `outside`: plays other companies, and no lender with real ones runs it. */
  readonly place: 'gateway' | 'inside' | 'outside';
}

/**
 * THE list of services. Standalone, `lendctl`, the gateway's addresses and each service's own settings are made from it; containers, manifests and
 * Prometheus are written by hand and held against it by `tools/service-parts.spec.ts`, which names what a new service still lacks.
 */
export const SERVICES = {
  gateway: { port: 8080, place: 'gateway' },
  'loan-application': { port: 8081, place: 'inside' },
  'kyc-antifraud': { port: 8082, place: 'inside' },
  scoring: { port: 8083, place: 'inside' },
  disbursement: { port: 8084, place: 'inside' },
  'post-loan-monitoring': { port: 8085, place: 'inside' },
  'provider-sandbox': { port: 8090, place: 'outside' },
} as const satisfies Readonly<Record<string, ServiceEntry>>;

/** Name of a service: on the wire, as its consumer group, and of its package and folder. */
export type ServiceName = keyof typeof SERVICES;
type NamesAt<P extends ServiceEntry['place']> = { [N in ServiceName]: (typeof SERVICES)[N]['place'] extends P ? N : never }[ServiceName];

/** A service that the gateway asks. */
export type InsideService = NamesAt<'inside'>;
/** A service of the lender's own; all but the sandbox. */
export type LendingService = NamesAt<'gateway' | 'inside'>;

const namesAt = <P extends ServiceEntry['place']>(...places: readonly P[]): readonly NamesAt<P>[] =>
  (Object.keys(SERVICES) as ServiceName[]).filter((name): name is NamesAt<P> => (places as readonly string[]).includes(SERVICES[name].place));

export const INSIDE_SERVICES: readonly InsideService[] = namesAt('inside');
export const LENDING_SERVICES: readonly LendingService[] = namesAt('gateway', 'inside');
/** The outside parties first, as the others are told their address; the gateway last, as it is told everybody's. */
export const START_ORDER: readonly ServiceName[] = [...namesAt('outside'), ...namesAt('inside'), ...namesAt('gateway')];

/** True for the name of a service that an operator may look at. */
export function isLendingService(name: string): name is LendingService {
  return (LENDING_SERVICES as readonly string[]).includes(name);
}

/** PostgreSQL schema and role of a service, which follow from its name. */
export function schemaOf(service: string): string {
  return service.replaceAll('-', '_');
}

/** Environment variable of one service, e.g. `PORT` of scoring: `MILLRACE_SCORING_PORT`. */
export function serviceVariable(service: string, what: 'PORT' | 'OPERATIONS_PORT' | 'URL' | 'DATABASE_URL' | 'FIELD_KEYS'): string {
  return `MILLRACE_${schemaOf(service).toUpperCase()}_${what}`;
}

/** The package of a service; named at run time, because libraries stand below services. */
const packageOf = (service: ServiceName): string => `@millrace/${service}`;

/** The definition that a service's package exports, with its config type set aside; loads the whole service. */
export async function loadService(service: ServiceName): Promise<ServiceDefinition> {
  const exported = Object.values((await import(packageOf(service))) as Record<string, unknown>);
  const definition = exported.find((value) => (value as Partial<ServiceDefinition>).name === service && 'consumes' in (value as object));
  if (!definition) throw new Error(`${packageOf(service)} exports no definition of ${service}`);
  return definition as ServiceDefinition;
}

/** Folder of a service's migrations, found without loading the service. */
export function migrationsOf(service: ServiceName): URL {
  return new URL('../migrations', import.meta.resolve(packageOf(service)));
}
