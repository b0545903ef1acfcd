import { businessDate, type Clock } from '@millrace/contracts';
import { CLOCK, Database, listConditions, readPage, whereOf, type Condition, type ListPage, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { ListLoansDto } from './list-loans.dto.js';
import { loanView, type LoanView } from './loan-view.js';
import { readAccounts } from './read-account.js';

const COLUMNS = { id: 'l.loan_id', updatedAt: 'l.updated_at', day: 'l.disbursed_on' };

/** Lists loans as far as a principal may see them: a partner its own, staff those of the tenant (R-OP-06). */
@Injectable()
export class ListLoans {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first; each as of today's business date. */
  async list({ kind, id, tenantId, partnerId }: Principal, query: ListLoansDto): Promise<ListPage<LoanView>> {
    const { status, applicationId } = query;
    const conditions: Condition[] = [
      ['l.tenant_id =', tenantId],
      ...(kind === 'partner' ? [['l.partner_id =', partnerId ?? id] as const] : []),
      ...(status ? [['l.status =', status] as const] : []),
      ...(applicationId ? [['l.application_id =', applicationId] as const] : []),
      ...listConditions(query, COLUMNS),
    ];
    const today = businessDate(this.clock.now());
    return readPage(this.database, this.clock, query, {
      read: (most) => readAccounts(this.database, whereOf(conditions), most),
      idOf: ({ loanId }) => loanId,
      viewOf: (account) => loanView(account, today),
    });
  }
}
