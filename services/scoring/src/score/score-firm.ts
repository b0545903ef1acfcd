import { businessDate, type Clock } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import { DEFAULT_LENDER, obligorExposureCapMinor, policyOf } from '@millrace/policy';
import { CLOCK, LOGGER, ProviderError, type JobHandler } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ScoringConfig } from '../config.js';
import type { BatchEvidence } from '../invoices/batch-evidence.js';
import { BatchUnusableError, ReadBatch } from '../invoices/read-batch.js';
import { isLastTry } from '../request/retry-policy.js';
import { ScoreRequests, type ScoreRequest } from '../request/score-requests.js';
import { featureSetOf, scorecardFor } from '../scorecard/feature-set.js';
import { loadScorecard } from '../scorecard/load-scorecard.js';
import type { Scorecard } from '../scorecard/scorecard.js';
import { evaluateFirm, type ScoreInputs } from './evaluate-firm.js';
import { RecordScore } from './record-score.js';

/**
 * Answers one request: reads the invoices that were verified, scores, and records. A provider that is away makes the job fail and run again
 * with back-off; what cannot be read is recorded as failed and told to the hub, and no score comes of it (R-CR-02).
 */
@Injectable()
export class ScoreFirm implements JobHandler {
  readonly #configured;

  constructor(
    @Inject(ScoringConfig) config: ScoringConfig,
    @Inject(ScoreRequests) private readonly requests: ScoreRequests,
    @Inject(ReadBatch) private readonly batch: ReadBatch,
    @Inject(RecordScore) private readonly scores: RecordScore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.#configured = loadScorecard(config.scorecardId);
  }

  async run(payload: Record<string, unknown>): Promise<void> {
    const request = await this.requests.readOpen(String(payload['scoreId']));
    if (!request) return;
    const { facts, invoiceConsentId } = request.payload;
    if (request.revokedConsents.length > 0) return this.#fail(request, 'CONSENT_MISSING', `withdrawn: ${request.revokedConsents.join(', ')}`);
    // Consent C5 comes before any reading (R-LG-03).
    if (facts.invoices && !invoiceConsentId) return this.#fail(request, 'CONSENT_MISSING', 'invoices may not be read without consent C5');
    try {
      const scorecard = scorecardFor(facts.invoices, this.#configured);
      const policy = policyOf(request.payload.policyVersion);
      const invoices = facts.invoices ? await this.batch.read(facts.invoices, featureSetOf(scorecard), policy, businessDate(this.clock.now())) : null;
      await this.#score(request, invoices, scorecard);
    } catch (error) {
      const unusable = error instanceof BatchUnusableError;
      if (unusable) await this.requests.countUnusableTry(request.scoreId);
      const { deadlines } = policyOf(request.payload.policyVersion);
      const final = unusable && error.final;
      if (!final && !isLastTry(request.requestedAt, request.unusableTries + (unusable ? 1 : 0), this.clock.now(), deadlines)) throw error;
      const code = unusable ? error.code : error instanceof ProviderError ? 'SOURCE_UNAVAILABLE' : 'SCORING_TROUBLE';
      await this.#fail(request, code, (error as Error).message);
    }
  }

  async #score(request: ScoreRequest, invoices: BatchEvidence | null, scorecard: Scorecard): Promise<void> {
    const { purpose, requestedAmountMinor, productLimitMinor, tenorMonths, repaymentMethod, policyVersion, tenantId, invoiceConsentId, facts } =
      request.payload;
    const policy = policyOf(policyVersion);
    const inputs: ScoreInputs = {
      request: { purpose, requestedAmountMinor, productLimitMinor, tenorMonths, repaymentMethod, policyVersion, invoiceConsentId },
      facts,
      invoices,
      scorecard: { id: scorecard.id, sha256: scorecard.sha256 },
      policySha256: policy.sha256,
      exposureCapMinor: String(obligorExposureCapMinor(policy.lenderType, tenantId ?? DEFAULT_LENDER, businessDate(this.clock.now()))),
    };
    await this.scores.record(request, inputs, evaluateFirm(inputs, scorecard, policy));
  }

  async #fail(request: ScoreRequest, code: CodeFor<'failure'>, detail: string): Promise<void> {
    const { scoreId, payload } = request;
    this.logger.warn({ scoreId, applicationId: payload.applicationId, code, detail }, 'no score can be given');
    await this.scores.fail(request, code, detail);
  }
}
