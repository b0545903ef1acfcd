import { businessDate, GuaranteeCompensated } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { moveLoans } from '../loan/move-loans.js';
import { readKnown } from './follow-guarantees.js';

/** Where its repayment was taken back, the transfer may come again under another id; unless it was said anew of the same reference since. */
const WAITING = `
select c.compensation_id as "compensationId", c.guarantee_id as "guaranteeId" from guarantee_compensation c
where c.tenant_id = $1 and c.bank_reference = $2 and c.loan_id = $3 and (
  (c.freed_at is null and c.repayment_id is null) or (c.freed_at is not null and not exists (
    select 1 from guarantee_compensation o where o.tenant_id = $1 and o.bank_reference = $2 and o.freed_at is null)))
order by c.seq desc limit 1`;

const MATCH = `
update guarantee_compensation set repayment_id = $3, subrogated_minor = $4, matched_at = $5, freed_at = null where loan_id = $1 and compensation_id = $2`;

const FREE = 'update guarantee_compensation set freed_at = $3 where loan_id = $1 and repayment_id = $2';

/** A repayment is taken back: what was said of its bank reference holds again only if the money comes again, and no more where it is another loan's by then. */
export async function freeCompensation(tx: EventTransaction, loanId: string, repaymentId: string, now: Date): Promise<void> {
  await tx.query(FREE, [loanId, repaymentId, now]);
}

/** What was put to the loan, of money that nobody took back. */
const PAID = `
select repayment_id as "repaymentId", (amount_minor - unallocated_minor)::text as "paidMinor" from repayment
where loan_id = $1 and tenant_id = $2 and bank_reference = $3 and reversed_at is null`;

/**
 * Holds a repayment against what was said of its bank reference: where that is a guarantor's, what it has paid of the loan is recorded as what the guarantor can ask the
 * borrower for, up to the limit of the guarantee; beyond it the money is that of any third party. Whichever is known first, the other one finds it.
 * @param account the loan as the money has left it, its row written and locked
 * @returns what is to be told where a guarantor has paid; the guarantees are to be followed after it
 */
export async function compensate(tx: EventTransaction, account: LoanAccount, bankReference: string, now: Date): Promise<GuaranteeCompensated | undefined> {
  const { loanId, applicationId, tenantId, settledOn } = account;
  const [said] = (await tx.query<{ compensationId: string; guaranteeId: string }>(WAITING, [tenantId, bankReference, loanId])).rows;
  if (!said) return undefined;
  const [money] = (await tx.query<{ repaymentId: string; paidMinor: string }>(PAID, [loanId, tenantId, bankReference])).rows;
  const guarantee = (await readKnown(tx, [loanId])).find((one) => one.guaranteeId === said.guaranteeId);
  if (!money || !guarantee) return undefined;
  const leftMinor = guarantee.limitMinor - guarantee.paidMinor;
  const paidMinor = BigInt(money.paidMinor);
  const subrogatedMinor = paidMinor < leftMinor ? paidMinor : leftMinor;
  await tx.query(MATCH, [loanId, said.compensationId, money.repaymentId, subrogatedMinor, now]);
  const fact = { guaranteeId: said.guaranteeId, repaymentId: money.repaymentId, amountMinor: String(subrogatedMinor) };
  const evidence = { ...fact, compensationId: said.compensationId };
  await moveLoans(tx, [{ loan: account, trigger: 'GuarantorPaid', reason: 'GUARANTOR_PAID', evidence }], businessDate(now), now);
  const paidInAll = String(guarantee.paidMinor + subrogatedMinor);
  return new GuaranteeCompensated({ applicationId, loanId, ...fact, paidMinor: paidInAll, isPaidInFull: settledOn !== null });
}
