import { defaultDataDirectory, STANDALONE_DATABASE, standaloneAdminUrl, type Environment } from '@millrace/service';
import { OperatorError } from '../trouble/operator-error.js';
import { describedByEnvironment } from '../installation/find-installation.js';

/** Backup and restore move every schema, the log's too, and so need the administrator, as the migration job does. */
export const ADMIN_VARIABLE = 'MILLRACE_DATABASE_URL';

/** The topics of a broker are no part of the database: a backup of one without the other would not fit together. */
export function refuseKafka(environment: Environment, dataDirectory: string | undefined): void {
  if (dataDirectory === undefined && environment['MILLRACE_KAFKA_BROKERS'])
    throw new OperatorError('the event log is on Kafka, which this command does not copy; see "Backup" in docs/operations.md');
}

/** Database of an installation, as one of its services is told it. */
export function databaseOf(environment: Environment): string {
  const url = environment['MILLRACE_LOAN_APPLICATION_DATABASE_URL'];
  return url && URL.canParse(url) ? decodeURIComponent(new URL(url).pathname.slice(1)) : STANDALONE_DATABASE;
}

/** The administrator's way into the database of the installation that is meant. */
export function adminUrlOf(environment: Environment, dataDirectory: string | undefined): string {
  const given = environment[ADMIN_VARIABLE];
  if (dataDirectory === undefined && describedByEnvironment(environment) && !given)
    throw new OperatorError(`${ADMIN_VARIABLE} is not set: a backup reads every schema, with an administrator's role`);
  const url = new URL(given ?? standaloneAdminUrl(dataDirectory ?? environment['MILLRACE_DATA_DIR'] ?? defaultDataDirectory('standalone')));
  url.pathname = `/${databaseOf(environment)}`;
  return url.toString();
}
