import { canonicalJson, contentHash } from '@millrace/contracts';
import { policyOf, type KeptPolicy } from '@millrace/policy';
import { loadScorecard } from '../scorecard/load-scorecard.js';
import type { Scorecard } from '../scorecard/scorecard.js';
import { evaluateFirm, type FirmResult, type ScoreInputs } from './evaluate-firm.js';
import { isScoringPolicy } from './policy-hash.js';

/** A score as it was stored. */
export interface StoredScore {
  readonly inputs_sha256: string;
  readonly inputs: ScoreInputs;
  readonly result: FirmResult;
}

/** A score made again from what was stored with it, and what of it is no longer the same. */
export interface RepeatedScore {
  /** `inputs`, `scorecard`, `policy`, or the name of a figure. */
  readonly differences: readonly string[];
  /** Null where the stored inputs can no longer be evaluated. */
  readonly recomputed: FirmResult | null;
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    // Whatever was stored can be evaluated; what cannot has been changed, and the caller reports that.
    return null;
  }
}

function differencesOf(row: StoredScore, scorecard: Scorecard | null, policy: KeptPolicy | null, recomputed: FirmResult | null): string[] {
  const { inputs, result } = row;
  const differences: string[] = [];
  if (contentHash(inputs) !== row.inputs_sha256) differences.push('inputs');
  if (scorecard?.sha256 !== inputs.scorecard.sha256) differences.push('scorecard');
  if (!policy || !isScoringPolicy(policy, inputs.policySha256)) differences.push('policy');
  const figures = Object.keys(result) as (keyof FirmResult)[];
  return [...differences, ...figures.filter((figure) => canonicalJson(recomputed?.[figure]) !== canonicalJson(result[figure]))];
}

/** Computes a stored score again, with the scorecard and the policy that it names; never with the present facts of the firm (R-IT-04). */
export function repeatScore(row: StoredScore): RepeatedScore {
  const { inputs } = row;
  const scorecard = attempt(() => loadScorecard(inputs.scorecard.id));
  const policy = attempt(() => policyOf(inputs.request.policyVersion));
  const recomputed = scorecard && policy && attempt(() => evaluateFirm(inputs, scorecard, policy));
  return { differences: differencesOf(row, scorecard, policy, recomputed), recomputed };
}
