import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import type { FirmResult, ScoreInputs } from './evaluate-firm.js';
import { RecomputeScore, type Recomputation } from './recompute-score.js';

/** What staff see of a score: every figure and everything it was made of (R-UW-01). */
export interface ScoreView extends FirmResult {
  readonly scoreId: string;
  readonly purpose: 'decision' | 'reject_inference';
  readonly scorecardId: string;
  readonly scorecardSha256: string;
  readonly policyVersion: string;
  readonly inputsSha256: string;
  readonly inputs: ScoreInputs;
  readonly requestedAt: string;
  readonly computedAt: string;
}

/** A request that has no score: yet, or for good. */
export interface UnscoredView {
  readonly scoreId: string;
  readonly purpose: 'decision' | 'reject_inference';
  readonly status: 'requested' | 'failed';
  readonly failureCode: string | null;
  readonly failureDetail: string | null;
  readonly requestedAt: string;
}

interface Row extends Omit<UnscoredView, 'status' | 'requestedAt'> {
  status: 'requested' | 'scored' | 'failed';
  requestedAt: Date;
  scorecardId: string;
  scorecardSha256: string;
  policyVersion: string;
  inputsSha256: string;
  inputs: ScoreInputs;
  result: FirmResult;
  computedAt: Date;
}

const READ = `
select r.score_id as "scoreId", r.purpose, r.status, r.failure_code as "failureCode", r.failure_detail as "failureDetail", r.requested_at as "requestedAt",
  s.scorecard_id as "scorecardId", s.scorecard_sha256 as "scorecardSha256", s.policy_version as "policyVersion", s.inputs_sha256 as "inputsSha256",
  s.inputs, s.result, s.computed_at as "computedAt"
from score_request r left join score s using (score_id) where r.application_id = $1 order by coalesce(s.computed_at, r.requested_at), r.score_id`;

function scoreView(row: Row): ScoreView {
  const { scoreId, purpose, scorecardId, scorecardSha256, policyVersion, inputsSha256, inputs, result, requestedAt, computedAt } = row;
  const made = { scorecardId, scorecardSha256, policyVersion, inputsSha256, inputs };
  return { scoreId, purpose, ...result, ...made, requestedAt: requestedAt.toISOString(), computedAt: computedAt.toISOString() };
}

function unscoredViews({ scoreId, purpose, status, failureCode, failureDetail, requestedAt }: Row): UnscoredView[] {
  return status === 'scored' ? [] : [{ scoreId, purpose, status, failureCode, failureDetail, requestedAt: requestedAt.toISOString() }];
}

/** Scores, for staff; partners get the decision from the application itself. */
@Controller('scores')
export class ScoreController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecomputeScore) private readonly recomputation: RecomputeScore,
  ) {}

  /** Scores of an application, newest last, and the requests that have none. */
  @Get(':applicationId')
  async list(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
  ): Promise<{ items: ScoreView[]; unscored: UnscoredView[] }> {
    requireRight(principal, 'score');
    const { rows } = await this.database.query<Row>(READ, [applicationId]);
    return { items: rows.filter(({ status }) => status === 'scored').map(scoreView), unscored: rows.flatMap(unscoredViews) };
  }

  @Get(':applicationId/:scoreId/recomputation')
  async recompute(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('scoreId', ParseUUIDPipe) scoreId: string,
  ): Promise<Recomputation> {
    requireRight(principal, 'score');
    const recomputation = await this.recomputation.recompute(applicationId, scoreId);
    if (!recomputation) throw notFound('score');
    return recomputation;
  }
}
