import { policyOfRelease, type PolicyRelease } from '@millrace/policy';
import type { FirmResult, ScoreInputs } from '@millrace/scoring/evaluate-firm';
import { OperatorError } from '../trouble/operator-error.js';
import { readWritten } from '../command/read-written.js';
import type { Installation } from '../installation/installation.js';

/** What one release makes of a case. */
export type CaseResult = Pick<FirmResult, 'score' | 'grade' | 'limitMinor' | 'bindingCap' | 'proposedMinor' | 'proposalBoundBy' | 'rateBps'> & {
  readonly riskIndex: number;
  readonly reasons: readonly string[];
};

const NEWEST = 'select inputs from score where application_id = $1 order by scored_at desc limit 1';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The inputs of an application's newest score, as scoring has stored them. */
export async function storedCase(installation: Installation, applicationId: string): Promise<ScoreInputs> {
  if (!UUID.test(applicationId)) throw new OperatorError(`${applicationId} is no id of an application`);
  const { rows } = await installation.pool('scoring').query<{ inputs: ScoreInputs }>(NEWEST, [applicationId]);
  if (!rows[0]) throw new OperatorError(`application ${applicationId} has no score`);
  return rows[0].inputs;
}

/** A case that somebody wrote down, in the form of the stored ones. */
export const writtenCase = (file: string): ScoreInputs => readWritten(file) as ScoreInputs;

/** Scores, limits and prices a case under a release; nothing is stored. */
export async function evaluateUnder(inputs: ScoreInputs, release: PolicyRelease): Promise<CaseResult> {
  const [{ evaluateFirm }, { loadScorecard }] = await Promise.all([import('@millrace/scoring/evaluate-firm'), import('@millrace/scoring/load-scorecard')]);
  const { policy, problems } = policyOfRelease(release);
  if (!policy) throw new OperatorError(`${release.version}: ${problems[0]}`);
  const { score, grade, limitMinor, bindingCap, proposedMinor, proposalBoundBy, rateBps, riskIndex, reasons } = evaluateFirm(
    inputs,
    loadScorecard(inputs.scorecard.id),
    policy,
  );
  return {
    score,
    grade,
    riskIndex: riskIndex.value,
    limitMinor,
    bindingCap,
    proposedMinor,
    proposalBoundBy,
    rateBps,
    reasons: reasons.map(({ code }) => code),
  };
}
