import { Database, notFound, whereOf, type Condition, type Principal } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { Application } from './application.entity.js';

/** What a principal may see of the applications `a`: a partner its own, staff those of the tenant (R-OP-06). */
export function visibleTo({ kind, tenantId, partnerId, id }: Principal): Condition[] {
  return [['a.tenant_id =', tenantId], ...(kind === 'partner' ? [['a.partner_id =', partnerId ?? id] as const] : [])];
}

/** Finds an application as far as a principal may see it. */
@Injectable()
export class ReadApplications {
  readonly #select: string;

  constructor(private readonly db: Database) {
    this.#select = `select ${db.columns(Application, 'a')} from application a`;
  }

  /** Throws `NOT_FOUND` for an unknown id and for another partner's alike. */
  async find(principal: Principal, applicationId: string): Promise<Application> {
    const { sql, values } = whereOf([...visibleTo(principal), ['a.application_id =', applicationId]]);
    const { rows } = await this.db.query<Application & Record<string, unknown>>(`${this.#select} ${sql}`, values);
    if (rows.length === 0) throw notFound('loan application');
    return rows[0]!;
  }
}
