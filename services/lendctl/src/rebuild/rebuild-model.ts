import { shadowSchemaOf } from '@millrace/service';
import type pg from 'pg';
import { OperatorError } from '../trouble/operator-error.js';
import type { Progress } from '../command/progress.js';
import type { Installation } from '../installation/installation.js';
import { compareTable, takeOver, type ComparedTable, type OnlyRows } from './compare-tables.js';
import { ApplicationFeed } from './feed-application.js';
import { liveEnds, ShadowFeed, type Feed } from './feed-shadow.js';
import type { OwnedModel } from './find-model.js';
import { dropShadow, makeShadow, qualified, shadowUrl } from './shadow-tables.js';
import { ShadowWriter } from './shadow-writer.js';

/** Records that may be left for the time in which the live model is held still. */
const LAST_RECORDS = 500;
const MAX_ROUNDS = 20;
const LOCK_TIMEOUT_MS = 10_000;

/** What came of a rebuild. */
export interface RebuildReport {
  readonly model: string;
  readonly service: string;
  /** The application whose rows alone were rebuilt. */
  readonly applicationId?: string;
  readonly records: number;
  readonly perSecond: number;
  readonly tables: readonly ComparedTable[];
  /** Live and rebuilt content had the same hashes. */
  readonly equal: boolean;
  /** The rebuilt content took the place of the live one. */
  readonly replaced: boolean;
}

interface RebuildOptions {
  readonly replace: boolean;
  readonly applicationId?: string | undefined;
}

/**
 * Rebuilds a read model beside the live one and compares the two at one point of the log; where they differ, the rebuilt content takes over in
 * one transaction. With an application only its own rows are rebuilt and compared. The live model is read all the time; it is written all the time but for the last few records and the comparison.
 */
export async function rebuildModel(installation: Installation, owned: OwnedModel, progress: Progress, options: RebuildOptions): Promise<RebuildReport> {
  const { service, definition, model } = owned;
  const { replace, applicationId } = options;
  const only = applicationId === undefined ? undefined : { column: model.applicationColumn, id: applicationId };
  const pool = installation.pool(service);
  return alone(pool, owned, async (client) => {
    try {
      await makeShadow(pool, owned);
      const built = await installation.build(service, shadowUrl(installation.urlOf(service), definition.schema));
      const writer = new ShadowWriter(installation, built, owned);
      const { log } = installation;
      const feed = applicationId === undefined ? new ShadowFeed(log, writer, progress) : new ApplicationFeed(log, writer, progress, applicationId);
      await catchUp(pool, service, feed);
      const tables = await holdStill(client, owned, async () => {
        await feed.readTo(await liveEnds(client, service));
        return compareAndReplace(client, owned, replace, only);
      });
      const equal = tables.every(({ missing, extra }) => missing + extra === 0);
      const { done: records, perSecond } = progress;
      if (only && records === 0 && tables.every(({ rows, extra }) => rows + extra === 0))
        throw new OperatorError(`neither the log nor ${model.name} knows the application ${only.id}`);
      return { model: model.name, service, ...(applicationId ? { applicationId } : {}), records, perSecond, tables, equal, replaced: replace && !equal };
    } finally {
      // What cannot be removed now, the next rebuild removes; why this one failed is what its operator must see.
      await dropShadow(pool, owned).catch(() => undefined);
    }
  });
}

/**
 * One rebuild of a service at a time, as both would use the same shadow. The connection that has the lock also makes the change: who has lost it
 * can change nothing any more, and a process that dies leaves no lock.
 */
async function alone<T>(pool: pg.Pool, { service, definition }: OwnedModel, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A broken connection is reported by the statement that it breaks; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('millrace rebuild'), hashtext($1)) as free`, [
      shadowSchemaOf(definition.schema),
    ]);
    if (!rows[0]!.free) throw new OperatorError(`another rebuild of ${service} is under way; nothing was changed`);
    return await work(client);
  } finally {
    client.release(true);
  }
}

/** Reads behind the live consumer until little is left. */
async function catchUp(pool: pg.Pool, consumer: string, feed: Feed): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const ends = await liveEnds(pool, consumer);
    const first = round === 0;
    if (!first && feed.remaining(ends) <= LAST_RECORDS) return;
    await feed.readTo(ends);
  }
}

/** Runs work while nobody writes into the live tables; reading goes on. */
async function holdStill<T>(client: pg.ClientBase, { definition, model }: OwnedModel, work: () => Promise<T>): Promise<T> {
  try {
    await client.query(`begin; set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query(`lock table ${model.tables.map((table) => qualified(definition.schema, table)).join(', ')} in exclusive mode`);
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    if ((error as { code?: string }).code === '55P03')
      throw new OperatorError('the live model was too busy to be held still; nothing was changed, try again', { cause: error });
    throw error;
  }
}

/** Compares every table, and replaces and looks again: what goes live has the hash that was rebuilt, or nothing changes. */
async function compareAndReplace(
  client: pg.ClientBase,
  { definition: { schema }, model }: OwnedModel,
  replace: boolean,
  only: OnlyRows | undefined,
): Promise<ComparedTable[]> {
  const compared: ComparedTable[] = [];
  for (const table of model.tables) compared.push(await compareTable(client, schema, table, only));
  for (const { table, missing, extra } of compared) {
    if (!replace || missing + extra === 0) continue;
    await takeOver(client, schema, table, only);
    const { liveSha256, rebuiltSha256 } = await compareTable(client, schema, table, only);
    if (liveSha256 !== rebuiltSha256)
      throw new OperatorError(`${table} could not be replaced: its content is not that of the log afterwards; nothing was changed`);
  }
  return compared;
}
