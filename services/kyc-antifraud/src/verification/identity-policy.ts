import type { VerificationDecision } from './decide-outcome.js';

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
