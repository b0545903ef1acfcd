import { type FirmFacts, type Finding } from '@millrace/contracts';
import { openFindings } from '@millrace/reasons';
import type { Change } from '../application/application-change.js';
import type { VerificationResult } from '../application/application.entity.js';

/** What the three outcomes of kyc-antifraud have in common. */
export interface VerificationPayload {
  readonly applicationId: string;
  readonly fraudScore: number;
  readonly findings: readonly Finding[];
  readonly facts?: FirmFacts | null;
}

/** The step that an outcome of verification makes, with what every outcome brings. */
export function verificationChange(
  outcome: VerificationResult['outcome'],
  trigger: Change['trigger'],
  { fraudScore, findings, facts }: VerificationPayload,
): Change & { patch: { verification: VerificationResult } } {
  return {
    trigger,
    reason: `VERIFICATION_${outcome.toUpperCase()}`,
    evidence: {
      findings: openFindings(findings).map(({ code, severity }) => `${severity}:${code}`),
      sources: (facts?.provenance ?? []).map(({ source, replySha256 }) => `${source}:${replySha256}`),
    },
    patch: { verification: { outcome, fraudScore, findings, facts: facts ?? null } },
  };
}
