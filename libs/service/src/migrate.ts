import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { grantRights } from './grant-rights.js';
import { migrationNames, refuseNewerSchema } from './newer-schema.js';
import { takeLock } from './take-lock.js';

/** Settings of one migration run. */
export interface MigrateOptions {
  /** Connections that act as the owner of the schema. */
  readonly pool: pg.Pool;
  readonly schema: string;
  /** Folders of `NNNN_name.sql` files, applied one folder after the other. */
  readonly folders: readonly string[];
}

/** A migration file that was changed after it had been applied: migrations only go forward. */
export class ChangedMigrationError extends Error {}

/** Applies every SQL file that the schema has not seen, each in a transaction of its own, and grants the service its rights; two runs at once wait for each other. */
export async function migrateSchema({ pool, schema, folders }: MigrateOptions): Promise<string[]> {
  const client = await pool.connect();
  const applied: string[] = [];
  try {
    await takeLock(client, 'migrate', schema);
    await client.query(`set search_path = ${pg.escapeIdentifier(schema)}`);
    await client.query(
      'create table if not exists schema_migration (name text primary key, sha256 text not null, applied_at timestamptz not null default clock_timestamp())',
    );
    const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migration');
    const known = new Map(rows.map((row) => [row.name, row.sha256]));
    refuseNewerSchema(schema, known.keys(), folders);
    for (const folder of folders) {
      for (const file of migrationNames(folder)) {
        const sql = readFileSync(join(folder, file), 'utf8');
        const sha256 = createHash('sha256').update(sql).digest('hex');
        if (known.has(file) && known.get(file) !== sha256)
          throw new ChangedMigrationError(`migration ${file} of ${schema} was changed after it had been applied; add a new one instead`);
        if (known.has(file)) continue;
        await client.query('begin');
        await client.query(sql);
        await client.query('insert into schema_migration (name, sha256) values ($1, $2)', [file, sha256]);
        await client.query('commit');
        applied.push(file);
      }
    }
    await client.query('begin');
    await grantRights(client, schema);
    await client.query('commit');
    return applied;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
    client.release();
  }
}
