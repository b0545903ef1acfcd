import type { ApplicationStatus, DrawdownStatus, LoanStatus } from '@millrace/contracts';
import { APPLICATION_PROCESS } from '@millrace/loan-application/application-process';
import { DRAWDOWN_PROCESS } from '@millrace/loan-application/drawdown-process';
import type { StatusRule } from '@millrace/process';
import type pg from 'pg';
import type { SimulatedService } from './simulated-service.js';

/** What the hub says of an application, its drawdown and its loan. */
export interface Standing {
  readonly status: ApplicationStatus;
  readonly drawdownStatus: DrawdownStatus | null;
  readonly loanStatus: LoanStatus | null;
  readonly loanId: string | null;
}

const STANDINGS = `select a.application_id as id, a.status, d.status as "drawdownStatus", d.loan_status as "loanStatus", d.loan_id as "loanId"
  from loan_application.application a left join loan_application.drawdown d using (application_id)`;

/** Every application by its id. */
export async function readApplications(admin: pg.Pool): Promise<Map<string, Standing>> {
  const { rows } = await admin.query<Standing & { id: string }>(STANDINGS);
  return new Map(rows.map(({ id, ...standing }) => [id, standing]));
}

/** Rule of the status that counts now: the drawdown's where there is one. */
export function ruleOf({ status, drawdownStatus }: Standing): StatusRule {
  return drawdownStatus ? DRAWDOWN_PROCESS.rule(drawdownStatus) : APPLICATION_PROCESS.rule(status);
}

/** What stands in the tables between two steps. */
export interface Standings {
  /** By application id. */
  readonly applications: ReadonlyMap<string, Standing>;
  /** Names of services with events that are not on the log yet. */
  readonly unsent: ReadonlySet<string>;
}

/** Looks past the services into their tables, as only the administrator can. */
export async function readStandings(admin: pg.Pool, services: readonly SimulatedService[]): Promise<Standings> {
  const producers = services.filter(({ definition }) => definition.produces.length > 0);
  const parts = producers.map(
    ({ name, definition }) => `select '${name}' as name where exists (select 1 from ${definition.schema}.outbox where published_at is null)`,
  );
  const unsent = await admin.query<{ name: string }>(parts.join(' union all '));
  return {
    applications: await readApplications(admin),
    unsent: new Set(unsent.rows.map(({ name }) => name)),
  };
}
