import { ScoreComputed, ScoringFailed, type Clock, contentHash } from '@millrace/contracts';
import type { CodeFor } from '@millrace/reasons';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { contextOfRequest, type ScoreRequest } from '../request/score-requests.js';
import type { FirmResult, ScoreInputs } from './evaluate-firm.js';

/** Only the first to answer the request writes a score, so the event goes out once. */
const RECORD = `
with answered as (
  update score_request set status = 'scored', finished_at = $2 where score_id = $1 and status = 'requested' returning score_id, application_id, purpose)
insert into score (score_id, application_id, purpose, score, grade, scorecard_id, scorecard_sha256, policy_version, inputs_sha256, inputs, result, computed_at)
select score_id, application_id, purpose, $3, $4, $5, $6, $7, $8, $9, $10, $2 from answered`;

const FAIL = `
update score_request set status = 'failed', failure_code = $2, failure_detail = $3, finished_at = $4
where score_id = $1 and status = 'requested'`;

const DETAIL_LENGTH = 500;

/** Of which round of the verification the facts were, as the request has said. */
const roundOf = ({ payload: { round } }: ScoreRequest): { round?: number } => (round === undefined ? {} : { round });

/** Keeps what came of a request, a score with all its inputs or the reason for none, and tells the hub, in one transaction. */
@Injectable()
export class RecordScore {
  constructor(
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async record(request: ScoreRequest, inputs: ScoreInputs, result: FirmResult): Promise<void> {
    const { scorecard } = inputs;
    const { applicationId, purpose, policyVersion, recheckId } = request.payload;
    const inputsSha256 = contentHash(inputs);
    const event = new ScoreComputed({
      applicationId,
      scoreId: request.scoreId,
      purpose,
      score: result.score,
      pd: result.pd,
      grade: result.grade,
      riskIndex: result.riskIndex.value,
      limitMinor: result.limitMinor,
      bindingCap: result.bindingCap,
      caps: result.caps.map(({ name, amountMinor }) => ({ name, amountMinor })),
      rateBps: result.rateBps,
      reasons: result.reasons.map(({ code, sentence }) => ({ code, sentence })),
      scorecardId: scorecard.id,
      scorecardSha256: scorecard.sha256,
      inputsSha256,
      policyVersion,
      ...(recheckId === undefined ? {} : { recheckId }),
      ...roundOf(request),
    });
    const values = [
      request.scoreId,
      this.clock.now(),
      result.score,
      result.grade,
      scorecard.id,
      scorecard.sha256,
      policyVersion,
      inputsSha256,
      JSON.stringify(inputs),
      JSON.stringify(result),
    ];
    await this.runner.run(contextOfRequest(request), async (tx) => {
      const { rowCount } = await tx.query(RECORD, values);
      if (rowCount) tx.emit(event);
    });
  }

  /**
   * No score will come of the request. The hub is told at once, so that nobody waits for its deadline (F06); of a score for model monitoring, for which
   * nobody waits, it is not.
   */
  async fail(request: ScoreRequest, code: CodeFor<'failure'>, detail: string): Promise<void> {
    const { scoreId, payload } = request;
    await this.runner.run(contextOfRequest(request), async (tx) => {
      const { rowCount } = await tx.query(FAIL, [scoreId, code, detail.slice(0, DETAIL_LENGTH), this.clock.now()]);
      if (!rowCount || payload.purpose !== 'decision') return;
      const { applicationId, recheckId } = payload;
      tx.emit(new ScoringFailed({ applicationId, scoreId, failureCode: code, ...(recheckId === undefined ? {} : { recheckId }), ...roundOf(request) }));
    });
  }
}
