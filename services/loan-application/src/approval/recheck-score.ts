import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { ScoreResult } from '../application/application.entity.js';
import { AdvanceDrawdown } from '../drawdown/advance-drawdown.js';
import type { DrawdownFile } from '../drawdown/drawdown-change.js';
import { LookAgain } from '../drawdown/look-again.js';
import type { Recheck } from '../drawdown/recheck-policy.js';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { ApprovalMatrix } from './approval-matrix.js';
import { inputOf } from './decide-score.js';

/** A score that was made anew before the payment: it decides that re-check alone, and the one that the loan was decided by stays what it is (R-DB-01). */
@Injectable()
export class RecheckScore {
  constructor(
    private readonly applications: AdvanceApplication,
    private readonly drawdowns: AdvanceDrawdown,
    private readonly payment: LookAgain,
    private readonly matrix: ApprovalMatrix,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The score carries the payment where the matrix would not refuse the firm now, and the limit is no less than what is drawn. */
  async take(tx: EventTransaction, recheckId: string, applicationId: string, score: ScoreResult): Promise<void> {
    const drawdown = await this.drawdowns.lockKnown(tx, applicationId);
    const recheck = awaited(drawdown, recheckId);
    if (!recheck) return this.drawdowns.note(tx, drawdown, 'ScoreComputed', 'KNOWN_ALREADY', { recheckId, scoreId: score.scoreId });
    const application = await this.applications.lockKnown(tx, applicationId);
    const { verification } = application;
    const facts = recheck.answer?.facts ?? verification?.facts ?? null;
    const scored = { ...application, verification: verification && { ...verification, facts } };
    const { route } = await this.matrix.decide(inputOf(scored, score), policyOf(application.policyVersion));
    const carries = route !== 'reject' && BigInt(score.limitMinor) >= BigInt(drawdown.amountMinor);
    await this.payment.goOn(tx, drawdown, { ...recheck, score: { scoreId: score.scoreId, scoredAt: score.scoredAt, carries } });
  }

  /** No score can be given: a person looks, and nothing is paid on a score that is too old. */
  async none(tx: EventTransaction, recheckId: string, applicationId: string, scoreId: string): Promise<void> {
    const drawdown = await this.drawdowns.lockKnown(tx, applicationId);
    const recheck = awaited(drawdown, recheckId);
    if (!recheck) return this.drawdowns.note(tx, drawdown, 'ScoringFailed', 'KNOWN_ALREADY', { recheckId, scoreId });
    await this.payment.goOn(tx, drawdown, { ...recheck, score: { scoreId: null, scoredAt: this.clock.now().toISOString(), carries: false } });
  }
}

/** The re-check that waits for this score; undefined where the drawdown has gone on, or has it already. */
function awaited({ status, recheck }: DrawdownFile, recheckId: string): Recheck | undefined {
  const waits = DRAWDOWN_PROCESS.takes(status, 'RecheckCleared') && recheck?.recheckId === recheckId && recheck.score === undefined;
  return waits ? recheck : undefined;
}
