import { businessDate, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange } from '../loan-change/ask-change.js';
import type { ExtendLoanDto } from './extension.dto.js';
import { EXTENSION } from './extension.task.js';
import { judgeExtension, type ExtensionRefusal } from './judge-extension.js';

const STATUS = { EXTENSION_NOT_OPEN: 409, EXTENSION_TOO_LONG: 422, GUARANTOR_CONSENT_MISSING: 422 } as const;
const TITLE = {
  EXTENSION_NOT_OPEN: 'The loan cannot be extended any more.',
  EXTENSION_TOO_LONG: 'The term would be longer than the law allows.',
  GUARANTOR_CONSENT_MISSING: 'A guarantor has not agreed in writing.',
} as const;

/** Takes in that a borrower asks for a longer term; two persons decide (S18). */
@Injectable()
export class RequestExtension {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `LOAN_NOT_LIVE`, `CHANGE_WAITS_ALREADY` and the codes of {@link ExtensionRefusal}. */
  request(principal: Principal, loanId: string, changeId: string, body: ExtendLoanDto): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, 'account_manager');
      const now = this.clock.now();
      return askChange(tx, { principal, account, now }, { changeId, kind: 'extension', content: body }, async () => {
        const refusal = await judgeExtension(tx, account, body, businessDate(now));
        if (refusal) throw refused(refusal);
        return { by: 'people', question: EXTENSION, facts: { maturesOn: account.maturesOn, tenorMonths: account.tenorMonths } };
      });
    });
  }
}

function refused({ code, detail }: ExtensionRefusal): Problem {
  return new Problem({ status: STATUS[code], code, title: TITLE[code], detail });
}
