import type { CodeFor } from '@millrace/reasons';
import { ProviderError } from '@millrace/service';

/** What the bank says about whose account it is, in the words of the payout process; the reason is a code, never free text. */
export type HolderAnswer =
  | { readonly outcome: 'holder_confirmed' }
  | { readonly outcome: 'holder_refused'; readonly reasonCode: HolderRefusal }
  /** No usable answer: nothing has happened, and the bank is asked again. */
  | { readonly outcome: 'holder_unclear'; readonly detail: string };

/** Why an account is not paid to before a person has looked. */
export type HolderRefusal = Extract<CodeFor<'payout'>, `PAYEE_${string}`>;

const REFUSALS: Readonly<Record<string, HolderRefusal>> = {
  mismatched: 'PAYEE_NAME_MISMATCH',
  account_not_found: 'PAYEE_ACCOUNT_NOT_FOUND',
  not_verifiable: 'PAYEE_NOT_VERIFIABLE',
};

/** Reads a reply about one account (docs/provider-contract.md, Bank); only a clear yes, to this very question, is one. */
export function readHolderReply(verificationId: string, raw: unknown): HolderAnswer {
  const reply = (typeof raw === 'object' && raw !== null ? raw : {}) as { verificationId?: unknown; result?: unknown };
  if (typeof reply.verificationId !== 'string' || typeof reply.result !== 'string') return { outcome: 'holder_unclear', detail: 'INVALID_REPLY' };
  if (reply.verificationId.toLowerCase() !== verificationId.toLowerCase()) return { outcome: 'holder_unclear', detail: 'REPLY_TO_ANOTHER_QUESTION' };
  if (reply.result === 'matched') return { outcome: 'holder_confirmed' };
  // Words that only a newer bank knows are no yes.
  return { outcome: 'holder_refused', reasonCode: Object.hasOwn(REFUSALS, reply.result) ? REFUSALS[reply.result]! : 'PAYEE_NOT_VERIFIABLE' };
}

/** A bank that understood the question and refuses it cannot say; any other failure is no answer. */
export function readHolderFailure({ kind, status }: ProviderError): HolderAnswer {
  if (kind === 'refused' && (status === 400 || status === 422)) return { outcome: 'holder_refused', reasonCode: 'PAYEE_NOT_VERIFIABLE' };
  return { outcome: 'holder_unclear', detail: status === undefined ? kind.toUpperCase() : `HTTP_${status}` };
}
