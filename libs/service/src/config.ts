import 'reflect-metadata';
import { DEFAULT_INSTALLATION_URL } from '@millrace/contracts';
import { IsIn, IsInt, IsIP, IsString, IsUrl, Max, Min, MinLength, validateSync } from 'class-validator';

/** Environment variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** One documented setting of a service. */
export interface SettingDescription {
  /** Name of the environment variable; all of ours begin with `MILLRACE_`; others keep the name that their standard gives them. */
  readonly env: string;
  /** Meaning and unit, in one sentence, for `--help`. */
  readonly description: string;
  /** Value where the variable is not set; a setting without one is required. Secrets never have one. */
  readonly default?: string | number | boolean;
  /** Never printed. */
  readonly secret?: boolean;
  /** May stay unset. */
  readonly optional?: boolean;
}

interface DeclaredSetting extends SettingDescription {
  readonly property: string;
  readonly type: unknown;
}

/** A bad or missing setting; the message is one line for the person who started the process. */
export class ConfigError extends Error {}

export const SETTING_PREFIX = 'MILLRACE_';
const declared = new WeakMap<object, DeclaredSetting[]>();

/** Declares a field of a config class as an environment variable. */
export function Setting(description: SettingDescription): PropertyDecorator {
  return (target, property) => {
    const own = declared.get(target) ?? [];
    own.push({ ...description, property: String(property), type: Reflect.getMetadata('design:type', target, property) });
    declared.set(target, own);
  };
}

/** Settings of a class and its parents, in order of declaration. */
export function settingsOf(configClass: new () => object): readonly DeclaredSetting[] {
  const settings: DeclaredSetting[] = [];
  for (
    let prototype = configClass.prototype as object | null;
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    settings.unshift(...(declared.get(prototype) ?? []));
  }
  return settings;
}

/** Settings that every service has. */
export class BaseConfig {
  @Setting({ env: 'MILLRACE_HOST', description: 'Address that servers listen on.', default: '127.0.0.1' })
  @IsIP()
  host!: string;

  @Setting({ env: 'MILLRACE_LOG_LEVEL', description: 'Least severe log line that is written: debug, info, warn, error or silent.', default: 'info' })
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'])
  logLevel!: string;

  /** Needed by every service but the sandbox, which stands outside; `buildService` refuses to go without. */
  @Setting({
    env: 'MILLRACE_INTERNAL_TOKEN',
    description: 'Secret that the gateway shows to the services behind it; at least 32 characters. The sandbox needs none.',
    secret: true,
    optional: true,
  })
  @IsString()
  @MinLength(32)
  internalToken!: string;

  @Setting({
    env: 'MILLRACE_FIELD_KEYS',
    description: 'AES-256 keys for personal data, `id:base64` separated by commas, the first for new values; needed by services that keep personal data.',
    secret: true,
    optional: true,
  })
  @IsString()
  fieldKeys?: string;

  @Setting({
    env: 'MILLRACE_INSTALLATION_URL',
    description:
      'Public base URL of the gateway, the same for every service: events name their source (URL/services/NAME) and their schema (URL/v1/event-schemas/TYPE.json) by it, and access tokens their issuer.',
    default: DEFAULT_INSTALLATION_URL,
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true, allow_query_components: false, allow_fragments: false })
  installationUrl!: string;

  @Setting({
    env: 'MILLRACE_REQUEST_TIMEOUT_MS',
    description: 'How long a caller may take to send one whole request, body included; a third of it for the headers. Answers may take longer.',
    default: 30_000,
  })
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  requestTimeoutMs!: number;

  @Setting({
    env: 'MILLRACE_CONNECTION_TIMEOUT_MS',
    description: 'How long nothing may come or go on a connection with a request under way; longer than the slowest answer takes to begin.',
    default: 120_000,
  })
  @IsInt()
  @Min(1_000)
  @Max(3_600_000)
  connectionTimeoutMs!: number;

  @Setting({ env: 'MILLRACE_MAX_CONNECTIONS', description: 'Connections of callers that one service holds; further ones are closed at once.', default: 4_000 })
  @IsInt()
  @Min(10)
  @Max(100_000)
  maxConnections!: number;

  @Setting({ env: 'MILLRACE_DATABASE_POOL_SIZE', description: 'PostgreSQL connections of one service, jobs included.', default: 10 })
  @IsInt()
  @Min(2)
  @Max(100)
  databasePoolSize!: number;

  @Setting({
    env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    description: 'Base URL of a collector that takes traces by OTLP over HTTP, e.g. http://collector:4318; no traces are recorded without one.',
    optional: true,
  })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  otlpEndpoint?: string;

  @Setting({
    env: 'MILLRACE_DRAIN_MS',
    description:
      'How long a service that was told to stop goes on answering, in milliseconds; it is not ready then, and ends each connection with its next answer.',
    default: 5_000,
  })
  @IsInt()
  @Min(0)
  @Max(60_000)
  drainMs!: number;

  @Setting({
    env: 'MILLRACE_SPACE_PROBE_MB',
    description:
      'Space, in MB, that PostgreSQL must have left for a service to be ready: as much is written to a temporary file at most every half minute. 0 asks nothing.',
    default: 4,
  })
  @IsInt()
  @Min(0)
  @Max(1_000)
  spaceProbeMb!: number;

  /** Port of the service; each service declares its own variable. */
  port!: number;

  /** Port of health and metrics where it is not the default; each service declares its own variable with {@link OperationsPort}. */
  operationsPort?: number;

  /** PostgreSQL URL with the service's own role; each service declares its own variable. */
  databaseUrl!: string;
}

/** Distance of the operations port from the service's own, where none is set. */
const OPERATIONS_PORT_STEP = 1_000;
export const HIGHEST_PORT = 65_535;

/** Declares the operations port of a service. */
export function OperationsPort(env: string): PropertyDecorator {
  const description = `Port of this service for health and metrics, for operators only; ${OPERATIONS_PORT_STEP} above its own where it is not set.`;
  return (target, property) => {
    Reflect.defineMetadata('design:type', Number, target, property);
    for (const declare of [Setting({ env, description, optional: true }), IsInt(), Min(0), Max(HIGHEST_PORT)]) declare(target, property);
  };
}

/** Port that health and metrics are served at; 0, any free one, where the service takes any too. */
export function operationsPortOf({ port, operationsPort }: Pick<BaseConfig, 'port' | 'operationsPort'>): number {
  if (operationsPort !== undefined) return operationsPort;
  return port === 0 ? 0 : port + OPERATIONS_PORT_STEP;
}

/** The process's environment; the one place that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

function convert(setting: DeclaredSetting, raw: string): unknown {
  if (setting.type === Number) {
    return /^-?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : Number.NaN;
  }
  if (setting.type === Boolean) {
    if (!['true', 'false'].includes(raw)) throw new ConfigError(`${setting.env} must be true or false`);
    return raw === 'true';
  }
  return raw;
}

/** Reads and checks the settings of one class; throws a {@link ConfigError} with one line that names the variable. */
export function loadConfig<C extends object>(configClass: new () => C, environment: Environment): C {
  const config = new configClass();
  for (const setting of settingsOf(configClass)) {
    const raw = environment[setting.env];
    if (raw !== undefined && raw !== '') Object.assign(config, { [setting.property]: convert(setting, raw) });
    else if (setting.default !== undefined) Object.assign(config, { [setting.property]: setting.default });
    else if (!setting.optional) throw new ConfigError(`${setting.env} is not set: ${setting.description}`);
  }
  const [first] = validateSync(config, { forbidUnknownValues: false, skipMissingProperties: true });
  if (first) {
    const setting = settingsOf(configClass).find((candidate) => candidate.property === first.property);
    const shown = setting?.secret ? '' : ` (it is "${String(environment[setting?.env ?? ''] ?? '')}")`;
    const problem =
      Object.values(first.constraints ?? {})[0]
        ?.replace(first.property, '')
        .trim() ?? 'is not valid';
    throw new ConfigError(`${setting?.env ?? first.property} ${problem}${shown}: ${setting?.description ?? ''}`);
  }
  return config;
}

/** Refuses variables with our prefix that no class declares: a misspelt setting must not be silently ignored. */
export function refuseUnknownSettings(configClasses: readonly (new () => object)[], environment: Environment): void {
  const known = new Set(configClasses.flatMap((configClass) => settingsOf(configClass).map((setting) => setting.env)));
  const unknown = Object.keys(environment).filter((name) => name.startsWith(SETTING_PREFIX) && !known.has(name));
  if (unknown.length > 0) throw new ConfigError(`${unknown.join(', ')}: no such setting; \`npm start -- --help\` lists them`);
}

/** One line a setting, for `--help`. */
export function describeSettings(configClasses: readonly (new () => object)[]): string[] {
  const lines = new Map<string, string>();
  for (const setting of configClasses.flatMap((configClass) => settingsOf(configClass))) {
    const fallback = setting.default === undefined ? '' : ` [default ${String(setting.default)}]`;
    lines.set(setting.env, `${setting.env}  ${setting.description}${fallback}`);
  }
  return [...lines.values()];
}
