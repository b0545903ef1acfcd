import { ConfigError, missingForLocalKafka, missingForLocalRedis, type Environment } from '@millrace/service';

const BROKERS = 'MILLRACE_KAFKA_BROKERS';
const REDIS = 'MILLRACE_REDIS_URL';

/** What is missing for the servers that the environment does not name, in one line; undefined where nothing is. */
export function missingServer(environment: Environment): string | undefined {
  const kafka = environment[BROKERS] === undefined ? missingForLocalKafka() : undefined;
  return kafka ?? (environment[REDIS] === undefined ? missingForLocalRedis() : undefined);
}

/** Names the variable that an address came from, in the error of a broker that does not answer: one that another installation has left in the terminal is not seen where it is used. */
export function namingBrokers(environment: Environment): (error: unknown) => never {
  return (error) => {
    if (environment[BROKERS] === undefined) throw error;
    throw new ConfigError(`${(error as Error).message} (the address is that of ${BROKERS} in the environment; unset it to have a broker started here)`);
  };
}

/** The line that runs `lendctl` on this installation, in a shell of its own, so that its settings do not stay in the terminal for the next start. */
export function lendctlLine(environmentFile: string): string {
  return `( set -a; . ${environmentFile}; npm run -s lendctl -- lag )`;
}
