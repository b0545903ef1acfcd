import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@millrace/service';
import pg from 'pg';
import { processorSeconds } from './processor-time.js';

const STATEMENTS = 'pg_stat_statements';

/** One statement's share of the server's time. */
export interface StatementTime {
  readonly role: string;
  readonly query: string;
  readonly calls: number;
  readonly totalMs: number;
  /** Of all statements' time, 0 to 1. */
  readonly share: number;
}

/** A PostgreSQL of the benchmark's own, as durable as `npm start` has it. */
export class BenchDatabase {
  private constructor(
    private readonly server: EmbeddedPostgres,
    private readonly directory: string,
  ) {}

  /** With `statements` the server counts what each statement costs, which itself costs a little. */
  static async open(directory: string, options: { readonly statements?: boolean } = {}): Promise<BenchDatabase> {
    const open = async (): Promise<BenchDatabase> => new BenchDatabase(await startEmbeddedPostgres({ dataDirectory: directory, durable: true }), directory);
    const database = await open();
    if (!options.statements) return database;
    await database.asAdmin(`alter system set shared_preload_libraries = '${STATEMENTS}'`);
    await database.close();
    const counting = await open();
    await counting.asAdmin(`create extension if not exists ${STATEMENTS}`);
    return counting;
  }

  get adminUrl(): string {
    return this.server.adminUrl;
  }

  /** The administrator's way into another database of this server. */
  urlOf(database: string): string {
    const url = new URL(this.server.adminUrl);
    url.pathname = `/${database}`;
    return url.toString();
  }

  /** Processor seconds of the whole server so far; undefined where the system does not tell. */
  processorSeconds(): number | undefined {
    return processorSeconds(Number.parseInt(readFileSync(join(this.directory, 'postgres', 'postmaster.pid'), 'utf8'), 10));
  }

  async asAdmin<R extends pg.QueryResultRow>(sql: string, database = 'postgres'): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.urlOf(database) });
    await client.connect();
    try {
      return (await client.query<R>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** The statements that took most of the server's time. */
  async statementsByTime(limit: number): Promise<StatementTime[]> {
    return this.asAdmin<StatementTime & pg.QueryResultRow>(
      `select pg_get_userbyid(userid) as role, left(regexp_replace(query, '\\s+', ' ', 'g'), 160) as query, calls::float8 as calls, total_exec_time as "totalMs",
         total_exec_time / sum(total_exec_time) over () as share
       from ${STATEMENTS} order by total_exec_time desc limit ${limit}`,
    );
  }

  async close(): Promise<void> {
    await this.server.stop();
  }
}
