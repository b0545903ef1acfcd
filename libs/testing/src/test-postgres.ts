import { randomBytes } from 'node:crypto';
import { prepareDatabases, type DatabaseUrls, type ServiceDefinition } from '@millrace/service';
import pg from 'pg';

/** Environment variable with the administrator's URL of the PostgreSQL that tests use; set by the global set-up where it is not given. */
export const POSTGRES_URL_VARIABLE = 'MILLRACE_TEST_POSTGRES_URL';

/** The same for every suite, as roles belong to the whole server. */
const ROLE_PASSWORD = 'test-only';

/** A database with the log's schema and those of some services, each with its own role. */
export interface TestDatabase {
  readonly urls: DatabaseUrls;
  /** URL of this database with the administrator's role, to look at everything. */
  readonly adminUrl: string;
  /** Ends every session and refuses new ones with what an overloaded or restarting server says, until {@link TestDatabase.comeBack}. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  drop(): Promise<void>;
}

/** Makes a database of the suite's own, with real roles and real migrations. */
export async function createTestDatabase(definitions: readonly ServiceDefinition[] = []): Promise<TestDatabase> {
  const serverUrl = process.env[POSTGRES_URL_VARIABLE];
  if (!serverUrl) throw new Error(`${POSTGRES_URL_VARIABLE} is not set: run this suite in jest's "int" or "e2e" project, whose set-up starts PostgreSQL`);
  const database = `test_${randomBytes(6).toString('hex')}`;
  const urls = await prepareDatabases({ adminUrl: serverUrl, database, rolePassword: ROLE_PASSWORD, definitions });
  const adminUrl = new URL(serverUrl);
  adminUrl.pathname = `/${database}`;
  const name = pg.escapeIdentifier(database);
  const asAdmin = async (...statements: string[]): Promise<void> => {
    const admin = new pg.Client({ connectionString: serverUrl });
    await admin.connect();
    for (const statement of statements) await admin.query(statement);
    await admin.end();
  };
  const endSessions = `select pg_terminate_backend(pid) from pg_stat_activity where datname = ${pg.escapeLiteral(database)}`;
  return {
    urls,
    adminUrl: adminUrl.toString(),
    goAway: () => asAdmin(`alter database ${name} connection limit 0`, endSessions),
    comeBack: () => asAdmin(`alter database ${name} connection limit -1`),
    drop: () => asAdmin(`drop database if exists ${name} with (force)`),
  };
}
