import type { IdentityParameters } from '@millrace/policy';
import type { VerificationDecision } from './decide-outcome.js';
import type { StoredVerification } from './stored-verification.js';

const DAY_MS = 86_400_000;

/**
 * How sure we are of the person: `proven` (bureaus may be asked), `uncertain` (a person has to look; no bureau is asked before),
 * `disproven` (verification stops), `unknown` (the identity provider has not answered).
 */
export type IdentityState = 'proven' | 'uncertain' | 'disproven' | 'unknown';

/** Reads the tables' verdict on the identity signals alone, so that thresholds live in one place: anything found is less than proof. */
export function identityState(answered: boolean, decision: VerificationDecision): IdentityState {
  if (decision.outcome === 'reject') return 'disproven';
  if (!answered) return 'unknown';
  return decision.findings.length === 0 ? 'proven' : 'uncertain';
}

/**
 * True where a person decides about an identity that is not proven, instead of a decline: the partner has tried so often for this firm that it is
 * no slip of the pen any more (T03).
 */
export function personDecidesIdentity(
  { unprovenAt, requestedAt }: Pick<StoredVerification, 'unprovenAt' | 'requestedAt'>,
  parameters: IdentityParameters,
): boolean {
  const since = requestedAt.getTime() - parameters.tryWindowDays * DAY_MS;
  return unprovenAt.filter((at) => at.getTime() > since).length >= parameters.triesBeforePerson;
}
