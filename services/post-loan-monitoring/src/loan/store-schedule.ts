import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from './loan-account.js';

/** The schedule of before is kept as a version of its own. */
const KEEP = `
insert into instalment_before (loan_id, version, number, starts_on, due_on, principal_minor, interest_minor, balance_minor, replaced_at)
select i.loan_id, coalesce((select max(b.version) from instalment_before b where b.loan_id = $1), 0) + 1, i.number, i.starts_on, i.due_on, i.principal_minor, i.interest_minor,
  i.balance_minor, $2 from instalment i where i.loan_id = $1`;

const REPLACE = `
insert into instalment as i (loan_id, number, starts_on, due_on, principal_minor, interest_minor, balance_minor, paid_principal_minor, paid_interest_minor, waived_interest_minor)
select $1, r.* from unnest($2::int[], $3::date[], $4::date[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[]) as r
on conflict (loan_id, number) do update set starts_on = excluded.starts_on, due_on = excluded.due_on, principal_minor = excluded.principal_minor,
  interest_minor = excluded.interest_minor, balance_minor = excluded.balance_minor, paid_principal_minor = excluded.paid_principal_minor,
  paid_interest_minor = excluded.paid_interest_minor, waived_interest_minor = excluded.waived_interest_minor`;

/** Interest of a changed schedule is not told by its rows alone, so that the loan is played for its days. */
const LOAN = `update loan set earns_by = 'play', matures_on = $2, instalment_minor = $3, total_interest_minor = $4 where loan_id = $1`;

/** Writes the rows of a loan whose terms are others than before, and keeps those of before. */
export async function storeSchedule(
  tx: EventTransaction,
  { loanId, maturesOn, instalmentMinor, totalInterestMinor, instalments }: LoanAccount,
  now: Date,
): Promise<void> {
  await tx.query(KEEP, [loanId, now]);
  await tx.query(REPLACE, [
    loanId,
    instalments.map(({ number }) => number),
    instalments.map(({ startsOn }) => startsOn),
    instalments.map(({ dueOn }) => dueOn),
    instalments.map(({ principalMinor }) => principalMinor),
    instalments.map(({ interestMinor }) => interestMinor),
    instalments.map(({ balanceMinor }) => balanceMinor),
    instalments.map(({ paidPrincipalMinor }) => paidPrincipalMinor),
    instalments.map(({ paidInterestMinor }) => paidInterestMinor),
    instalments.map(({ waivedInterestMinor }) => waivedInterestMinor),
  ]);
  await tx.query(LOAN, [loanId, maturesOn, instalmentMinor, totalInterestMinor]);
}
