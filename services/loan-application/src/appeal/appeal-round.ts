import type { Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { addFacts } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application, ScoreResult, VerificationResult } from '../application/application.entity.js';
import { APPLICATION_PROCESS } from '../process/application-process.js';
import { REVIEW_KINDS } from '../review-task/review.task.js';
import { figuresOfAppeal, readAppeal, type AppealRouting } from './stored-appeal.js';

const KEEP_VERIFICATION = 'update appeal set verification = $2 where application_id = $1 and verification is null';
const KEEP_SCORE = 'update appeal set score = $2, routing = $3 where application_id = $1 and score is null';

/** What the corrected data comes to while an appeal is open: it is kept beside what was decided on, shown to the person who decides, and decides nothing itself. */
@Injectable()
export class AppealRound {
  constructor(
    private readonly advance: AdvanceApplication,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** True where the application is under appeal, and the outcome of its verification is kept here. */
  async verified(tx: EventTransaction, application: Application, change: Change & { patch: { verification: VerificationResult } }): Promise<boolean> {
    if (APPLICATION_PROCESS.rule(application.status).task !== 'appeal') return false;
    const { patch, ...step } = change;
    const { rowCount } = await tx.query(KEEP_VERIFICATION, [application.applicationId, JSON.stringify(patch.verification)]);
    if (rowCount) {
      await this.advance.advance(tx, application, { ...step, verified: patch.verification });
      await this.#show(tx, application);
    } else await this.advance.note(tx, application, change.trigger, 'KNOWN_ALREADY', change.evidence);
    return true;
  }

  /** What the corrected data was verified to be; undefined where no appeal is open, or none of it has come. */
  async verificationOf(tx: EventTransaction, { applicationId, status }: Application): Promise<VerificationResult | undefined> {
    if (APPLICATION_PROCESS.rule(status).task !== 'appeal') return undefined;
    return (await readAppeal(tx, applicationId))?.verification ?? undefined;
  }

  /** Keeps the score of the corrected data beside the first one. */
  async scored(tx: EventTransaction, application: Application, score: ScoreResult, change: Change): Promise<void> {
    const { applicationId } = application;
    const { trigger, reason, evidence, review, patch } = change;
    const { tier = 'T1', reasons, figures = {} } = review ?? { reasons: patch?.decision?.reasons ?? [] };
    const routing: AppealRouting = { trigger, tier, reasons, figures };
    const { rowCount } = await tx.query(KEEP_SCORE, [applicationId, JSON.stringify(score), JSON.stringify(routing)]);
    if (!rowCount) return this.advance.note(tx, application, trigger, 'KNOWN_ALREADY', { scoreId: score.scoreId });
    await this.advance.advance(tx, application, { trigger, reason, evidence });
    await this.#show(tx, application);
  }

  async #show(tx: EventTransaction, { applicationId }: Application): Promise<void> {
    const appeal = (await readAppeal(tx, applicationId))!;
    await addFacts(tx, [REVIEW_KINDS.appeal], applicationId, { figures: figuresOfAppeal(appeal, this.clock.now()) });
  }
}
