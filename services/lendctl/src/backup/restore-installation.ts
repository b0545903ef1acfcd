import {
  type Environment,
  loadService,
  prepareDatabases,
  schemaOf,
  type ServiceDefinition,
  standaloneEnvironment,
  START_ORDER,
  startEmbeddedPostgres,
} from '@millrace/service';
import pg from 'pg';
import { lineOf, OperatorError } from '../trouble/operator-error.js';
import { installedServices, readDatabases, type Databases } from '../migrate/read-databases.js';
import { ADMIN_VARIABLE } from './admin-access.js';
import { differingTables, loadDatabase } from './load-database.js';
import { readManifest, type Manifest, type SavedTable } from './manifest.js';

/** A server to restore to, and how its installation is described. */
export interface RestoreTarget {
  readonly environment: Environment;
  readonly databases: Databases;
  readonly definitions: readonly ServiceDefinition[];
  /** Ends what was started for the restore. */
  close(): Promise<void>;
}

async function targetOf(environment: Environment, close: () => Promise<void>): Promise<RestoreTarget> {
  const definitions = await Promise.all(installedServices(environment).map(loadService));
  const schemas = definitions.map(({ schema }) => schema);
  return { environment, databases: readDatabases(schemas, environment), definitions, close };
}

/** The server that the environment names, with the settings of `lendctl migrate`. */
export function describedTarget(environment: Environment): Promise<RestoreTarget> {
  return targetOf(environment, () => Promise.resolve());
}

/** An embedded server in a data directory that holds nothing but the secrets of the installation that was saved. */
export async function standaloneTarget(dataDirectory: string): Promise<RestoreTarget> {
  const schemas = START_ORDER.map(schemaOf);
  // Before a server is started: without the secrets nobody could read what comes back.
  standaloneEnvironment(dataDirectory, schemas, 'postgres://127.0.0.1');
  const server = await startEmbeddedPostgres({ dataDirectory, durable: true });
  const environment = { ...standaloneEnvironment(dataDirectory, schemas), [ADMIN_VARIABLE]: server.adminUrl };
  return targetOf(environment, () => server.stop()).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
}

async function refuseExisting({ adminUrl, database }: Databases): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  try {
    await admin.connect();
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [database]);
    if (rowCount) throw new OperatorError(`the database ${database} exists already; a restore makes it, so that nothing of another time stays in it`);
  } catch (error) {
    throw error instanceof OperatorError ? error : new OperatorError(`the server cannot be used: ${lineOf(error)}`, { cause: error });
  } finally {
    await admin.end();
  }
}

async function dropDatabase({ adminUrl, database }: Databases): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`drop database if exists ${pg.escapeIdentifier(database)} with (force)`);
  await admin.end();
}

/**
 * Makes the database, its tables and its rows, and proves that the rows are those of the backup. On any trouble the database is gone again, so that the
 * command can be given once more. Throws one line.
 */
export async function restoreInstallation(target: RestoreTarget, directory: string, told: (table: SavedTable) => void): Promise<Manifest> {
  const { databases, definitions } = target;
  const manifest = readManifest(directory);
  await refuseExisting(databases);
  try {
    await prepareDatabases({ ...databases, definitions });
    const url = new URL(databases.adminUrl);
    url.pathname = `/${databases.database}`;
    const client = new pg.Client({ connectionString: url.toString(), application_name: 'lendctl restore' });
    await client.connect();
    try {
      await loadDatabase(client, directory, manifest, told);
      const [differing] = await differingTables(client, manifest);
      if (differing) throw new OperatorError(`${differing.schema}.${differing.table} does not hold what the backup has; nothing was restored`);
    } finally {
      await client.end();
    }
  } catch (error) {
    await dropDatabase(databases);
    throw error instanceof OperatorError ? error : new OperatorError(lineOf(error), { cause: error });
  }
  return manifest;
}
