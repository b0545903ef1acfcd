import { businessDate, KycPassed, KycReferred, KycRejected, SuspicionRaised, type Clock, type Finding, type FirmFacts } from '@millrace/contracts';
import { isRestrictedCode, openFindings } from '@millrace/reasons';
import { TransactionRunner } from '@millrace/messaging';
import { blockedUntil, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bodiesOf, INSERT_REPLIES, replyRows, type SourceReply } from '../sources/source-reply.js';
import { assembleFacts } from './assemble-facts.js';
import type { Source } from '../sources/sources.js';
import { stoppedUnproven, type VerificationDecision } from './decide-outcome.js';
import { readSignals, type AskedSources } from './read-signals.js';
import type { GuarantorSignals } from '../guarantor-check/guarantor-findings.js';
import type { DecidedSignals } from './signals.js';
import { contextOfVerification, type StoredVerification } from './stored-verification.js';
import { VerificationTables } from './verification-tables.js';

/** What is asked where the person is not proven: who it is, and whether there is such a firm at all. */
const ASKED_WITHOUT_PROOF: ReadonlySet<Source> = new Set(['identity', 'registry']);

/** Only the first to write an outcome changes the row, so the event goes out once. */
const COMPLETE = `
update verification set outcome = $2, fraud_score = $3, findings = $4, signals = $5, table_hashes = $6, facts = $7, completed_at = $8, identity_unproven = $9, next_attempt_at = null
where application_id = $1 and outcome is null and round = $10`;

/** A query that was due, and the withdrawn consent that it would have been made under. */
export interface RefusedQuery {
  readonly source: Source;
  readonly consentId: string;
}

export const LOG_REFUSED = `insert into refused_query (application_id, source, consent_id, refused_at)
select $1, q."source", q."consentId", $3 from jsonb_to_recordset($2::jsonb) as q("source" text, "consentId" uuid)`;

/** Decides a verification from what the sources said, and tells the hub once. */
@Injectable()
export class CompleteVerification {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(VerificationTables) private readonly tables: VerificationTables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** No call was made: without its consents nothing may be asked, and nothing can be known (G-PI-01, R-LG-03). */
  async refuseWithoutConsent(verification: StoredVerification, missing: readonly string[], refused: readonly RefusedQuery[] = []): Promise<void> {
    const findings: Finding[] = [{ code: 'CONSENT_MISSING', severity: 'red', observed: missing.join(', ') }];
    await this.#write(verification, { outcome: 'reject', fraudScore: 0, findings }, null, null, [], refused);
  }

  /** Runs the tables on all replies and stores the decision with its inputs; `fresh` are the replies not stored yet. */
  async complete(
    verification: StoredVerification,
    replies: ReadonlyMap<Source, SourceReply>,
    fresh: readonly SourceReply[],
    asked: AskedSources,
    guarantors: readonly GuarantorSignals[] = [],
  ): Promise<void> {
    const now = this.clock.now();
    const bodies = bodiesOf(replies);
    const read = readSignals(verification, bodies, asked, now);
    const signals: DecidedSignals = guarantors.length === 0 ? read : { ...read, guarantors };
    const decision = await this.tables.decide(signals, verification, policyOf(verification.policyVersion));
    const identityAlone = decision.outcome === 'reject' && [...replies.keys()].every((source) => ASKED_WITHOUT_PROOF.has(source));
    const facts = identityAlone ? null : assembleFacts(verification.declaredRevenueMinor, bodies, replies.values(), businessDate(now));
    await this.#write(verification, decision, signals, facts, fresh);
  }

  async #write(
    verification: StoredVerification,
    decision: VerificationDecision,
    signals: DecidedSignals | null,
    facts: FirmFacts | null,
    fresh: readonly SourceReply[],
    refused: readonly RefusedQuery[] = [],
  ): Promise<void> {
    const { applicationId } = verification;
    const { outcome, fraudScore } = decision;
    const findings = [...decision.findings];
    const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
    const values = [
      applicationId,
      outcome,
      fraudScore,
      json(findings),
      json(signals),
      json(this.tables.hashes),
      json(facts),
      this.clock.now(),
      stoppedUnproven(decision),
      verification.round,
    ];
    await this.runner.run(contextOfVerification(verification), async (tx) => {
      if (fresh.length > 0) await tx.query(INSERT_REPLIES, [replyRows(applicationId, fresh, verification.cipher)]);
      const { rowCount } = await tx.query(COMPLETE, values);
      if (!rowCount) return;
      if (refused.length > 0) await tx.query(LOG_REFUSED, [applicationId, JSON.stringify(refused), this.clock.now()]);
      tx.emit(outcomeEvent(verification, decision, facts, this.clock.now()));
      const suspicion = suspicionEvent(verification, decision);
      if (suspicion) tx.emit(suspicion);
    });
  }
}

/** The outcome as ordinary services may know it: what was found stays here, with its score (R-LG-02). */
function outcomeEvent(
  { applicationId, policyVersion, round }: StoredVerification,
  { outcome, fraudScore, findings: found }: VerificationDecision,
  facts: FirmFacts | null,
  now: Date,
): KycPassed | KycReferred | KycRejected {
  const { approval, coolingOff } = policyOf(policyVersion);
  const findings = openFindings(found);
  const ofRound = round > 1 ? { round } : {};
  if (outcome === 'pass') return new KycPassed({ applicationId, fraudScore: 0, findings, facts: facts!, ...ofRound });
  if (outcome === 'refer') return new KycReferred({ applicationId, fraudScore: approval.fraudGreenBelow, findings, facts: facts!, ...ofRound });
  const verification = { findings: found, facts };
  const causes = found.filter(({ severity }) => severity === 'red').map(({ code }) => code);
  const until = blockedUntil({ verification, confirmedFraud: fraudScore >= approval.fraudRedFrom, causes }, coolingOff, now);
  return new KycRejected({ applicationId, fraudScore: 0, findings, facts, blockedUntil: until?.toISOString() ?? null, ...ofRound });
}

/** What of the outcome points at fraud or at a list, for the restricted topic; undefined where nothing does. What is only told is no suspicion. */
function suspicionEvent({ applicationId }: StoredVerification, { outcome, fraudScore, findings }: VerificationDecision): SuspicionRaised | undefined {
  const suspicious = findings.filter(({ code, severity }) => severity !== 'info' && isRestrictedCode(code));
  return suspicious.length === 0 ? undefined : new SuspicionRaised({ applicationId, outcome, fraudScore, findings: suspicious });
}
