import { contentHash, type Clock } from '@millrace/contracts';
import type { ReversalAnswer } from '@millrace/contracts/api';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, contextOf, idReused, notFound, Problem, requireRole, type Principal } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { lockAccount } from '../loan/read-account.js';
import { visibleLoan } from '../loan/visible-loan.js';
import { REPAYMENT_ELSEWHERE, REPAYMENT_REVERSAL } from './repayment-reversal.task.js';
import type { RequestReversalDto } from './reversal.dto.js';

/** How a request to take a repayment back stands, as the API describes it. */
export type ReversalView = ReversalAnswer;

/** The answer to a request: new, or known already and as it stands now. */
export interface RequestedReversal {
  readonly isNew: boolean;
  readonly view: ReversalView;
}

const READ = `
select reversal_id as "reversalId", loan_id as "loanId", repayment_id as "repaymentId", reason, state,
  to_char(requested_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "requestedAt", content_sha256 as "contentSha256"
from reversal_request where loan_id = $1 and (reversal_id = $2 or (repayment_id = $3 and state <> 'refused'))`;

const REPAYMENT = `
select amount_minor as "amountMinor", bank_reference as "bankReference", line_id is not null as "isShown" from repayment where loan_id = $1 and repayment_id = $2`;

const INSERT = `
insert into reversal_request (loan_id, reversal_id, repayment_id, task_id, reason, content_sha256, requested_at, requested_by)
values ($1, $2, $3, $4, $5, $6, $7, $8)`;

/** Takes in that a repayment does not count, e.g. a debit that bounced; nothing is booked before two persons have looked (S16, R-OP-09). */
@Injectable()
export class RequestReversal {
  constructor(
    private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws `NOT_FOUND`, `FORBIDDEN`, `ID_REUSED`, `REVERSAL_ASKED_ALREADY`, `CLAIM_TRANSFERRED` and `REVERSAL_REASON_NOT_POSSIBLE`. */
  request(principal: Principal, loanId: string, reversalId: string, body: RequestReversalDto): Promise<RequestedReversal> {
    return this.runner.runInTurn(loanId, contextOf(principal), (tx) => this.#request(tx, principal, loanId, reversalId, body));
  }

  async #request(tx: EventTransaction, principal: Principal, loanId: string, reversalId: string, body: RequestReversalDto): Promise<RequestedReversal> {
    const account = visibleLoan(principal, await lockAccount(tx, loanId));
    requireRole(principal, 'payment_officer');
    type Known = ReversalView & { readonly contentSha256: string };
    const { rows } = await tx.query<Known>(READ, [account.loanId, reversalId, body.repaymentId]);
    const contentSha256 = contentHash(body);
    const same = rows.find((row) => row.reversalId === reversalId);
    if (same && same.contentSha256 !== contentSha256) throw idReused('reversal');
    if (same) return { isNew: false, view: viewOf(same) };
    if (rows.length > 0) throw askedAlready(rows[0]!.reversalId);
    if (account.transferredOn !== null) throw claimTransferred(account);
    const now = this.clock.now();
    const taskId = await this.#ask(tx, account, body, now);
    await tx.query(INSERT, [account.loanId, reversalId, body.repaymentId, taskId, body.reason, contentSha256, now, principal.id]);
    const { rows: stored } = await tx.query<Known>(READ, [account.loanId, reversalId, null]);
    return { isNew: true, view: viewOf(stored[0]!) };
  }

  async #ask(
    tx: EventTransaction,
    { loanId, applicationId, tenantId, status }: LoanAccount,
    { repaymentId, reason }: RequestReversalDto,
    now: Date,
  ): Promise<string> {
    const { rows } = await tx.query<{ amountMinor: string; bankReference: string; isShown: boolean }>(REPAYMENT, [loanId, repaymentId]);
    const [repayment] = rows;
    if (!repayment) throw notFound('repayment');
    const { isShown, ...told } = repayment;
    if (reason === 'told_wrongly' && isShown) throw shownByTheBank();
    if (reason === 'booked_wrongly' && !isShown) throw notShownByTheBank();
    const facts = { ...told, reason, applicationId, loanStatus: status };
    return openTask(
      tx,
      reason === 'booked_wrongly' ? REPAYMENT_ELSEWHERE : REPAYMENT_REVERSAL,
      { subjectId: loanId, subject: { loanId, repaymentId }, tenantId, facts },
      now,
    );
  }
}

function viewOf({ reversalId, loanId, repaymentId, reason, state, requestedAt }: ReversalView): ReversalView {
  return { reversalId, loanId, repaymentId, reason, state, requestedAt };
}

function askedAlready(reversalId: string): Problem {
  return new Problem({
    status: 409,
    code: 'REVERSAL_ASKED_ALREADY',
    title: 'It was asked already to take this repayment back.',
    detail: `The request is ${reversalId}; ask for it to see how it stands. Nothing was changed.`,
  });
}

/** The buyer has paid for what was owed by the repayments of before: what the bank takes back afterwards is for the two of them. */
function claimTransferred({ transferredTo, transferredOn }: LoanAccount): Problem {
  return new Problem({
    status: 409,
    code: 'CLAIM_TRANSFERRED',
    title: 'The claim of this loan was sold.',
    detail: `It is that of ${transferredTo} since ${transferredOn}, as it stood then. Nothing was changed.`,
  });
}

/** Whether money that the bank has shown is still there is what the reason has to say: the one ends in suspense, the other nowhere. */
function shownByTheBank(): Problem {
  return new Problem({
    status: 422,
    code: 'REVERSAL_REASON_NOT_POSSIBLE',
    title: 'The bank’s statement shows this money: it was not told wrongly.',
    detail: 'Say booked_wrongly where the bank still has it for another loan or payer, bounced or recalled where the bank took it back. Nothing was changed.',
  });
}

/** What no line shows cannot be given to another loan or payer. */
function notShownByTheBank(): Problem {
  return new Problem({
    status: 422,
    code: 'REVERSAL_REASON_NOT_POSSIBLE',
    title: 'The bank’s statement does not show this money: there is none to give to another.',
    detail: 'Say told_wrongly where it never came; told rightly, it is a new repayment. Nothing was changed.',
  });
}
