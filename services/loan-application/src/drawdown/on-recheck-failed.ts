import type { RecheckFailed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { AdvanceDrawdown } from './advance-drawdown.js';
import { LookAgain } from './look-again.js';
import { awaitsAnswer } from './on-recheck-passed.js';

/** Something was found that was not known when the loan was decided: nothing is paid before a person has looked, and never against a hard rule (R-DB-01, S12). */
@Injectable()
export class OnRecheckFailed implements EventHandler<RecheckFailed> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    private readonly payment: LookAgain,
  ) {}

  async handle({ payload }: ReceivedEvent<RecheckFailed>, tx: EventTransaction): Promise<void> {
    const { applicationId, recheckId, findings, stops, facts, checkedAt } = payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (!awaitsAnswer(drawdown, recheckId)) {
      if (drawdown.recheck?.recheckId === recheckId && !drawdown.recheck.answer) await this.payment.learnLate(tx, drawdown, { findings, stops });
      return this.advance.note(tx, drawdown, 'RecheckFailed', 'KNOWN_ALREADY', { recheckId });
    }
    await this.payment.goOn(tx, drawdown, { ...drawdown.recheck!, answer: { findings, stops, facts, checkedAt } });
  }
}
