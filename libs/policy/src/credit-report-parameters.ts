import { IsWholeFromTo } from './is-parameter.js';

/** What is reported to the credit bureau, and what comes before and after it (R-LG-03). */
export class CreditReportParameters {
  /** Day past due on which the borrower is told that arrears will be reported. */
  @IsWholeFromTo(1, 90) preNoticeFromDpd!: number;
  /** Days between that notice and the first report of arrears. */
  @IsWholeFromTo(1, 60) noticeLeadDays!: number;
  /** Days within which a dispute is checked and answered; a lender may be quicker than the law, and not slower. */
  @IsWholeFromTo(1, 20) disputeDays!: number;
  /** Years for which negative data of a report are kept. */
  @IsWholeFromTo(5, 5) keepYears!: number;
}
