import type { LoanStatus } from '@millrace/contracts';
import type { Installation } from '../installation/installation.js';
import type { AccountBook, ApplicationBook, LoanFile, PayoutBook } from './loan-file-policy.js';

const PAGE = 2_000;

const APPLICATIONS = `
select a.application_id as "applicationId", a.status, a.deadline_at as "deadlineAt", a.decision ->> 'amountMinor' as "approvedMinor", a.renews_loan_id as "renewsLoanId", o.amount_minor as "offeredMinor",
  (select count(*)::int from review_task t where t.application_id = a.application_id and t.status = 'open') as "openTasks",
  exists (select 1 from signature s where s.application_id = a.application_id and s.status = 'requested') as "isSigning",
  d.status as "drawnStatus", d.deadline_at as "drawnDeadlineAt", d.updated_at as "drawnAt", d.loan_id as "loanId", d.loan_status as "loanStatus"
from application a left join offer o on o.application_id = a.application_id left join drawdown d on d.application_id = a.application_id
where a.application_id > $1 and ($3::uuid[] is null or a.application_id = any($3)) order by a.application_id limit $2`;

/** A row of {@link APPLICATIONS}; what is of the drawdown is null where there is none. */
interface ApplicationRow extends Omit<ApplicationBook, 'drawdown'>, Record<string, unknown> {
  readonly drawnStatus: string | null;
  readonly drawnDeadlineAt: Date | null;
  readonly drawnAt: Date;
  readonly loanId: string;
  readonly loanStatus: LoanStatus | null;
}

function bookOf({ drawnStatus, drawnDeadlineAt, drawnAt, loanId, loanStatus, ...application }: ApplicationRow): ApplicationBook {
  const drawdown = drawnStatus === null ? null : { status: drawnStatus, deadlineAt: drawnDeadlineAt, updatedAt: drawnAt, loanId, loanStatus };
  return { ...application, drawdown };
}

const PAYOUTS = `
select application_id as "applicationId", payout_id as "payoutId", loan_id as "loanId", amount_minor as "amountMinor", status,
  next_action_at as "nextActionAt", updated_at as "updatedAt", paid_at as "paidAt"
from payout where application_id = any($1::uuid[]) order by created_at`;

const ACCOUNTS = `
select l.application_id as "applicationId", l.loan_id as "loanId", l.principal_minor as "principalMinor", l.status,
  l.updated_at as "movedAt"
from loan l where l.application_id = any($1::uuid[])`;

type Owned<T> = T & { readonly applicationId: string };

/**
 * Applications (all, or some) with their payouts and their loan accounts, a page at a time, so that the memory does not grow with the book. The three
 * services are read one after the other, so an application that moves meanwhile may not fit together.
 */
export async function* readLoanFiles(installation: Installation, only?: readonly string[]): AsyncGenerator<LoanFile> {
  const pages = installation.pages<ApplicationRow>('loan-application', APPLICATIONS, ({ applicationId }) => applicationId, [PAGE, only ?? null]);
  for await (const applications of pages) {
    const ids = [applications.map(({ applicationId }) => applicationId)];
    const [payouts, accounts] = await Promise.all([
      installation.rows<Owned<PayoutBook> & Record<string, unknown>>('disbursement', PAYOUTS, ids),
      installation.rows<Owned<AccountBook> & Record<string, unknown>>('post-loan-monitoring', ACCOUNTS, ids),
    ]);
    const payoutsOf = Map.groupBy(payouts, ({ applicationId }) => applicationId);
    const accountOf = new Map(accounts.map((account) => [account.applicationId, account]));
    for (const application of applications) {
      const { applicationId } = application;
      yield { application: bookOf(application), payouts: payoutsOf.get(applicationId) ?? [], account: accountOf.get(applicationId) };
    }
  }
}

/** Ids of applications that a spoke's table names and the hub does not know, with the row that names them. */
export async function* readOrphans(
  installation: Installation,
  service: 'disbursement' | 'post-loan-monitoring',
  table: { readonly name: string; readonly id: string },
): AsyncGenerator<{ id: string; applicationId: string }> {
  const sql = `select ${table.id} as id, application_id as "applicationId" from ${table.name} where ${table.id} > $1 order by ${table.id} limit $2`;
  for await (const rows of installation.pages<{ id: string; applicationId: string }>(service, sql, ({ id }) => id, [PAGE])) {
    const known = await installation.rows<{ id: string }>(
      'loan-application',
      'select application_id as id from application where application_id = any($1::uuid[])',
      [rows.map(({ applicationId }) => applicationId)],
    );
    const ids = new Set(known.map(({ id }) => id));
    yield* rows.filter(({ applicationId }) => !ids.has(applicationId));
  }
}
