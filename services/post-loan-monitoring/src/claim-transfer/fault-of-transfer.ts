import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import type { RequestTransferDto } from './transfer.dto.js';

/** Why a claim cannot be sold now, as a problem says it. */
export interface TransferFault {
  readonly status: 409 | 422;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** What of a loan is under way: whoever buys the claim must know what is owed, and nothing of before may change it afterwards. */
const UNDER_WAY = `
select l.uscc,
  (select c.kind from loan_change c where c.loan_id = l.loan_id and c.state = 'requested' and c.kind <> 'transfer' order by c.seq limit 1) as "changeKind",
  (select g.guarantee_id from guarantee g where g.loan_id = l.loan_id and g.state = 'claimed' order by g.guarantee_id limit 1) as "claimedId",
  exists (select from announcement a where a.loan_id = l.loan_id and a.state in ('announced', 'not_on_statement'))
    or exists (select from held_repayment h where h.loan_id = l.loan_id and h.state = 'held')
    or exists (select from reversal_request r where r.loan_id = l.loan_id and r.state = 'requested')
    or exists (select from doubtful_line d where d.loan_id = l.loan_id)
    or exists (select from suspense s join bank_line b using (line_id) where b.loan_id = l.loan_id and s.state in ('open', 'refunding'))
    or exists (select from debit d where d.loan_id = l.loan_id and (d.state = 'ORDERED' or d.state = 'COLLECTED'
      and not exists (select from bank_line b where b.tenant_id = d.tenant_id and b.bank_reference = d.bank_reference))) as "isMoneyUnderWay"
from loan l where l.loan_id = $1`;

interface UnderWay extends Record<string, unknown> {
  readonly uscc: string;
  readonly changeKind: string | null;
  readonly claimedId: string | null;
  readonly isMoneyUnderWay: boolean;
}

const refused = (code: string, title: string, detail: string): TransferFault => ({ status: 409, code, title, detail });

/** Why the claim of a loan, whose row is locked, cannot be sold to a buyer now; undefined where it can. */
export async function faultOfTransfer(
  tx: EventTransaction,
  { loanId, heldMinor }: LoanAccount,
  { buyerUscc }: Pick<RequestTransferDto, 'buyerUscc'>,
): Promise<TransferFault | undefined> {
  const { rows } = await tx.query<UnderWay>(UNDER_WAY, [loanId]);
  const { uscc, changeKind, claimedId, isMoneyUnderWay } = rows[0]!;
  if (buyerUscc === uscc) {
    const detail = 'A borrower who pays what it owes settles the loan. Nothing was changed.';
    return { status: 422, code: 'TRANSFER_TO_BORROWER', title: 'The buyer is the borrower itself.', detail };
  }
  if (changeKind !== null) {
    const detail = `It is of kind ${changeKind}; it is decided first. Nothing was changed.`;
    return refused('TRANSFER_CHANGE_WAITS', 'Another change of the loan waits for its decision.', detail);
  }
  if (claimedId !== null) {
    const detail = `Guarantee ${claimedId} is claimed. Nothing was changed.`;
    return refused('TRANSFER_GUARANTOR_CLAIMED', 'A guarantor was asked to pay, and has not paid.', detail);
  }
  if (isMoneyUnderWay) {
    const detail = 'A debit, a transfer that was announced, money in suspense or a request to take a repayment back is not settled. Nothing was changed.';
    return refused('TRANSFER_MONEY_UNDER_WAY', 'Money of the loan is under way or in doubt.', detail);
  }
  if (heldMinor === 0n) return undefined;
  const detail = `${heldMinor} fen are held; they are used or given back first. Nothing was changed.`;
  return refused('TRANSFER_MONEY_HELD', 'Money of the borrower is held for what falls due.', detail);
}
