import { businessDate, type Clock } from '@millrace/contracts';
import type { CollectionCaseAnswer } from '@millrace/contracts/api';
import type { IsoDate } from '@millrace/finance';
import { CLOCK, Database, listConditions, notFound, readPage, whereOf, type Condition, type ListPage, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { playAccount } from '../loan/play-account.js';
import { readAccountsById, type Queries } from '../loan/read-account.js';
import { totalOf } from '../projection/due-totals.js';
import type { ListCasesDto } from './collection.dto.js';

/** A case as the API describes it. */
export type CaseView = CollectionCaseAnswer;

type CaseRow = Pick<CaseView, 'caseId' | 'loanId' | 'stage' | 'stageOn' | 'openedOn' | 'closedOn' | 'collector' | 'agency'> & { readonly updatedAt: Date };

const COLUMNS = { id: 'c.case_id', updatedAt: 'c.updated_at', day: 'c.opened_on' };

const SELECT = `
select c.case_id as "caseId", c.loan_id as "loanId", case when c.closed_on is null then s.collection_stage end as stage,
  case when c.closed_on is null then s.collection_on::text end as "stageOn", c.opened_on::text as "openedOn", c.closed_on::text as "closedOn", c.collector, c.agency,
  c.updated_at as "updatedAt"
from collection_case c join loan l using (loan_id) left join loan_standing s using (loan_id)`;

function viewOf(row: CaseRow, account: LoanAccount, today: IsoDate): CaseView {
  const loan = playAccount(account);
  return {
    caseId: row.caseId,
    loanId: row.loanId,
    applicationId: account.applicationId,
    state: row.closedOn === null ? 'open' : 'closed',
    stage: row.stage,
    stageOn: row.stageOn,
    dpd: loan.daysPastDue(today),
    dueMinor: String(totalOf(loan.duesOn(today)).totalMinor),
    outstandingPrincipalMinor: String(account.outstandingPrincipalMinor),
    openedOn: row.openedOn,
    closedOn: row.closedOn,
    collector: row.collector,
    agency: row.agency,
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Views of some cases, in their order. */
async function viewsOf(queries: Queries, rows: readonly CaseRow[], today: IsoDate): Promise<CaseView[]> {
  const loanIds = [...new Set(rows.map(({ loanId }) => loanId))];
  const accounts = await readAccountsById(queries, loanIds);
  return rows.map((row) => viewOf(row, accounts.get(row.loanId)!, today));
}

/** Cases of a tenant, for whoever pursues arrears; the caller's right is asked before. */
@Injectable()
export class ReadCases {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Newest first; each as of today's business date. */
  async list({ tenantId }: Principal, query: ListCasesDto): Promise<ListPage<CaseView>> {
    const { state = 'open', stage, collector, unassigned, minOutstandingMinor } = query;
    const conditions: Condition[] = [
      ['c.tenant_id =', tenantId],
      ...(stage ? [['s.collection_stage =', stage] as const] : []),
      ...(collector ? [['c.collector =', collector] as const] : []),
      ...(minOutstandingMinor ? [['l.outstanding_principal_minor >=', minOutstandingMinor] as const] : []),
      ...listConditions(query, COLUMNS),
    ];
    const where = whereOf(conditions);
    const without = unassigned ? ' and c.collector is null' : '';
    const sql = `${SELECT} ${where.sql} and c.closed_on is ${state === 'open' ? 'null' : 'not null'}${without} order by c.case_id desc limit $${where.values.length + 1}`;
    const today = businessDate(this.clock.now());
    return readPage(this.database, this.clock, query, {
      read: async (most) => viewsOf(this.database, (await this.database.query<CaseRow>(sql, [...where.values, most])).rows, today),
      idOf: ({ caseId }) => caseId,
      viewOf: (view) => view,
    });
  }

  /** Throws `NOT_FOUND`. */
  async show({ tenantId }: Pick<Principal, 'tenantId'>, caseId: string): Promise<CaseView> {
    const { rows } = await this.database.query<CaseRow>(`${SELECT} where c.tenant_id = $1 and c.case_id = $2`, [tenantId, caseId]);
    const [view] = await viewsOf(this.database, rows, businessDate(this.clock.now()));
    if (!view) throw notFound('collection case');
    return view;
  }
}
