import type { Application, ScoreResult } from '../application/application.entity.js';
import { ApprovalMatrix } from './approval-matrix.js';
import { decideScore, type ScoredApplication } from './decide-score.js';

/** What the newest score of an application made of it, as its history has it. */
export interface RoutedStep {
  readonly trigger: string;
  readonly reason: string;
  readonly tier: string;
  readonly matrixSha256: string;
}

/** An application with its score, and the step that came of it. */
export interface RoutedApplication extends ScoredApplication, Pick<Application, 'applicationId'> {
  readonly score: ScoreResult;
  readonly step: RoutedStep;
}

const matrix = new ApprovalMatrix();
/** The lender's name stands in the offer's costs and decides nothing. */
const ANY_LENDER = '-';

/**
 * What of a stored routing does not come out again, made by the versions of matrix and policy that it names; nothing where it is the same (R-IT-04).
 * @throws Error that names the version that is missing
 */
export async function routingDifferences({ score, step, ...application }: RoutedApplication): Promise<string[]> {
  const { trigger, reason, evidence } = await decideScore(application, score, matrix.under(step.matrixSha256), ANY_LENDER, new Date(score.scoredAt));
  const again: Omit<RoutedStep, 'matrixSha256'> = { trigger, reason, tier: String(evidence.tier) };
  return (['trigger', 'reason', 'tier'] as const).filter((part) => again[part] !== step[part]);
}
