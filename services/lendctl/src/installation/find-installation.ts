import { defaultDataDirectory, type Environment, LENDING_SERVICES, schemaOf, standaloneEnvironment } from '@millrace/service';

/** Either of them in the environment says that the installation is described there. */
const LOG_VARIABLES = ['MILLRACE_EVENT_LOG_URL', 'MILLRACE_KAFKA_BROKERS'];
/** What one service has for itself. */
const OF_A_SERVICE = /_DATABASE_URL$|_FIELD_KEYS$/;

/** Whether the environment describes an installation by itself. */
export function describedByEnvironment(environment: Environment): boolean {
  return LOG_VARIABLES.some((name) => environment[name]);
}

/**
 * Settings of the installation that is meant: a data directory that is named comes first, then what the environment describes, then the data
 * directory of `npm start`.
 */
export function findInstallation(environment: Environment, dataDirectory?: string): Environment {
  if (dataDirectory === undefined && describedByEnvironment(environment)) return environment;
  const directory = dataDirectory ?? environment['MILLRACE_DATA_DIR'] ?? defaultDataDirectory('standalone');
  // What describes another installation must not reach into the one that is named.
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !OF_A_SERVICE.test(name) && !LOG_VARIABLES.includes(name)));
  return { ...own, ...standaloneEnvironment(directory, LENDING_SERVICES.map(schemaOf), environment['MILLRACE_DATABASE_URL']) };
}
