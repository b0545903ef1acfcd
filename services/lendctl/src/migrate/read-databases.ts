import { ConfigError, isLendingService, loadConfig, SERVICES, serviceVariable, Setting, type Environment, type ServiceName } from '@millrace/service';
import { IsString, Matches } from 'class-validator';

const EVENT_LOG_SCHEMA = 'event_log';

/** Settings of the migration job beside the services' own `MILLRACE_<SERVICE>_DATABASE_URL`, which it must be given all. */
class MigrateConfig {
  @Setting({
    env: 'MILLRACE_DATABASE_URL',
    description: 'PostgreSQL URL with a role that may make databases, roles and schemas; only the migration job has it.',
    secret: true,
  })
  @Matches(/^postgres(ql)?:\/\/.+/, { message: 'must be a postgres:// URL' })
  adminUrl!: string;

  @Setting({
    env: 'MILLRACE_EVENT_LOG_URL',
    description: 'PostgreSQL URL of the event log; not set where the log is on Kafka.',
    secret: true,
    optional: true,
  })
  @IsString()
  eventLogUrl?: string;
}

/** What the migration job is to make. */
export interface Databases {
  readonly adminUrl: string;
  readonly database: string;
  readonly rolePassword: Readonly<Record<string, string>>;
}

interface RoleAccess {
  readonly password: string;
  readonly database: string;
}

function readAccess(variable: string, schema: string, text: string): RoleAccess {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = decodeURIComponent(url?.pathname.slice(1) ?? '');
  if (!url?.password || !database) throw new ConfigError(`${variable} must be postgres://${schema}:PASSWORD@HOST/DATABASE`);
  const role = decodeURIComponent(url.username);
  if (role !== schema) throw new ConfigError(`${variable} has the role "${role}"; a service's role is named after its schema, ${schema}`);
  return { password: decodeURIComponent(url.password), database };
}

/** Services whose schemas the installation has: a lender with real outside parties runs no sandbox, and names no database for one. */
export function installedServices(environment: Environment): readonly ServiceName[] {
  return (Object.keys(SERVICES) as ServiceName[]).filter((name) => isLendingService(name) || environment[serviceVariable(name, 'DATABASE_URL')]);
}

/** Takes every role's password, and the one database of all, from the addresses that the services themselves are given: so they cannot differ. */
export function readDatabases(schemas: readonly string[], environment: Environment): Databases {
  const { adminUrl, eventLogUrl } = loadConfig(MigrateConfig, environment);
  const access = new Map<string, RoleAccess>();
  if (eventLogUrl) access.set(EVENT_LOG_SCHEMA, readAccess('MILLRACE_EVENT_LOG_URL', EVENT_LOG_SCHEMA, eventLogUrl));
  for (const schema of schemas) {
    const variable = serviceVariable(schema, 'DATABASE_URL');
    const url = environment[variable];
    if (!url) throw new ConfigError(`${variable} is not set: the migration job needs the address of every service's schema`);
    access.set(schema, readAccess(variable, schema, url));
  }
  const databases = [...new Set([...access.values()].map(({ database }) => database))];
  if (databases.length !== 1) throw new ConfigError(`the services' addresses name several databases (${databases.join(', ')}); all schemas live in one`);
  return {
    adminUrl,
    database: databases[0]!,
    rolePassword: Object.fromEntries([...access].map(([schema, { password }]) => [schema, password])),
  };
}
