import { Database, notFound, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { Upstream } from '../upstream/upstream.js';

interface Owner {
  readonly applicationId: string;
  readonly tenantId: string;
  readonly partnerId: string;
}

const OF_APPLICATION = `select application_id as "applicationId", tenant_id as "tenantId", partner_id as "partnerId" from application_owner where application_id = $1`;
const OF_LOAN = `select application_id as "applicationId", tenant_id as "tenantId", partner_id as "partnerId" from application_owner
  where application_id = (select application_id from timeline_entry where loan_id = $1 limit 1)`;

/** A partner sees its own, staff those of the tenant (R-OP-06). */
export function maySee({ kind, id, tenantId, partnerId }: Principal, owner: Omit<Owner, 'applicationId'>): boolean {
  return owner.tenantId === tenantId && (kind === 'staff' || (kind === 'partner' && owner.partnerId === (partnerId ?? id)));
}

/** Tells whether a principal may see an application or loan, from the read model; the owning service is asked only about what has not arrived here yet. */
@Injectable()
export class CheckOwner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Upstream) private readonly upstream: Upstream,
  ) {}

  /** Throws `NOT_FOUND` for an unknown application and for another's alike. */
  async ofApplication(principal: Principal, applicationId: string): Promise<void> {
    const owner = await this.#read(OF_APPLICATION, applicationId);
    if (!owner) await this.upstream.get('loan-application', `/loan-applications/${applicationId}`, principal);
    else if (!maySee(principal, owner)) throw notFound('loan application');
  }

  /** As {@link ofApplication}, for a loan. */
  async ofLoan(principal: Principal, loanId: string): Promise<void> {
    const owner = await this.#read(OF_LOAN, loanId);
    if (!owner) await this.upstream.get('post-loan-monitoring', `/loans/${loanId}`, principal);
    else if (!maySee(principal, owner)) throw notFound('loan');
  }

  async #read(sql: string, id: string): Promise<Owner | undefined> {
    const { rows } = await this.database.query<Owner & Record<string, unknown>>(sql, [id]);
    return rows[0];
  }
}
