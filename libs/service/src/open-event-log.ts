import { KafkaEventLog, PostgresEventLog, type EventLog } from '@millrace/messaging';
import { IsString, Matches } from 'class-validator';
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

  @Setting({
    env: 'MILLRACE_EVENT_LOG_URL',
    description: 'PostgreSQL URL of the event log, with the role event_log; this or MILLRACE_KAFKA_BROKERS is given.',
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

/** Opens the log that the settings name; a server that is away ends the start with one line. */
export async function openEventLog({ kafkaBrokers, eventLogUrl }: EventLogConfig, options: OpenEventLogOptions): Promise<EventLog> {
  const { clientId, onError, replicationFactor } = options;
  if (kafkaBrokers !== undefined && eventLogUrl !== undefined)
    throw new ConfigError('MILLRACE_KAFKA_BROKERS and MILLRACE_EVENT_LOG_URL are both set: a process has one event log');
  if (kafkaBrokers !== undefined)
    return KafkaEventLog.open({ brokers: kafkaBrokers.split(','), clientId, ...(replicationFactor === undefined ? {} : { replicationFactor }) });
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
