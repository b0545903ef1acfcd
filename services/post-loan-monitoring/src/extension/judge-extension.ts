import type { IsoDate } from '@millrace/finance';
import { policyInForce, policyOf } from '@millrace/policy';
import type { Queries } from '../loan/read-account.js';
import { playAccount } from '../loan/play-account.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { boundGuarantees } from '../guarantee/guarantees.js';
import type { ExtendLoanDto } from './extension.dto.js';
import { monthsBefore, mostMonths } from './extension-policy.js';

/** Why a loan is not extended, by code. */
export interface ExtensionRefusal {
  readonly code: 'EXTENSION_NOT_OPEN' | 'EXTENSION_TOO_LONG' | 'GUARANTOR_CONSENT_MISSING';
  readonly detail: string;
}

/** Holds an extension against the rules of the day on which it is made (G-WC-07, G-EC-05, R-PL-06); undefined where nothing speaks against it. */
export async function judgeExtension(
  queries: Queries,
  account: LoanAccount,
  { months, consents }: Pick<ExtendLoanDto, 'months' | 'consents'>,
  today: IsoDate,
): Promise<ExtensionRefusal | undefined> {
  const { loanId, maturesOn, policyVersion, acceleratedOn, writtenOffOn } = account;
  const { extension } = policyInForce(policyOf(policyVersion).lenderType, today);
  if (acceleratedOn !== null) return { code: 'EXTENSION_NOT_OPEN', detail: 'The loan was called in.' };
  if (writtenOffOn !== null) return { code: 'EXTENSION_NOT_OPEN', detail: 'The loan was written off.' };
  if (today >= maturesOn) return { code: 'EXTENSION_NOT_OPEN', detail: `The loan matures on ${maturesOn}; an extension is asked for before that day.` };
  const dpd = playAccount(account).daysPastDue(today);
  if (dpd > extension.mostDpd) return { code: 'EXTENSION_NOT_OPEN', detail: `The loan is ${dpd} days past due; at most ${extension.mostDpd} are possible.` };
  const leftMonths = mostMonths(account, extension) - monthsBefore(account.changes);
  if (months > leftMonths) return { code: 'EXTENSION_TOO_LONG', detail: `The law leaves ${leftMonths} months for an extension of this loan.` };
  const missing = (await boundGuarantees(queries, loanId)).filter(({ guaranteeId }) => !consents.some((consent) => consent.guaranteeId === guaranteeId));
  if (missing[0]) return { code: 'GUARANTOR_CONSENT_MISSING', detail: `The guarantor of guarantee ${missing[0].guaranteeId} has not agreed in writing.` };
  return undefined;
}
