import type { RecheckPassed } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';
import { DRAWDOWN_PROCESS } from '../process/drawdown-process.js';
import { AdvanceDrawdown } from './advance-drawdown.js';
import type { DrawdownFile } from './drawdown-change.js';
import { LookAgain } from './look-again.js';

/** True where the drawdown waits for this re-check's answer, and has none yet. */
export function awaitsAnswer({ status, recheck }: DrawdownFile, recheckId: string): boolean {
  return DRAWDOWN_PROCESS.takes(status, 'RecheckCleared') && recheck?.recheckId === recheckId && recheck.answer === undefined;
}

/** The sources say nothing new: the payment goes on, or a score that is too old is made anew first (R-DB-01). */
@Injectable()
export class OnRecheckPassed implements EventHandler<RecheckPassed> {
  constructor(
    private readonly advance: AdvanceDrawdown,
    private readonly payment: LookAgain,
  ) {}

  async handle({ payload }: ReceivedEvent<RecheckPassed>, tx: EventTransaction): Promise<void> {
    const { applicationId, recheckId, facts, checkedAt } = payload;
    const drawdown = await this.advance.lockKnown(tx, applicationId);
    if (!awaitsAnswer(drawdown, recheckId)) return this.advance.note(tx, drawdown, 'RecheckPassed', 'KNOWN_ALREADY', { recheckId });
    await this.payment.goOn(tx, drawdown, { ...drawdown.recheck!, answer: { findings: [], stops: false, facts, checkedAt } });
  }
}
