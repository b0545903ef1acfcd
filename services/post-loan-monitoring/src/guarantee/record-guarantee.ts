import { businessDate, type Clock } from '@millrace/contracts';
import { policyInForce, policyOf } from '@millrace/policy';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange, type Decision } from '../loan-change/ask-change.js';
import { lapseOf } from './guarantee-policy.js';
import type { RecordGuaranteeDto } from './guarantee.dto.js';
import { GUARANTEE } from './guarantee.tasks.js';

/** Takes in who stands for a loan; two persons look at the contract of guarantee (R-CR-19). */
@Injectable()
export class RecordGuarantee {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `GUARANTEE_NOT_POSSIBLE`, `LOAN_NOT_LIVE` and `CHANGE_WAITS_ALREADY`. */
  record(principal: Principal, loanId: string, changeId: string, body: RecordGuaranteeDto): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, 'account_manager');
      const now = this.clock.now();
      return askChange(tx, { principal, account, now }, { changeId, kind: 'guarantee', content: body }, () => decide(account, body, businessDate(now)));
    });
  }
}

function decide({ maturesOn, policyVersion }: LoanAccount, { limitMinor, periodMonths }: RecordGuaranteeDto, today: string): Decision {
  const { guarantee } = policyInForce(policyOf(policyVersion).lenderType, today);
  const lapsesOn = lapseOf(maturesOn, periodMonths, guarantee);
  if (limitMinor === '0') throw notPossible('The limit is zero.');
  if (lapsesOn < today) throw notPossible('The time in which the guarantor could be asked to pay is over.');
  return { by: 'people', question: GUARANTEE, facts: { maturesOn, lapsesOn } };
}

function notPossible(detail: string): Problem {
  return new Problem({ status: 422, code: 'GUARANTEE_NOT_POSSIBLE', title: 'The guarantee cannot be recorded so.', detail });
}
