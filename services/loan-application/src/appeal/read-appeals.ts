import type { AppealAnswer } from '@millrace/contracts/api';
import { applicantReason, applicantReasons } from '@millrace/reasons';
import { Database, hasRight, notFound, type Principal } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { ReadApplications } from '../application/read-applications.js';
import type { ScoreResult } from '../application/application.entity.js';
import { readAppeal } from './stored-appeal.js';

const CORRECTED = 'select corrected from correction where correction_id = $1';

const scoreOf = (score: ScoreResult | null): AppealAnswer['firstScore'] =>
  score && { scoreId: score.scoreId, score: score.score, grade: score.grade, pd: score.pd };

/** An appeal with what came of it, as far as a reader may see it. */
@Injectable()
export class ReadAppeals {
  constructor(
    private readonly db: Database,
    private readonly applications: ReadApplications,
  ) {}

  /** Throws `NOT_FOUND`. */
  async show(principal: Principal, applicationId: string): Promise<AppealAnswer> {
    await this.applications.find(principal, applicationId);
    const appeal = await readAppeal(this.db, applicationId);
    if (!appeal) throw notFound('appeal');
    const { appealId, ground, evidenceIds, requestedAt, dueAt, outcome, decidedAt, explanation, firstDecision, firstScore, score } = appeal;
    const { rows } = await this.db.query<{ corrected: AppealAnswer['corrected'] }>(CORRECTED, [appealId]);
    const seesScores = hasRight(principal, 'score');
    const codesOf = (reasons: readonly { readonly code: string }[]): string[] => reasons.map(({ code }) => code);
    return {
      appealId,
      ground: applicantReason(ground, 'refusal'),
      evidenceIds,
      corrected: rows[0]?.corrected ?? [],
      requestedAt: requestedAt.toISOString(),
      dueAt: dueAt.toISOString(),
      refusedFor: applicantReasons(codesOf(firstDecision.reasons), 'refusal'),
      outcome,
      decidedAt: decidedAt?.toISOString() ?? null,
      explanation: explanation && { counted: [...explanation.counted], reasons: [...explanation.reasons], wouldChange: [...explanation.wouldChange] },
      firstScore: seesScores ? scoreOf(firstScore) : null,
      newScore: seesScores ? scoreOf(score) : null,
    };
  }
}
