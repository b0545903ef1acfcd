import type { EventTransaction } from '@millrace/messaging';
import { debtorKey } from '../collection-case/log-contact.js';
import { planDispatches } from '../dispatch/plan-dispatch.js';
import type { LoanAccount } from '../loan/loan-account.js';
import type { FileLegalCaseDto } from './legal-case.dto.js';

/** The file's name of a case that the court has not taken up yet: our id of the filing. */
export const filedAs = (filingId: string): string => `electronic filing ${filingId}`;

/** A case that is to be filed electronically. Money is fen as a decimal string. */
export interface FilingDraft extends Pick<FileLegalCaseDto, 'kind' | 'court' | 'claimMinor' | 'documentSha256'> {
  /** Ours, and the court's key of it for good. */
  readonly filingId: string;
  readonly legalCaseId: string;
}

const DEBTOR = 'select uscc from loan where loan_id = $1';

/** Plans that the court is handed a case (网上立案): it is told once, and asked about where it gives no answer. */
export async function handIn(
  tx: EventTransaction,
  { loanId, applicationId, tenantId, policyVersion, currency }: LoanAccount,
  { filingId, ...filing }: FilingDraft,
  now: Date,
): Promise<void> {
  const [debtor] = (await tx.query<{ uscc: string }>(DEBTOR, [loanId])).rows;
  const content = { lender: tenantId, loanId, subjectRef: debtorKey(debtor!.uscc), currency, ...filing };
  const whose = { dispatchId: filingId, tenantId, applicationId, loanId, policyVersion };
  const free = { letterId: null, partyKey: null, whileDueOn: null, sendUntil: null };
  await planDispatches(tx, [{ ...whose, ...free, party: 'court', content, sendFrom: now }], now);
}
