import { businessDate, type Clock } from '@millrace/contracts';
import {
  changeHorizon,
  CLOCK,
  Database,
  decodeCursor,
  DEFAULT_PAGE_SIZE,
  listConditions,
  pageOf,
  whereOf,
  type Condition,
  type ListPage,
  type Principal,
} from '@millrace/service';
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
    const { status, applicationId, cursor, limit = DEFAULT_PAGE_SIZE } = query;
    const conditions: Condition[] = [
      ['l.tenant_id =', tenantId],
      ...(kind === 'partner' ? [['l.partner_id =', partnerId ?? id] as const] : []),
      ...(status ? [['l.status =', status] as const] : []),
      ...(applicationId ? [['l.application_id =', applicationId] as const] : []),
      ...listConditions(query, COLUMNS),
    ];
    // Before the rows, and once for all pages of a look.
    const horizon = cursor === undefined ? await changeHorizon(this.database, this.clock) : decodeCursor(cursor).nextUpdatedSince;
    const accounts = await readAccounts(this.database, whereOf(conditions), limit + 1);
    const today = businessDate(this.clock.now());
    return pageOf(
      accounts,
      limit,
      horizon,
      ({ loanId }) => loanId,
      (account) => loanView(account, today),
    );
  }
}
