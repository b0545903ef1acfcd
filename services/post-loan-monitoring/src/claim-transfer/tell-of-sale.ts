import { formatMinor, newId } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { debtorKey, guarantorKey } from '../collection-case/log-contact.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import { liveGuarantees } from '../guarantee/guarantees.js';
import { writeLetter, type LetterDraft, type WrittenLetter } from '../letter/write-letter.js';
import type { LoanAccount } from '../loan/loan-account.js';
import type { OwedClaim } from './claim-of-loan.js';
import type { RequestTransferDto } from './transfer.dto.js';

const BORROWER = 'select uscc from loan where loan_id = $1';

/** A sale that is being booked. */
interface Sale {
  readonly transferId: string;
  readonly on: IsoDate;
  readonly buyer: Pick<RequestTransferDto, 'buyerName' | 'buyerUscc'>;
  readonly owed: OwedClaim;
}

/** Writes a notice, and has it delivered as a letter: whoever has it is bound by the sale, whenever that is (Civil Code, articles 546 and 696). */
async function send(tx: EventTransaction, account: LoanAccount, addresseeRef: string, letter: LetterDraft, now: Date): Promise<WrittenLetter> {
  const { loanId, tenantId, applicationId, policyVersion } = account;
  const written = await writeLetter(tx, account, letter, now);
  const { letterId, text, textSha256 } = written;
  const content = { lender: tenantId, loanId, channel: 'letter', addresseeRef, kind: letter.kind, language: 'zh-CN', text, textSha256 };
  const whose = { dispatchId: newId(), tenantId, applicationId, loanId, policyVersion, letterId };
  await planDispatches(tx, [{ ...whose, party: 'notice', content, partyKey: null, sendFrom: now, sendUntil: null, whileDueOn: null }], now);
  return written;
}

/**
 * Tells the borrower and every guarantor who stands for the loan to whom the claim was sold. The guarantees are read as they stand before they go with it.
 * @returns id of the notice to the borrower
 */
export async function tellOfSale(tx: EventTransaction, account: LoanAccount, { transferId, on, buyer, owed }: Sale, now: Date): Promise<string> {
  const { contractId, loanId } = account;
  const { rows } = await tx.query<{ uscc: string }>(BORROWER, [loanId]);
  const said = { contractId, loanId, writtenOn: on, transferredOn: on, ...buyer };
  const yuan = {
    principalYuan: formatMinor(owed.claim.principalMinor),
    interestYuan: formatMinor(owed.interestMinor),
    penaltyYuan: formatMinor(owed.penaltyMinor),
  };
  const toBorrower: LetterDraft = { kind: 'transfer_notice', about: transferId, values: { ...said, ...yuan }, writtenOn: on };
  const { letterId } = await send(tx, account, debtorKey(rows[0]!.uscc), toBorrower, now);
  const guarantees = (await liveGuarantees(tx, [loanId])).get(loanId) ?? [];
  for (const { guaranteeId, guarantorRef, limitMinor, lapsesOn } of guarantees) {
    const values = { ...said, guaranteeId, limitYuan: formatMinor(BigInt(limitMinor)), lapsesOn };
    const letter: LetterDraft = { kind: 'guarantor_transfer_notice', about: `${transferId}, ${guaranteeId}`, guaranteeId, values, writtenOn: on };
    await send(tx, account, guarantorKey(guarantorRef), letter, now);
  }
  return letterId;
}
