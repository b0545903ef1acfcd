import { readInstant } from '@millrace/contracts';
import { ProviderError } from '@millrace/service';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsNotEmpty, IsString, MaxLength, ValidateIf, validateSync } from 'class-validator';
import type { BankOutcome } from './bank-outcomes.js';

const CODE = /^[A-Z][A-Z0-9_]{2,59}$/;

/** Reason of a refusal that names none we could pass on. */
const REFUSED = 'BANK_REFUSED';

/** Answer of the bank to an instruction or a question (docs/provider-contract.md, Bank). */
class BankReply {
  @IsString() payoutId!: string;
  @IsIn(['paid', 'refused', 'pending']) status!: 'paid' | 'refused' | 'pending';
  @IsString() @IsNotEmpty() @MaxLength(100) bankReference!: string;
  @ValidateIf((reply: BankReply) => reply.status === 'paid') @IsString() paidAt?: string | null;
  reason?: unknown;
}

/** What the bank said, or that it said nothing, in the words of the payout process. */
export type BankAnswer = {
  /** Code for the payout's steps; never free text, which could name a person. */
  readonly detail: string | null;
} & (
  | { readonly outcome: 'paid'; readonly bankReference: string; readonly paidAt: Date }
  | { readonly outcome: 'refused'; readonly reasonCode: string; readonly bankReference: string | null }
  | { readonly outcome: Extract<BankOutcome, 'unclear' | 'never_seen'>; readonly bankReference: string | null }
);

const unclear = (detail: string, bankReference: string | null = null): BankAnswer => ({ outcome: 'unclear', detail, bankReference });

function codeOf(value: unknown): string | undefined {
  return typeof value === 'string' && CODE.test(value) ? value : undefined;
}

/** Reads a reply about one payout; whatever breaks the contract is unclear, as money may have moved behind it. */
export function readReply(payoutId: string, raw: unknown): BankAnswer {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return unclear('INVALID_REPLY');
  const reply = plainToInstance(BankReply, raw);
  if (validateSync(reply).length > 0) return unclear('INVALID_REPLY');
  if (reply.payoutId.toLowerCase() !== payoutId.toLowerCase()) return unclear('REPLY_TO_ANOTHER_PAYOUT');
  const { bankReference } = reply;
  if (reply.status === 'pending') return unclear('PENDING', bankReference);
  if (reply.status === 'refused') {
    const reasonCode = codeOf(reply.reason) ?? REFUSED;
    return { outcome: 'refused', detail: reasonCode, reasonCode, bankReference };
  }
  const paidAt = readInstant(reply.paidAt);
  return paidAt === undefined ? unclear('INVALID_REPLY') : { outcome: 'paid', detail: null, bankReference, paidAt };
}

/**
 * Reads a failed call. Only two failures say for certain that the bank holds no such payout: its own 404 to a question, and its own
 * problem (400, 422) about an instruction, which it does not remember. A status alone proves nothing: it may be a proxy's.
 */
export function readFailure(call: 'send' | 'ask', { kind, status, body }: ProviderError): BankAnswer {
  const code = codeOf((body as { code?: unknown } | null | undefined)?.code);
  if (call === 'ask' && status === 404 && code === 'NOT_FOUND') return { outcome: 'never_seen', detail: null, bankReference: null };
  if (call === 'send' && (status === 400 || status === 422) && code) return { outcome: 'refused', detail: code, reasonCode: code, bankReference: null };
  if (kind === 'invalid') return unclear('INVALID_REPLY');
  return unclear(status === undefined ? kind.toUpperCase() : `HTTP_${status}`);
}
