import { businessDate, KycPassed, KycReferred, KycRejected, type Clock, type Finding, type FirmFacts } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { policyPackByVersion } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bodiesOf, INSERT_REPLIES, replyRows, type SourceReply } from '../sources/source-reply.js';
import { assembleFacts } from './assemble-facts.js';
import type { Source } from './consent-policy.js';
import type { VerificationDecision } from './decide-outcome.js';
import { readSignals, type AskedSources } from './read-signals.js';
import type { VerificationSignals } from './signals.js';
import { contextOfVerification, type StoredVerification } from './stored-verification.js';
import { VerificationTables } from './verification-tables.js';

/** Only the first to write an outcome changes the row, so the event goes out once. */
const COMPLETE = `
update verification set outcome = $2, fraud_score = $3, findings = $4, signals = $5, table_hashes = $6, facts = $7, completed_at = $8, next_attempt_at = null
where application_id = $1 and outcome is null`;

/** Decides a verification from what the sources said, and tells the hub once. */
@Injectable()
export class CompleteVerification {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(VerificationTables) private readonly tables: VerificationTables,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** No call was made: without its consents nothing may be asked, and nothing can be known (G-PI-01, R-LG-03). */
  async refuseWithoutConsent(verification: StoredVerification, missing: readonly string[]): Promise<void> {
    const findings: Finding[] = [{ code: 'CONSENT_MISSING', severity: 'red', observed: missing.join(', ') }];
    await this.#write(verification, { outcome: 'reject', fraudScore: 0, findings }, null, null, []);
  }

  /** Runs the tables on all replies and stores the decision with its inputs; `fresh` are the replies not stored yet. */
  async complete(
    verification: StoredVerification,
    replies: ReadonlyMap<Source, SourceReply>,
    fresh: readonly SourceReply[],
    asked: AskedSources,
  ): Promise<void> {
    const now = this.clock.now();
    const bodies = bodiesOf(replies);
    const signals = readSignals(verification, bodies, asked, now);
    const { approval } = policyPackByVersion(verification.policyVersion);
    const decision = await this.tables.decide(signals, approval);
    const identityAlone = decision.outcome === 'reject' && replies.size <= 1;
    const facts = identityAlone ? null : assembleFacts(verification.declaredRevenueMinor, bodies, replies.values(), businessDate(now));
    await this.#write(verification, decision, signals, facts, fresh);
  }

  async #write(
    verification: StoredVerification,
    decision: VerificationDecision,
    signals: VerificationSignals | null,
    facts: FirmFacts | null,
    fresh: readonly SourceReply[],
  ): Promise<void> {
    const { applicationId } = verification;
    const { outcome, fraudScore } = decision;
    const findings = [...decision.findings];
    const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
    const values = [applicationId, outcome, fraudScore, json(findings), json(signals), json(this.tables.hashes), json(facts), this.clock.now()];
    await this.runner.run(contextOfVerification(verification), async (tx) => {
      if (fresh.length > 0) await tx.query(INSERT_REPLIES, [replyRows(applicationId, fresh, verification.cipher)]);
      const { rowCount } = await tx.query(COMPLETE, values);
      if (!rowCount) return;
      if (outcome === 'reject') tx.emit(new KycRejected({ applicationId, fraudScore, findings, facts }));
      else if (outcome === 'refer') tx.emit(new KycReferred({ applicationId, fraudScore, findings, facts: facts! }));
      else tx.emit(new KycPassed({ applicationId, fraudScore, findings, facts: facts! }));
    });
  }
}
