import { Database } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { FirmResult } from './evaluate-firm.js';
import { repeatScore, type RepeatedScore, type StoredScore } from './repeat-score.js';

/** A score computed again from what was stored with it (R-IT-04). */
export interface Recomputation extends RepeatedScore {
  readonly scoreId: string;
  readonly applicationId: string;
  /** True where inputs, scorecard, policy and every figure are what they were. */
  readonly same: boolean;
  readonly stored: FirmResult;
}

const READ = 'select inputs_sha256, inputs, result from score where application_id = $1 and score_id = $2';

/** Computes stored scores again. */
@Injectable()
export class RecomputeScore {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Undefined where the application has no such score. */
  async recompute(applicationId: string, scoreId: string): Promise<Recomputation | undefined> {
    const { rows } = await this.database.query<StoredScore>(READ, [applicationId, scoreId]);
    const [row] = rows;
    if (!row) return undefined;
    const { differences, recomputed } = repeatScore(row);
    return { scoreId, applicationId, same: differences.length === 0, differences, stored: row.result, recomputed };
  }
}
