import { type Finding, type ScoringFailed } from '@millrace/contracts';
import { applicantReasons, openFindings } from '@millrace/reasons';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import { RecheckScore } from './recheck-score.js';
import { isOvertaken } from '../verification/overtaken.js';

const KNOWN = `select 1 from application_history where application_id = $1 and trigger = 'ScoringFailed' and evidence ->> 'scoreId' = $2`;

/**
 * No score can be given: a risk officer gets a task with what stood in the way, at once and not at the deadline (F06). Clearing it asks for a score
 * anew, which helps where a source was away; a file that cannot be read fails again.
 */
@Injectable()
export class OnScoringFailed implements EventHandler<ScoringFailed> {
  constructor(
    private readonly advance: AdvanceApplication,
    private readonly recheckScore: RecheckScore,
  ) {}

  async handle({ payload }: ReceivedEvent<ScoringFailed>, tx: EventTransaction): Promise<void> {
    const { applicationId, scoreId, failureCode, recheckId } = payload;
    if (recheckId !== undefined) return this.recheckScore.none(tx, recheckId, applicationId, scoreId);
    const application = await this.advance.lockKnown(tx, applicationId);
    // The same failure told again must not end the request that a person has made since.
    const { rowCount } = await tx.query(KNOWN, [applicationId, scoreId]);
    if (rowCount) return;
    if (await isOvertaken(this.advance, tx, application, 'ScoringFailed', payload)) return;
    const finding: Finding = { code: failureCode, severity: 'amber' };
    await this.advance.advance(tx, application, {
      trigger: 'ScoringFailed',
      reason: failureCode,
      evidence: { scoreId, failureCode },
      review: {
        reasons: applicantReasons([failureCode], 'review'),
        figures: { findings: openFindings([finding, ...(application.verification?.findings ?? [])]) },
      },
    });
  }
}
