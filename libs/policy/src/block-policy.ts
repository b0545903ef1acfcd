import type { Finding, FirmFacts } from '@millrace/contracts';
import type { CoolingOffParameters } from './policy.js';

const DAY_MS = 86_400_000;

/** Findings that leave open whether the person is who they say, or whether the firm is theirs to apply for. */
const NOT_PROVEN: ReadonlySet<string> = new Set([
  'IDENTITY_MISMATCH',
  'FACE_MISMATCH',
  'LIVENESS_FAILED',
  'BUREAU_NOT_QUERIED',
  'LEGAL_REP_MISMATCH',
  'REGISTRY_NOT_FOUND',
  'ID_CHECK_DIGIT',
  'USCC_CHECK_DIGIT',
  'PHONE_MISMATCH',
  'CONSENT_MISSING',
]);

/** What is known of the person and the firm when an application is refused. */
export interface Verified {
  readonly findings: readonly Pick<Finding, 'code'>[];
  readonly facts?: Pick<FirmFacts, 'provenance'> | null;
  /** A person has cleared what was found. */
  readonly clearedByPerson?: boolean;
}

/** True where the person is proven, or was cleared by a person, and the registry names that person: only then was it the firm that applied. */
export function identityPassed(verification: Verified | null): boolean {
  if (!verification) return false;
  if (verification.clearedByPerson) return true;
  const sources = verification.facts?.provenance ?? [];
  const registryAway = sources.length > 0 && !sources.some(({ source }) => source === 'registry');
  return !registryAway && !verification.findings.some(({ code }) => NOT_PROVEN.has(code));
}

/** What a refusal is, as far as a block depends on it. */
export interface RefusedApplication {
  readonly verification: Verified | null;
  /** A person confirmed it, or a red rule of the fraud table fired. */
  readonly confirmedFraud: boolean;
  /** Codes of all that it was refused for; left out where they are not known. */
  readonly causes?: readonly string[];
}

/**
 * Until when a refused firm's further applications are not taken (180 days after fraud, 30 else); undefined where they are taken at once.
 * Nobody can block a firm by an application with false data: without a proven identity there is no block. Nor is there one where every cause ends by itself,
 * or lies in the means and not in the firm: a firm that is off a list, or whose payout a bank refused, may apply at once (S10).
 */
export function blockedUntil({ verification, confirmedFraud, causes = [] }: RefusedApplication, parameters: CoolingOffParameters, now: Date): Date | undefined {
  const days = confirmedFraud ? parameters.fraudDays : parameters.otherDays;
  const ends = !confirmedFraud && causes.length > 0 && causes.every((cause) => parameters.endingCauses.includes(cause));
  if (days === 0 || ends || !identityPassed(verification)) return undefined;
  return new Date(now.getTime() + days * DAY_MS);
}
