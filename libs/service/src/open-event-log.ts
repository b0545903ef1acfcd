import {
  KAFKA_LOGIN_MECHANISMS,
  KafkaEventLog,
  PostgresEventLog,
  type EventLog,
  type KafkaAccess,
  type KafkaLogin,
  type KafkaLoginMechanism,
} from '@millrace/messaging';
import { IsBoolean, IsIn, IsString, Matches } from 'class-validator';
import { ConfigError, Setting } from './config.js';

/** Settings that name the event log of a process; exactly one of them is given. */
export class EventLogConfig {
  @Setting({
    env: 'MILLRACE_KAFKA_BROKERS',
    description: 'Kafka brokers of the event log, host:port separated by commas; this or MILLRACE_EVENT_LOG_URL is given.',
    optional: true,
  })
  @Matches(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, { message: 'must be host:port, several separated by commas' })
  kafkaBrokers?: string;

  @Setting({ env: 'MILLRACE_KAFKA_TLS', description: 'true where the brokers speak TLS.', optional: true })
  @IsBoolean()
  kafkaTls?: boolean;

  @Setting({
    env: 'MILLRACE_KAFKA_TLS_CA',
    description:
      "Authorities of the brokers' certificates, PEM with line ends written as \\n or as they are; those that the machine trusts where it is not set.",
    optional: true,
  })
  @Matches(/-----BEGIN CERTIFICATE-----/, { message: 'must be a certificate in PEM' })
  kafkaTlsCa?: string;

  @Setting({
    env: 'MILLRACE_KAFKA_TRUSTED_NETWORK',
    description: 'true where nobody else is on the way to the brokers (a network of their own, the loopback): plain may then be shown without TLS.',
    optional: true,
  })
  @IsBoolean()
  kafkaTrustedNetwork?: boolean;

  @Setting({
    env: 'MILLRACE_KAFKA_SASL_MECHANISM',
    description: 'How a name and a password are shown to the brokers: scram-sha-512, scram-sha-256, or plain, which needs TLS or a trusted network.',
    optional: true,
  })
  @IsIn(KAFKA_LOGIN_MECHANISMS)
  kafkaSaslMechanism?: KafkaLoginMechanism;

  @Setting({ env: 'MILLRACE_KAFKA_SASL_USERNAME', description: 'Name that is shown to the brokers.', optional: true })
  @IsString()
  kafkaSaslUsername?: string;

  @Setting({ env: 'MILLRACE_KAFKA_SASL_PASSWORD', description: 'Password that is shown to the brokers.', secret: true, optional: true })
  @IsString()
  kafkaSaslPassword?: string;

  @Setting({
    env: 'MILLRACE_EVENT_LOG_URL',
    description:
      'PostgreSQL URL of the event log: for a service with its own role, as its database; for lendctl with the role event_log. This or MILLRACE_KAFKA_BROKERS is given.',
    secret: true,
    optional: true,
  })
  @IsString()
  eventLogUrl?: string;
}

/** How one process uses the log. */
export interface OpenEventLogOptions {
  /** Name shown in the broker's logs and quotas. */
  readonly clientId: string;
  /** Told of trouble that the log lives through. */
  readonly onError: (error: Error) => void;
  /** Copies of each partition of topics made through this log; Kafka only. */
  readonly replicationFactor?: number;
}

const POSTGRES_CONNECTIONS = 8;
const POSTGRES_POLL_INTERVAL_MS = 1_000;

/** How the brokers are spoken to; half of a login, or one that would show a password to everybody on the way, is refused. */
function kafkaAccess(config: EventLogConfig): KafkaAccess {
  const {
    kafkaBrokers,
    kafkaTls = false,
    kafkaTlsCa,
    kafkaTrustedNetwork = false,
    kafkaSaslMechanism: mechanism,
    kafkaSaslUsername: username,
    kafkaSaslPassword: password,
  } = config;
  if (kafkaTlsCa !== undefined && !kafkaTls) throw new ConfigError('MILLRACE_KAFKA_TLS_CA is set and MILLRACE_KAFKA_TLS is not true');
  const login = mechanism !== undefined && username !== undefined && password !== undefined ? ({ mechanism, username, password } as KafkaLogin) : undefined;
  if (!login && (mechanism ?? username ?? password) !== undefined)
    throw new ConfigError('MILLRACE_KAFKA_SASL_MECHANISM, _USERNAME and _PASSWORD are set all together or not at all');
  if (mechanism === 'plain' && !kafkaTls && !kafkaTrustedNetwork)
    throw new ConfigError(
      'MILLRACE_KAFKA_SASL_MECHANISM plain needs MILLRACE_KAFKA_TLS=true, or the password is sent in clear; on a network of its own say MILLRACE_KAFKA_TRUSTED_NETWORK=true',
    );
  if (kafkaBrokers === undefined && (kafkaTls || login)) throw new ConfigError('MILLRACE_KAFKA_TLS or a login is set, and MILLRACE_KAFKA_BROKERS is not');
  const authorities = kafkaTlsCa?.replaceAll('\\n', '\n');
  return { ...(kafkaTls ? { tls: authorities === undefined ? {} : { authorities } } : {}), ...(login ? { login } : {}) };
}

/** Brokers and how they are spoken to, for what is done beside the log, e.g. to its rights; refused where the log is not on Kafka. */
export function kafkaConnection(config: EventLogConfig): { brokers: string[]; access: KafkaAccess } {
  if (config.kafkaBrokers === undefined) throw new ConfigError('MILLRACE_KAFKA_BROKERS is not set: only Kafka has logins with rights of their own');
  return { brokers: config.kafkaBrokers.split(','), access: kafkaAccess(config) };
}

/** Refuses a role in the log that is not the service's own: another one could write what the service has no right to (SEC-11). */
export function requireOwnRole({ eventLogUrl }: EventLogConfig, schema: string): void {
  if (eventLogUrl === undefined) return;
  const role = URL.canParse(eventLogUrl) ? decodeURIComponent(new URL(eventLogUrl).username) : '';
  if (role === schema) return;
  throw new ConfigError(
    `MILLRACE_EVENT_LOG_URL has the role "${role}", and a service uses its own, ${schema}: give it the address of MILLRACE_${schema.toUpperCase()}_DATABASE_URL`,
  );
}

/** Opens the log that the settings name; a server that is away ends the start with one line. */
export async function openEventLog(config: EventLogConfig, options: OpenEventLogOptions): Promise<EventLog> {
  const { kafkaBrokers, eventLogUrl } = config;
  const { clientId, onError, replicationFactor } = options;
  const access = kafkaAccess(config);
  if (kafkaBrokers !== undefined && eventLogUrl !== undefined)
    throw new ConfigError('MILLRACE_KAFKA_BROKERS and MILLRACE_EVENT_LOG_URL are both set: a process has one event log');
  if (kafkaBrokers !== undefined)
    return KafkaEventLog.open({ brokers: kafkaBrokers.split(','), clientId, access, ...(replicationFactor === undefined ? {} : { replicationFactor }) });
  if (eventLogUrl === undefined)
    throw new ConfigError('no event log is given: set MILLRACE_KAFKA_BROKERS to the brokers, or MILLRACE_EVENT_LOG_URL to a PostgreSQL URL');
  return PostgresEventLog.open({
    connectionString: eventLogUrl,
    maxConnections: POSTGRES_CONNECTIONS,
    pollIntervalMs: POSTGRES_POLL_INTERVAL_MS,
    onError,
  }).catch((error: unknown) => {
    throw new Error(`the event log of MILLRACE_EVENT_LOG_URL cannot be opened: ${describe(error)}`, { cause: error });
  });
}

/** A refused connection to a name with several addresses has its reasons one level below, and no message. */
function describe(error: unknown): string {
  return error instanceof AggregateError ? error.errors.map(String).join('; ') : (error as Error).message;
}
