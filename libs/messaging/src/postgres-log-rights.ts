import pg from 'pg';
import type { LogRights } from './event-log.js';

/** Rights of one role in the log on PostgreSQL. */
export interface PostgresLogRights extends LogRights {
  /** The role that the service connects with. */
  readonly role: string;
}

const REMOVE = `
delete from event_log.log_right where role = $1
  and (may, name) not in (select * from unnest($2::text[], $3::text[]))`;
const ADD = 'insert into event_log.log_right (role, may, name) select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing';

/** What a role needs of the schema to use its rights at all; the rows and the append itself are judged by `log_right`. */
function grantsTo(role: string): string {
  return [
    `grant usage on schema event_log to ${role}`,
    `grant select on event_log.topic_partition, event_log.record, event_log.log_right to ${role}`,
    `grant select, insert, update, delete on event_log.consumer_member, event_log.consumer_partition to ${role}`,
    `grant execute on function event_log.append to ${role}`,
  ].join('; ');
}

/** Gives each role exactly its rights, and takes away others that it has. To be called in a transaction, on a connection that acts as the log's owner. */
export async function applyPostgresLogRights(client: Pick<pg.ClientBase, 'query'>, rights: readonly PostgresLogRights[]): Promise<void> {
  for (const { role, writes, reads, group } of rights) {
    const wanted = [
      ...writes.map((topic) => ['append', topic] as const),
      ...reads.map((topic) => ['read', topic] as const),
      ...(group === undefined ? [] : [['consume', group] as const]),
    ];
    const values = [role, wanted.map(([may]) => may), wanted.map(([, name]) => name)];
    await client.query(REMOVE, values);
    await client.query(ADD, values);
    await client.query(grantsTo(pg.escapeIdentifier(role)));
  }
}
