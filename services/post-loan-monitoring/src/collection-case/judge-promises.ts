import { CollectionPromiseBroken, CollectionPromiseKept } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';

/** A claim that was sold is its buyer's, and so is what was promised: it is neither kept nor broken here. Money counts from the making of the promise on, by its value date; where the arrears are gone nothing is left to be paid. */
const JUDGE = `
with judged as (
  select p.loan_id, p.promise_id,
    not exists (select from collection_case c where c.case_id = p.case_id and c.closed_on is null)
    or (select coalesce(sum(r.amount_minor), 0) from repayment r
        where r.loan_id = p.loan_id and r.reversed_at is null and r.recorded_at >= p.made_at and r.value_on <= p.pay_by) >= p.amount_minor as is_kept
  from collection_promise p where p.loan_id = any($1) and p.state = 'open' and not exists (select from loan s where s.loan_id = p.loan_id and s.transferred_on is not null)
)
update collection_promise p set state = case when j.is_kept then 'kept' else 'broken' end, decided_on = $2
from judged j join loan l using (loan_id)
where p.loan_id = j.loan_id and p.promise_id = j.promise_id and (j.is_kept or p.pay_by <= $3)
returning p.loan_id as "loanId", l.application_id as "applicationId", p.promise_id as "promiseId", p.case_id as "caseId", p.amount_minor::text as "amountMinor",
  p.pay_by::text as "payBy", p.state`;

interface JudgedPromise {
  readonly loanId: string;
  readonly applicationId: string;
  readonly promiseId: string;
  readonly caseId: string;
  readonly amountMinor: string;
  readonly payBy: IsoDate;
  readonly state: 'kept' | 'broken';
}

/**
 * Decides the open promises of loans by their books; the rows of the loans are locked.
 * @param on business date for which it is told
 * @param ended last day that has ended: what was promised by it and has not come is broken
 */
export async function judgePromises(tx: EventTransaction, loanIds: readonly string[], on: IsoDate, ended: IsoDate): Promise<void> {
  const { rows } = await tx.query<JudgedPromise & Record<string, unknown>>(JUDGE, [loanIds, on, ended]);
  for (const { state, ...promise } of rows) {
    const facts = { ...promise, on };
    tx.emit(state === 'kept' ? new CollectionPromiseKept(facts) : new CollectionPromiseBroken(facts));
  }
}
