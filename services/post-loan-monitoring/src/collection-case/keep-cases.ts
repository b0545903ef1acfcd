import { CollectionCaseClosed, CollectionCaseOpened, newId, type CollectionStage } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';

/** A loan whose stage was looked at; its row is locked. */
export interface StagedLoan {
  readonly loanId: string;
  readonly applicationId: string;
  readonly tenantId: string;
  readonly stageBefore: CollectionStage | null;
  readonly stage: CollectionStage | null;
}

const OPEN = `
insert into collection_case (case_id, loan_id, tenant_id, opened_on, opened_at, updated_at)
select case_id, loan_id, tenant_id, $4, $5, $5 from unnest($1::uuid[], $2::uuid[], $3::text[]) as given(case_id, loan_id, tenant_id)
on conflict (loan_id) where closed_on is null do nothing returning case_id as "caseId", loan_id as "loanId"`;

const CLOSE = `
update collection_case set closed_on = $2, closed_at = $3, updated_at = $3 where loan_id = any($1) and closed_on is null
returning case_id as "caseId", loan_id as "loanId"`;

type CaseRow = Readonly<Record<'caseId' | 'loanId', string>>;

/** Opens a case for each loan that has become late, and closes those of loans whose arrears are gone; what is there already stays as it is. */
export async function keepCases(tx: EventTransaction, loans: readonly StagedLoan[], on: IsoDate, now: Date): Promise<void> {
  const opens = loans.filter(({ stageBefore, stage }) => stageBefore === null && stage !== null);
  const closes = loans.filter(({ stageBefore, stage }) => stageBefore !== null && stage === null);
  const applications = new Map(loans.map(({ loanId, applicationId }) => [loanId, applicationId]));
  const factsOf = ({ caseId, loanId }: CaseRow) => ({ applicationId: applications.get(loanId)!, loanId, caseId, on });
  if (opens.length > 0) {
    const given = [opens.map(() => newId()), opens.map(({ loanId }) => loanId), opens.map(({ tenantId }) => tenantId)];
    const { rows } = await tx.query<CaseRow>(OPEN, [...given, on, now]);
    for (const row of rows) tx.emit(new CollectionCaseOpened(factsOf(row)));
  }
  if (closes.length > 0) {
    const { rows } = await tx.query<CaseRow>(CLOSE, [closes.map(({ loanId }) => loanId), on, now]);
    for (const row of rows) tx.emit(new CollectionCaseClosed(factsOf(row)));
  }
}
