import { businessDate } from '@millrace/contracts';
import type { CourtFinding } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { Problem } from '@millrace/service';
import { filedAs } from '../legal-case/hand-in.js';
import { LEGAL_CASE_END } from '../legal-case/legal-case.tasks.js';
import { recordStage } from '../legal-case/record-stage.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { askChange } from '../loan-change/ask-change.js';
import { STAGE_OF_NEWS, type CourtNews } from './court-reply.js';

/** A case of whose news the court is asked. */
export interface WatchedCase {
  readonly caseId: string;
  /** Null where it was filed by hand. */
  readonly filingId: string | null;
  readonly court: string;
  /** The court's own name of the case, as far as the file has it. */
  readonly courtReference: string;
  readonly filedOn: string;
}

/** Who has said what the court tells. */
const COURT = { id: 'court' } as const;

const NUMBER = 'update legal_case set court_reference = $3 where loan_id = $1 and case_id = $2 and court_reference = $4';
const REFERENCE = 'select court_reference as "courtReference" from legal_case where loan_id = $1 and case_id = $2';

/** Whether the court's name of the case is that of the file; that of an electronic filing is learnt with its docketing. */
async function isOfCase(tx: EventTransaction, loanId: string, { caseId, filingId }: WatchedCase, { kind, caseNumber }: CourtNews): Promise<boolean> {
  if (filingId !== null && kind === 'docketed') await tx.query(NUMBER, [loanId, caseId, caseNumber, filedAs(filingId)]);
  return (await tx.query<{ courtReference: string }>(REFERENCE, [loanId, caseId])).rows[0]!.courtReference === caseNumber;
}

/**
 * Takes over what the court tells of a case: a stage is on the file at once, by the paper of the court, and its end is asked of two persons.
 * @returns why it cannot be taken over, for people; null where it was
 */
export async function takeOverNews(tx: EventTransaction, account: LoanAccount, watched: WatchedCase, news: CourtNews, now: Date): Promise<CourtFinding | null> {
  const { caseId: legalCaseId, court, filedOn } = watched;
  const { newsId: changeId, caseNumber, kind, on, awardedMinor, outcome, documentSha256 } = news;
  if (!(await isOfCase(tx, account.loanId, watched, news))) return 'case_number_differs';
  if (on < filedOn || on > businessDate(now)) return 'day_not_possible';
  const stage = STAGE_OF_NEWS[kind];
  const asker = { principal: COURT, account, now };
  try {
    if (stage === null) {
      const content = { legalCaseId, outcome: outcome!, on, documentSha256 };
      const facts = { court, courtReference: caseNumber };
      await askChange(tx, asker, { changeId, kind: 'legal_case_end', content }, () => ({ by: 'people', question: LEGAL_CASE_END, facts }));
      return null;
    }
    const content = { legalCaseId, kind: stage, on, ...(typeof awardedMinor === 'string' ? { awardedMinor } : {}), documentSha256 };
    const { outcome: asked } = await askChange(tx, asker, { changeId, kind: 'legal_case_update', content }, () => ({ by: 'one-person' }));
    if (asked === 'applied') await recordStage(tx, account, changeId, content, now);
    return null;
  } catch (error) {
    // The file of the loan is closed, or its end is asked for already: nothing was written, and people look.
    if (error instanceof Problem) return 'not_possible';
    throw error;
  }
}
