import type { Reason } from '@millrace/contracts';
import type { TaskFiguresAnswer } from '@millrace/contracts/api';
import type { EventTransaction } from '@millrace/messaging';
import { openFindings } from '@millrace/reasons';
import type { Decision, ScoreResult, VerificationResult } from '../application/application.entity.js';
import type { Explanation } from './explain-decision.js';

/** Where the approval matrix would send the new score. */
export interface AppealRouting {
  readonly trigger: string;
  readonly tier: 'T1' | 'T2' | 'T3';
  readonly reasons: readonly Reason[];
  readonly figures: TaskFiguresAnswer;
}

/** An appeal as it is stored. */
export interface StoredAppeal {
  readonly appealId: string;
  readonly ground: string;
  readonly evidenceIds: string[];
  readonly requestedAt: Date;
  readonly dueAt: Date;
  readonly firstDecision: Decision;
  readonly firstScore: ScoreResult | null;
  readonly verification: VerificationResult | null;
  readonly score: ScoreResult | null;
  readonly routing: AppealRouting | null;
  readonly outcome: 'upheld' | 'allowed' | null;
  readonly decidedAt: Date | null;
  readonly explanation: Explanation | null;
}

const READ = `select appeal_id as "appealId", ground, evidence_ids as "evidenceIds", requested_at as "requestedAt", due_at as "dueAt", first_decision as "firstDecision",
  first_score as "firstScore", verification, score, routing, outcome, decided_at as "decidedAt", explanation from appeal where application_id = $1`;

/** The appeal of an application; undefined where there is none. */
export async function readAppeal(queries: Pick<EventTransaction, 'query'>, applicationId: string): Promise<StoredAppeal | undefined> {
  return (await queries.query<StoredAppeal & Record<string, unknown>>(READ, [applicationId])).rows[0];
}

/** What the person who decides an appeal sees: the first score, and what has come of the corrected data since, each marked as new. */
export function figuresOfAppeal(
  { firstScore, verification, score, routing }: Pick<StoredAppeal, 'firstScore' | 'verification' | 'score' | 'routing'>,
  now?: Date,
): TaskFiguresAnswer {
  const at = now?.toISOString();
  const came =
    at === undefined ? [] : [...(verification ? (['verification'] as const) : []), ...(score ? (['score'] as const) : [])].map((what) => ({ what, at }));
  return {
    ...(firstScore ? { firstScoreId: firstScore.scoreId, firstScore: firstScore.score, firstGrade: firstScore.grade, firstPd: firstScore.pd } : {}),
    ...(verification ? { findings: openFindings(verification.findings) } : {}),
    ...(score
      ? { scoreId: score.scoreId, score: score.score, grade: score.grade, pd: score.pd, limitMinor: score.limitMinor, scoreReasons: [...score.reasons] }
      : {}),
    ...routing?.figures,
    ...(came.length > 0 ? { news: came } : {}),
  };
}
