import { normalForm } from '@millrace/contracts';
import { IsNotEmpty, IsString, Matches, MaxLength } from 'class-validator';

/** Body of `PUT /v1/bank/account-verifications/{verificationId}`. */
export class AccountVerificationDto {
  @IsString() @IsNotEmpty() @MaxLength(120) accountName!: string;
  @Matches(/^\d{8,32}$/, { message: 'accountNumber must be 8 to 32 digits' }) accountNumber!: string;
}

export type HolderResult = 'matched' | 'mismatched' | 'account_not_found' | 'not_verifiable';

const HOLDERS: Readonly<Record<string, HolderResult>> = { '9001': 'account_not_found', '9002': 'mismatched', '9007': 'not_verifiable' };

/** Whose account it is: the last four digits decide first, then the names of the firms that have it; an account that nobody knows is held as it is said. */
export function holderOf({ accountName, accountNumber }: AccountVerificationDto, holders: readonly string[]): HolderResult {
  const fixed = HOLDERS[accountNumber.slice(-4)];
  if (fixed) return fixed;
  const asked = normalForm(accountName);
  return holders.length === 0 || holders.some((holder) => normalForm(holder) === asked) ? 'matched' : 'mismatched';
}

/** What becomes of a payout; `afterMs` null: never settled. */
export type PayoutFate =
  | { readonly status: 'paid'; readonly reason: null; readonly afterMs: number; readonly returnedAfterMs?: number }
  | { readonly status: 'refused'; readonly reason: string; readonly afterMs: number }
  | { readonly status: null; readonly reason: null; readonly afterMs: null };

const SETTLED_AFTER_MS = 60_000;
const RETURNED_AFTER_MS = 86_400_000;

/** By the last four digits of the payee's account (docs/provider-contract.md). */
const FATES: Readonly<Record<string, PayoutFate>> = {
  '9001': { status: 'refused', reason: 'ACCOUNT_NOT_FOUND', afterMs: 0 },
  '9002': { status: 'refused', reason: 'NAME_MISMATCH', afterMs: 0 },
  '9003': { status: 'refused', reason: 'ACCOUNT_FROZEN', afterMs: 0 },
  '9004': { status: 'paid', reason: null, afterMs: SETTLED_AFTER_MS },
  '9005': { status: 'refused', reason: 'COMPLIANCE_REJECTED', afterMs: SETTLED_AFTER_MS },
  '9006': { status: null, reason: null, afterMs: null },
  '9008': { status: 'paid', reason: null, afterMs: 0, returnedAfterMs: RETURNED_AFTER_MS },
};

/** Fate of a payout to an account; `delayMs` is what a late callback adds at least. */
export function fateOf(payeeAccount: string, delayMs = 0): PayoutFate {
  const fate = FATES[payeeAccount.slice(-4)] ?? { status: 'paid', reason: null, afterMs: 0 };
  return fate.status === null ? fate : { ...fate, afterMs: Math.max(fate.afterMs, delayMs) };
}
