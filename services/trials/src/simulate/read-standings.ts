import type pg from 'pg';
import type { Standing } from './applicant.js';
import type { SimulatedService } from './simulated-service.js';

/** What stands in the tables between two steps. */
export interface Standings {
  /** By application id. */
  readonly applications: ReadonlyMap<string, Standing>;
  /** Names of services with events that are not on the log yet. */
  readonly unsent: ReadonlySet<string>;
}

/** Looks past the services into their tables, as only the administrator can. */
export async function readStandings(admin: pg.Pool, services: readonly SimulatedService[]): Promise<Standings> {
  const { rows } = await admin.query<{ id: string; status: string; loan_id: string | null }>(
    'select application_id as id, status, loan_id from loan_application.application',
  );
  const producers = services.filter(({ definition }) => definition.produces.length > 0);
  const parts = producers.map(
    ({ name, definition }) => `select '${name}' as name where exists (select 1 from ${definition.schema}.outbox where published_at is null)`,
  );
  const unsent = await admin.query<{ name: string }>(parts.join(' union all '));
  return {
    applications: new Map(rows.map(({ id, status, loan_id: loanId }) => [id, { status, loanId }])),
    unsent: new Set(unsent.rows.map(({ name }) => name)),
  };
}
