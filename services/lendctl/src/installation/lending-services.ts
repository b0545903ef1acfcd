import type { ServiceDefinition } from '@millrace/service';

/** Every service of an installation but the sandbox, which plays the outside world; loaded only when it is looked at. */
const LOADERS = {
  gateway: async () => (await import('@millrace/gateway')).gateway,
  'loan-application': async () => (await import('@millrace/loan-application')).loanApplication,
  'kyc-antifraud': async () => (await import('@millrace/kyc-antifraud')).kycAntifraud,
  scoring: async () => (await import('@millrace/scoring')).scoring,
  disbursement: async () => (await import('@millrace/disbursement')).disbursement,
  'post-loan-monitoring': async () => (await import('@millrace/post-loan-monitoring')).postLoanMonitoring,
} as const;

/** Name of a service, which is also that of its consumer group. */
export type ServiceName = keyof typeof LOADERS;

export const SERVICE_NAMES = Object.keys(LOADERS) as readonly ServiceName[];

export function isServiceName(name: string): name is ServiceName {
  return Object.hasOwn(LOADERS, name);
}

/** Schema and role of a service, which follow from its name. */
export function schemaOf(name: ServiceName): string {
  return name.replaceAll('-', '_');
}

/** Environment variable with the service's database, as the service itself reads it. */
export function databaseVariable(name: ServiceName): string {
  return `MILLRACE_${schemaOf(name).toUpperCase()}_DATABASE_URL`;
}

/** Environment variable with the service's own keys of personal data; the service itself has them as `MILLRACE_FIELD_KEYS`, as all do where it is not set. */
export function fieldKeysVariable(name: ServiceName): string {
  return `MILLRACE_${schemaOf(name).toUpperCase()}_FIELD_KEYS`;
}

const PACKAGES: Readonly<Record<ServiceName, string>> = {
  gateway: '@millrace/gateway',
  'loan-application': '@millrace/loan-application',
  'kyc-antifraud': '@millrace/kyc-antifraud',
  scoring: '@millrace/scoring',
  disbursement: '@millrace/disbursement',
  'post-loan-monitoring': '@millrace/post-loan-monitoring',
};

/** Folder of a service's migrations, found without loading the service. */
export function migrationsOf(name: ServiceName): URL {
  return new URL('../migrations', import.meta.resolve(PACKAGES[name]));
}

/** A definition with its config type set aside: the tool treats all services alike. */
export async function loadDefinition(name: ServiceName): Promise<ServiceDefinition> {
  return (await LOADERS[name]()) as unknown as ServiceDefinition;
}
