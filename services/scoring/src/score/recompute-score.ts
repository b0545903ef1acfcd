import { canonicalJson, contentHash } from '@millrace/contracts';
import { policyOf, type KeptPolicy } from '@millrace/policy';
import { Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { loadScorecard } from '../scorecard/load-scorecard.js';
import type { Scorecard } from '../scorecard/scorecard.js';
import { isScoringPolicy } from './policy-hash.js';
import { evaluateFirm, type FirmResult, type ScoreInputs } from './evaluate-firm.js';

/** A score computed again from what was stored with it (R-IT-04). */
export interface Recomputation {
  readonly scoreId: string;
  readonly applicationId: string;
  /** True where inputs, scorecard, policy and every figure are what they were. */
  readonly same: boolean;
  /** What is no longer the same: `inputs`, `scorecard`, `policy`, or the name of a figure. */
  readonly differences: readonly string[];
  readonly stored: FirmResult;
  /** Null where the stored inputs can no longer be evaluated. */
  readonly recomputed: FirmResult | null;
}

interface StoredScore {
  inputs_sha256: string;
  inputs: ScoreInputs;
  result: FirmResult;
}

const READ = 'select inputs_sha256, inputs, result from score where application_id = $1 and score_id = $2';

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    // Whatever was stored can be evaluated; what cannot has been changed, and the caller reports that.
    return null;
  }
}

function differencesOf(row: StoredScore, scorecard: Scorecard | null, pack: KeptPolicy | null, recomputed: FirmResult | null): string[] {
  const { inputs, result } = row;
  const differences: string[] = [];
  if (contentHash(inputs) !== row.inputs_sha256) differences.push('inputs');
  if (scorecard?.sha256 !== inputs.scorecard.sha256) differences.push('scorecard');
  if (!pack || !isScoringPolicy(pack, inputs.policySha256)) differences.push('policy');
  const figures = Object.keys(result) as (keyof FirmResult)[];
  return [...differences, ...figures.filter((figure) => canonicalJson(recomputed?.[figure]) !== canonicalJson(result[figure]))];
}

/** Computes stored scores again, with the scorecard and the pack that they name; never with the present facts of the firm. */
@Injectable()
export class RecomputeScore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined where the application has no such score. */
  async recompute(applicationId: string, scoreId: string): Promise<Recomputation | undefined> {
    const { rows } = await this.database.query<StoredScore>(READ, [applicationId, scoreId]);
    const [row] = rows;
    if (!row) return undefined;
    const { inputs, result } = row;
    const scorecard = attempt(() => loadScorecard(inputs.scorecard.id));
    const pack = attempt(() => policyOf(inputs.request.policyVersion));
    const recomputed = scorecard && pack && attempt(() => evaluateFirm(inputs, scorecard, pack));
    const differences = differencesOf(row, scorecard, pack, recomputed);
    return { scoreId, applicationId, same: differences.length === 0, differences, stored: result, recomputed };
  }
}
