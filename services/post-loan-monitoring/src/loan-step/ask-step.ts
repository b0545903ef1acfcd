import type { Clock } from '@millrace/contracts';
import type { LoanChangeKind } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, Problem, requireRole, type Principal, type StaffRole } from '@millrace/service';
import type { TaskKind } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { LOAN_PROCESS, type LoanTrigger } from '../loan/loan-process.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange } from '../loan-change/ask-change.js';

/** A step of a loan that somebody asks for and people decide. */
export interface AskedStep<Body extends object> {
  readonly kind: LoanChangeKind;
  /** Who may ask. */
  readonly role: StaffRole;
  readonly question: TaskKind;
  /** What happens to the loan where it is decided; a loan whose status does not take it is not asked about. */
  readonly trigger: LoanTrigger;
  /** Throws a problem where the loan is none for it; answers what people are shown besides. */
  check(tx: EventTransaction, account: LoanAccount, body: Body, now: Date): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>>;
}

/** Takes in that a loan should take a step: nothing is changed before people have decided (R-OP-09). */
@Injectable()
export class AskStep {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `CHANGE_WAITS_ALREADY`, `LOAN_NOT_LIVE`, `LOAN_STATUS_WRONG` and what the step's check says. */
  ask<Body extends object>(principal: Principal, step: AskedStep<Body>, loanId: string, changeId: string, content: Body): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, step.role);
      const now = this.clock.now();
      return askChange(tx, { principal, account, now }, { changeId: changeId.toLowerCase(), kind: step.kind, content }, async () => {
        if (!LOAN_PROCESS.takes(account.status, step.trigger)) throw statusWrong(account);
        const facts = await step.check(tx, account, content, now);
        const { outstandingPrincipalMinor } = account;
        return { by: 'people', question: step.question, facts: { outstandingPrincipalMinor: String(outstandingPrincipalMinor), ...facts } };
      });
    });
  }
}

function statusWrong({ status }: LoanAccount): Problem {
  return new Problem({
    status: 409,
    code: 'LOAN_STATUS_WRONG',
    title: `The loan is ${status}, which does not allow this.`,
    detail: 'docs/loan-process.md says what is possible in which status. Nothing was changed.',
  });
}
