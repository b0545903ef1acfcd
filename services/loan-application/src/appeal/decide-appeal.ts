import type { EventTransaction } from '@millrace/messaging';
import { reasonOf } from '@millrace/reasons';
import { Problem } from '@millrace/service';
import { Injectable } from '@nestjs/common';
import { AdvanceApplication } from '../application/advance-application.js';
import type { Change } from '../application/application-change.js';
import type { Application } from '../application/application.entity.js';
import { explain } from './explain-decision.js';
import { readAppeal, type StoredAppeal } from './stored-appeal.js';

const DECIDE = 'update appeal set outcome = $2, decided_by = $3, decided_at = $4, explanation = $5 where application_id = $1';

/** Ends the block that the refusal made. A block names no cause (R-LG-02), and is known by the moment of the refusal. */
const LIFT = `update firm_block set lifted_at = $4 where lifted_at is null and tenant_id = $1 and uscc = $2
  and recorded_at between $3::timestamptz and $3::timestamptz + interval '1 minute'`;

/** A person's word about an appeal, as the step needs it. */
export interface AppealWord {
  readonly decision: 'approve' | 'reject';
  readonly staffId: string;
  readonly change: Pick<Change, 'reason' | 'evidence' | 'decided'>;
}

/** Does what a person has decided about an appeal: the refusal stands for good, or another person decides on the loan; either way it is explained. */
@Injectable()
export class DecideAppeal {
  constructor(private readonly advance: AdvanceApplication) {}

  /** Throws `SCORE_MISSING` and `APPEAL_STILL_REFUSED`. */
  async decide(tx: EventTransaction, application: Application, { decision, staffId, change }: AppealWord, now: Date): Promise<void> {
    const { applicationId, tenantId, uscc } = application;
    const appeal = (await readAppeal(tx, applicationId))!;
    const isAllowed = decision === 'approve';
    if (isAllowed) refuseHopeless(appeal);
    const outcome = isAllowed ? 'allowed' : 'upheld';
    const { routing, verification, score, firstDecision } = appeal;
    const counting = !isAllowed && routing?.trigger === 'ScoredReject' ? routing.reasons : firstDecision.reasons;
    const facts = verification?.facts ?? application.verification?.facts ?? null;
    const explanation = explain(
      counting.map(({ code }) => code),
      facts,
    );
    const told = { appealId: appeal.appealId, outcome, explanation } as const;
    await this.advance.advance(tx, application, {
      ...change,
      trigger: isAllowed ? 'ReviewCleared' : 'ReviewRejected',
      appealed: told,
      ...(isAllowed
        ? {
            // What was decided first stays with the appeal; the loan is decided on anew.
            patch: { verification, score, decision: null },
            review: { tier: routing!.tier, reasons: [reasonOf('APPEAL_ALLOWED'), ...routing!.reasons], figures: routing!.figures },
          }
        : {}),
    });
    await tx.query(DECIDE, [applicationId, outcome, staffId, now, JSON.stringify(explanation)]);
    if (isAllowed) await tx.query(LIFT, [tenantId, uscc, firstDecision.decidedAt, now]);
  }
}

/** What nobody may set aside, nobody sets aside on appeal: the corrected data must not be refused itself (M-AM-05). */
function refuseHopeless({ verification, score, routing }: StoredAppeal): void {
  if (verification?.outcome === 'rejected' || routing?.trigger === 'ScoredReject')
    throw new Problem({
      status: 409,
      code: 'APPEAL_STILL_REFUSED',
      title: 'The corrected data is refused too, by a rule that nobody may set aside.',
      detail: 'The appeal can only be rejected; what would change it is told to the applicant.',
    });
  if (!score)
    throw new Problem({
      status: 409,
      code: 'SCORE_MISSING',
      title: 'The firm has no score yet.',
      detail: 'Reject, or wait until the score has come: its figures are added to this task.',
    });
}
