import type { Finding } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import type { RuleHit } from './signals.js';

/** What verification says; a business "no" is an outcome, never an error. */
export type Outcome = 'pass' | 'refer' | 'reject';

/** Bands of the fraud score, from the policy release of the application (M-FR-15). */
export interface FraudBands {
  /** Below it: green. */
  readonly fraudGreenBelow: number;
  /** From it on: red, stop and case. */
  readonly fraudRedFrom: number;
}

export interface VerificationDecision {
  readonly outcome: Outcome;
  /** 0–1000. */
  readonly fraudScore: number;
  readonly findings: readonly Finding[];
}

const MAX_SCORE = 1_000;
const MAX_OBSERVED = 80;
const SEVERITY_ORDER = { red: 0, amber: 1, info: 2 } as const;

function toFinding(hit: RuleHit): Finding {
  return hit.observed ? { code: hit.code, severity: hit.severity, observed: hit.observed.slice(0, MAX_OBSERVED) } : { code: hit.code, severity: hit.severity };
}

/** Points of all rules; without a red rule they stop short of the red band, and any red rule forces into it (M-FR-15). */
export function fraudScore(hits: readonly RuleHit[], bands: FraudBands): number {
  const sum = Math.min(
    MAX_SCORE,
    hits.reduce((points, hit) => points + hit.points, 0),
  );
  const red = hits.some((hit) => hit.severity === 'red');
  return red ? Math.max(bands.fraudRedFrom, sum) : Math.min(bands.fraudRedFrom - 1, sum);
}

/** Findings that say no more than that the person is not proven: often a typing error or a bad picture, and never a fraud by themselves. */
const UNPROVEN: ReadonlySet<string> = new Set<CodeFor<'finding'>>(['IDENTITY_MISMATCH', 'FACE_MISMATCH', 'LIVENESS_FAILED']);

/** True where a verification was stopped because the person could not be proven. */
export function stoppedUnproven({ outcome, findings }: Pick<VerificationDecision, 'outcome' | 'findings'>): boolean {
  return outcome === 'reject' && findings.some(({ code, severity }) => severity === 'red' && UNPROVEN.has(code));
}

/** The same hits for a verification whose identity a person decides: what would stop it asks that person instead. */
export function identityForPerson(hits: readonly RuleHit[]): RuleHit[] {
  return hits.map((hit) => (hit.severity === 'red' && UNPROVEN.has(hit.code) ? { ...hit, severity: 'amber' } : hit));
}

/**
 * Reject on a hard rule or red fraud, a person for the amber band and for whatever is found of a guarantor, pass below it; ambers below the band travel along
 * (tier T1).
 */
export function decideOutcome(
  knockOuts: readonly RuleHit[],
  fraudHits: readonly RuleHit[],
  bands: FraudBands,
  guarantors: readonly Finding[] = [],
): VerificationDecision {
  const score = fraudScore(fraudHits, bands);
  const ofFirm = [...knockOuts, ...fraudHits].map(toFinding);
  const findings = [...ofFirm, ...guarantors].sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]);
  if (knockOuts.length > 0 || score >= bands.fraudRedFrom) return { outcome: 'reject', fraudScore: score, findings };
  return { outcome: score >= bands.fraudGreenBelow || guarantors.length > 0 ? 'refer' : 'pass', fraudScore: score, findings };
}
