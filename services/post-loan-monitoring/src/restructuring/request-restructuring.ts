import { businessDate, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { playAccount } from '../loan/play-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange } from '../loan-change/ask-change.js';
import { faultOfTerms } from './restructuring-policy.js';
import type { RestructureLoanDto } from './restructuring.dto.js';
import { RESTRUCTURING } from './restructuring.task.js';

/** Takes in that a loan is to be restructured, with the evidence of the hardship (S18). */
@Injectable()
export class RequestRestructuring {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `TERMS_NOT_POSSIBLE`, `LOAN_NOT_LIVE` and `CHANGE_WAITS_ALREADY`. */
  request(principal: Principal, loanId: string, changeId: string, body: RestructureLoanDto): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, 'account_manager');
      const now = this.clock.now();
      const today = businessDate(now);
      return askChange(tx, { principal, account, now }, { changeId, kind: 'restructuring', content: body }, () => {
        const fault = faultOfTerms(account, body, today);
        if (fault) throw notPossible(fault);
        const { maturesOn, rateBps } = account;
        const facts = { maturesOn, rateBpsBefore: rateBps, dpd: playAccount(account).daysPastDue(today) };
        return { by: 'people', question: RESTRUCTURING, facts };
      });
    });
  }
}

function notPossible(detail: string): Problem {
  return new Problem({ status: 422, code: 'TERMS_NOT_POSSIBLE', title: 'The loan cannot be laid out by these terms.', detail });
}
