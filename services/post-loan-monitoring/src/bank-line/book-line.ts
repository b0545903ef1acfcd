import { contentHash } from '@millrace/contracts';
import type { RepaymentReport } from '../repayment/book-repayment.js';

/** Who has told of the money, in the books. */
export const RECORDED_BY = 'bank-statement';

/** A line as the repayment that it is: under its own id, with the content that a partner's report of the same transfer has, so that such a report is known. */
export function reportOf(line: {
  readonly lineId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly valueOn: string;
  readonly bankReference: string;
}): RepaymentReport {
  const { lineId, amountMinor, currency, valueOn: receivedOn, bankReference } = line;
  const content = { amountMinor, currency, receivedOn, bankReference };
  return { ...content, repaymentId: lineId, contentSha256: contentHash(content) };
}
