import { sent, type Exactly, type RECOMPUTATION, type SCORE, type ScoreAnswer, type Sent, type UnscoredAnswer } from '@millrace/contracts/api';
import { CurrentPrincipal, Database, notFound, requireRight, type Principal } from '@millrace/service';
import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import type { FirmResult, ScoreInputs } from './evaluate-firm.js';
import { RecomputeScore, type Recomputation } from './recompute-score.js';

interface Row extends Omit<UnscoredAnswer, 'status' | 'requestedAt'> {
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

/** Every figure and everything it was made of, as it is stored. */
type ScoreFigures = FirmResult &
  Pick<Row, 'scoreId' | 'purpose' | 'scorecardId' | 'scorecardSha256' | 'policyVersion' | 'inputsSha256' | 'inputs' | 'requestedAt' | 'computedAt'>;

const READ = `
select r.score_id as "scoreId", r.purpose, r.status, r.failure_code as "failureCode", r.failure_detail as "failureDetail", r.requested_at as "requestedAt",
  s.scorecard_id as "scorecardId", s.scorecard_sha256 as "scorecardSha256", s.policy_version as "policyVersion", s.inputs_sha256 as "inputsSha256",
  s.inputs, s.result, s.computed_at as "computedAt"
from score_request r left join score s using (score_id) where r.application_id = $1 order by coalesce(s.computed_at, r.requested_at), r.score_id`;

function scoreView(row: Row): Exactly<Sent<ScoreFigures>, typeof SCORE> {
  const { scoreId, purpose, scorecardId, scorecardSha256, policyVersion, inputsSha256, inputs, result, requestedAt, computedAt } = row;
  const made = { scorecardId, scorecardSha256, policyVersion, inputsSha256, inputs };
  return sent({ scoreId, purpose, ...result, ...made, requestedAt, computedAt });
}

function unscoredViews({ scoreId, purpose, status, failureCode, failureDetail, requestedAt }: Row): UnscoredAnswer[] {
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
  ): Promise<{ items: ScoreAnswer[]; unscored: UnscoredAnswer[] }> {
    requireRight(principal, 'score');
    const { rows } = await this.database.query<Row>(READ, [applicationId]);
    return { items: rows.filter(({ status }) => status === 'scored').map(scoreView), unscored: rows.flatMap(unscoredViews) };
  }

  @Get(':applicationId/:scoreId/recomputation')
  async recompute(
    @CurrentPrincipal() principal: Principal,
    @Param('applicationId', ParseUUIDPipe) applicationId: string,
    @Param('scoreId', ParseUUIDPipe) scoreId: string,
  ): Promise<Exactly<Recomputation, typeof RECOMPUTATION>> {
    requireRight(principal, 'score');
    const recomputation = await this.recomputation.recompute(applicationId, scoreId);
    if (!recomputation) throw notFound('score');
    return recomputation;
  }
}
