import type { Clock, ScoreComputed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { addFacts } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { AppealRound } from '../appeal/appeal-round.js';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application, ScoreResult } from '../application/application.entity.js';
import { LoanApplicationConfig } from '../config.js';
import { insertOffer } from '../offer/insert-offer.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { isOvertaken } from '../verification/overtaken.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import { drawSample } from '../sample/draw-sample.js';
import { ApprovalMatrix } from './approval-matrix.js';
import { RecheckScore } from './recheck-score.js';
import { decideScore } from './decide-score.js';

/** A score came: policy routes it to an offer (T0), a person or a refusal; for a declined firm it is only kept. */
@Injectable()
export class OnScoreComputed implements EventHandler<ScoreComputed> {
  constructor(
    private readonly advance: AdvanceApplication,
    private readonly recheckScore: RecheckScore,
    private readonly matrix: ApprovalMatrix,
    private readonly appeals: AppealRound,
    private readonly config: LoanApplicationConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async handle({ payload }: ReceivedEvent<ScoreComputed>, tx: EventTransaction): Promise<void> {
    const { applicationId } = payload;
    const now = this.clock.now();
    const score = scoreResult(payload, now);
    if (payload.recheckId !== undefined) return this.recheckScore.take(tx, payload.recheckId, applicationId, score);
    const application = await this.advance.lockKnown(tx, applicationId);
    if (payload.purpose === 'reject_inference') {
      const { scoreId, grade, inputsSha256 } = payload;
      await this.advance.advance(tx, application, {
        trigger: 'ScoreRecorded',
        reason: 'REJECT_INFERENCE',
        evidence: { scoreId, score: payload.score, grade, inputsSha256 },
        // While an appeal is heard the score that was refused by stands, beside the new one.
        patch: APPLICATION_PROCESS.rule(application.status).task === 'appeal' ? {} : { score },
      });
      return;
    }
    if (await isOvertaken(this.advance, tx, application, 'ScoreComputed', payload)) return;
    const verification = await this.appeals.verificationOf(tx, application);
    const change = await decideScore(verification ? { ...application, verification } : application, score, this.matrix, this.config.lenderName, now);
    if (verification) return this.appeals.scored(tx, application, score, change);
    if (APPLICATION_PROCESS.rule(application.status).task === 'approval') return this.#completeTask(tx, application, change);
    const { effect } = await this.advance.advance(tx, application, change);
    if (!change.offer || effect !== 'moved') return;
    await insertOffer(tx, applicationId, change.offer);
    await drawSample(tx, application, score.scoreId, now);
  }

  /** The score came after its deadline: the open task gets the figures it lacked, and the person still decides what the engine does not reject. */
  async #completeTask(tx: EventTransaction, application: Application, { trigger, reason, evidence, patch, review }: Change): Promise<void> {
    const { effect } = await this.advance.advance(tx, application, {
      trigger,
      reason,
      evidence,
      patch: trigger === 'ScoredReject' ? (patch ?? {}) : { score: patch?.score ?? null },
      ...(review ? { review } : {}),
    });
    if (!review || effect === 'moved') return;
    const { tier, reasons, figures } = review;
    const news = [{ what: 'score', at: this.clock.now().toISOString() }];
    await addFacts(tx, [REVIEW_KINDS.approval], application.applicationId, { tier, reasons, figures: { ...figures, news } });
  }
}

function scoreResult({ applicationId: _, recheckId: __, round: ___, ...score }: ScoreComputed, now: Date): ScoreResult {
  return { ...score, scoredAt: now.toISOString() };
}
