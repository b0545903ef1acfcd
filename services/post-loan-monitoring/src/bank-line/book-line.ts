import { contentHash } from '@millrace/contracts';
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
function transferOf({ lineId, amountMinor, currency, valueOn: receivedOn, bankReference }: BankLine, repaymentId: string): ShownTransfer {
  const content = { amountMinor, currency, receivedOn, bankReference };
  return { ...content, lineId, repaymentId, contentSha256: contentHash(content) };
}

/** Id under which a line is booked on a loan: that of its announcement for this loan, else its own. */
export function repaymentIdOf({ loanId }: LoanAccount, { lineId }: Pick<BankLine, 'lineId'>, announced: Announcement | undefined): string {
  return announced?.loanId === loanId ? announced.repaymentId : lineId;
}

/** Books a line on its loan, whose row is locked; an announcement of it for this loan is booked with it. */
export async function bookLine(tx: EventTransaction, account: LoanAccount, line: BankLine, announced: Announcement | undefined, now: Date): Promise<void> {
  await bookRepayment(tx, RECORDED_BY, account, transferOf(line, repaymentIdOf(account, line, announced)), now);
  if (announced) await endAnnouncement(tx, announced, announced.loanId === account.loanId ? 'booked' : 'shown_otherwise', now);
}
