import type { Clock } from '@millrace/contracts';
import { addDays } from '@millrace/finance';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { askChange, type AskedChange, type Decision } from '../loan-change/ask-change.js';
import type { EndClassFactDto, RecordClassFactDto } from './class-fact.dto.js';
import { CLASS_FACT, CLASS_FACT_END } from './class-fact.tasks.js';
import { factOf, faultOf } from './fact-policy.js';
import { storeFact } from './store-fact.js';

const FIND = `select from_on::text as "from", ended_by as "endedBy", kind from class_fact where loan_id = $1 and fact_id = $2`;

/** Takes in what classes a loan besides its money. A person alone may make a class worse, and never better (G-CL-02 to G-CL-13). */
@Injectable()
export class RecordClassFact {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `FACT_NOT_POSSIBLE`, `LOAN_NOT_LIVE` and `CHANGE_WAITS_ALREADY`. */
  record(principal: Principal, loanId: string, changeId: string, body: RecordClassFactDto): Promise<AskedChange> {
    return this.#onLoan(principal, loanId, async (tx, account) => {
      const now = this.clock.now();
      const decide = (): Decision => {
        const fault = faultOf(body, account);
        if (fault) throw notPossible(fault);
        return body.kind === 'technical_delay' ? { by: 'people', question: CLASS_FACT, facts: {} } : { by: 'one-person' };
      };
      const asked = await askChange(tx, { principal, account, now }, { changeId, kind: 'class_fact', content: body }, decide);
      if (asked.outcome === 'applied') await storeFact(tx, account, changeId, factOf(body), now);
      return asked;
    });
  }

  /** The end of a fact; throws as `record` does. */
  end(principal: Principal, loanId: string, changeId: string, body: EndClassFactDto): Promise<AskedChange> {
    return this.#onLoan(principal, loanId, (tx, account) => {
      const wanted = { changeId, kind: 'class_fact_end', content: body } as const;
      return askChange(tx, { principal, account, now: this.clock.now() }, wanted, () => this.#decideEnd(tx, account, body));
    });
  }

  async #decideEnd(tx: EventTransaction, { loanId }: LoanAccount, { classFactId, to }: EndClassFactDto): Promise<Decision> {
    const { rows } = await tx.query<{ from: string; endedBy: string | null; kind: string }>(FIND, [loanId, classFactId]);
    const [fact] = rows;
    if (!fact) throw notFound('fact');
    if (fact.endedBy !== null) throw notPossible('The fact is ended already.');
    if (to < addDays(fact.from, -1)) throw notPossible('The fact begins later than it would end.');
    return { by: 'people', question: CLASS_FACT_END, facts: { factKind: fact.kind, from: fact.from } };
  }

  #onLoan(principal: Principal, loanId: string, work: (tx: EventTransaction, account: LoanAccount) => Promise<AskedChange>): Promise<AskedChange> {
    return this.runner.runInTurn(loanId, contextOf(principal), async (tx) => {
      const account = visibleLoan(principal, await lockAccount(tx, loanId));
      requireRole(principal, 'risk_officer');
      return work(tx, account);
    });
  }
}

function notPossible(detail: string): Problem {
  return new Problem({ status: 422, code: 'FACT_NOT_POSSIBLE', title: 'The fact cannot be recorded so.', detail });
}
