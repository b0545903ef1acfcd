import { ProviderError } from '@millrace/service';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsNotEmpty, IsString, MaxLength, validateSync } from 'class-validator';

const CODE = /^[A-Z][A-Z0-9_]{2,59}$/;

/** Reason of a refusal that names none we could pass on. */
const REFUSED = 'PARTY_REFUSED';

/** Answer of a party to a matter or a question about it (docs/provider-contract.md). */
class PartyReply {
  @IsString() id!: string;
  @IsIn(['done', 'refused', 'pending']) status!: 'done' | 'refused' | 'pending';
  @IsString() @IsNotEmpty() @MaxLength(100) reference!: string;
  reason?: unknown;
}

/** What the party said, or that it said nothing usable. */
export type PartyAnswer =
  | { readonly outcome: 'done'; readonly reference: string }
  | { readonly outcome: 'refused'; readonly reasonCode: string; readonly reference: string | null }
  | { readonly outcome: 'unclear'; readonly reference: string | null }
  | { readonly outcome: 'never_seen' };

const UNCLEAR: PartyAnswer = { outcome: 'unclear', reference: null };

const codeOf = (value: unknown): string | undefined => (typeof value === 'string' && CODE.test(value) ? value : undefined);

/** Reads a reply about one matter; whatever breaks the contract is unclear, as the matter may have been taken in behind it. */
export function readReply(dispatchId: string, raw: unknown): PartyAnswer {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return UNCLEAR;
  const reply = plainToInstance(PartyReply, raw);
  if (validateSync(reply).length > 0 || reply.id.toLowerCase() !== dispatchId) return UNCLEAR;
  const { status, reference } = reply;
  if (status === 'pending') return { outcome: 'unclear', reference };
  return status === 'done' ? { outcome: 'done', reference } : { outcome: 'refused', reasonCode: codeOf(reply.reason) ?? REFUSED, reference };
}

/**
 * Reads a failed call. Only two failures say for certain that the party holds no such matter: its own 404 to a question, and its own problem (400, 422) about
 * the matter, which it does not remember. A status alone proves nothing: it may be a proxy's.
 */
export function readFailure(call: 'tell' | 'ask', { status, body }: ProviderError): PartyAnswer {
  const code = codeOf((body as { code?: unknown } | null | undefined)?.code);
  if (call === 'ask' && status === 404 && code === 'NOT_FOUND') return { outcome: 'never_seen' };
  if (call === 'tell' && (status === 400 || status === 422) && code) return { outcome: 'refused', reasonCode: code, reference: null };
  return UNCLEAR;
}
