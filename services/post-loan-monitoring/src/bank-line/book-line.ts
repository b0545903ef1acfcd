import { contentHash, newId } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import type { LoanAccount } from '../loan/loan-account.js';
import { endAnnouncement, type Announcement } from '../repayment/announcement.js';
import { bookRepayment, type ShownTransfer } from '../repayment/book-repayment.js';

/** Who has told of the money, in the books. */
const RECORDED_BY = 'bank-statement';

/** What the bank shows of a transfer. */
export interface BankLine {
  readonly lineId: string;
  readonly tenantId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueOn: string;
  readonly bankReference: string;
}

/** A line as the repayment that it is: under the id of its announcement, or under its own, with the content that a report of the same transfer has. */
function transferOf(
  { lineId, amountMinor, currency, valueOn: receivedOn, bankReference }: BankLine,
  told: Pick<ShownTransfer, 'repaymentId' | 'prepaymentEffect'>,
): ShownTransfer {
  const content = { amountMinor, currency, receivedOn, bankReference };
  return { ...content, ...told, lineId, contentSha256: contentHash(content) };
}

/** Id under which a line is booked on a loan: that of its announcement for this loan, else its own. */
export function repaymentIdOf({ loanId }: LoanAccount, { lineId }: Pick<BankLine, 'lineId'>, announced: Announcement | undefined): string {
  return announced?.loanId === loanId ? announced.repaymentId : lineId;
}

const KNOWN_ID = 'select 1 from repayment where loan_id = $1 and repayment_id = $2';

/** The same for money that comes out of suspense: a new id where the loan had the money before, and it was taken back. */
export async function unusedIdOf(
  tx: EventTransaction,
  account: LoanAccount,
  line: Pick<BankLine, 'lineId'>,
  announced: Announcement | undefined,
): Promise<string> {
  const repaymentId = repaymentIdOf(account, line, announced);
  return (await tx.query(KNOWN_ID, [account.loanId, repaymentId])).rowCount ? newId() : repaymentId;
}

/** Books a line under an id on its loan, whose row is locked; an announcement of it for this loan is booked with it. */
export async function bookLine(
  tx: EventTransaction,
  account: LoanAccount,
  line: BankLine,
  { repaymentId, announced }: { readonly repaymentId: string; readonly announced: Announcement | undefined },
  now: Date,
): Promise<void> {
  const prepaymentEffect = (announced?.loanId === account.loanId && announced.prepaymentEffect) || null;
  await bookRepayment(tx, RECORDED_BY, account, transferOf(line, { repaymentId, prepaymentEffect }), now);
  if (announced) await endAnnouncement(tx, announced, announced.loanId === account.loanId ? 'booked' : 'shown_otherwise', now);
}
