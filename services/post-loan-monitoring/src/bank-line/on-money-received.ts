import { businessDate, type Clock, type MoneyReceived } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lateChargesOf } from '../loan/play-account.js';
import { lockAccount } from '../loan/read-account.js';
import { bookRepayment } from '../repayment/book-repayment.js';
import { RECORDED_BY, reportOf } from './book-line.js';
import { judgeLine, type KnownRepayment, type Verdict } from './judge-line.js';
import { enterSuspense } from './post-suspense.js';
import { SUSPENSE_MONEY } from './suspense-money.task.js';

const KNOWN_LINE = 'select 1 from bank_line where line_id = $1';

const KNOWN_REPAYMENT = `
select r.repayment_id as "repaymentId", r.loan_id as "loanId", r.amount_minor::text as "amountMinor",
  exists (select from bank_line b where b.repayment_id = r.repayment_id and b.loan_id = r.loan_id) as "isShown"
from repayment r where r.tenant_id = $1 and r.bank_reference = $2 and r.reversed_at is null`;

const INSERT = `
insert into bank_line (line_id, tenant_id, bank_reference, amount_minor, currency, value_on, booked_at, loan_id, payer_is_borrower, outcome, reason, repayment_id, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;

const KEEP = 'insert into suspense (line_id, task_id, opened_at) values ($1, $2, $3)';

/** The bank shows money that has come in: it is booked on its loan as any repayment is, or kept in suspense, where a person is asked (S16, R-DB-08). */
@Injectable()
export class OnMoneyReceived implements EventHandler<MoneyReceived> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle({ payload: line }: ReceivedEvent<MoneyReceived>, tx: EventTransaction): Promise<void> {
    const { lineId, tenantId, loanId, applicationId, bankReference } = line;
    // Without an application the hub knows no such loan of this lender, whatever id the payer has written.
    const account = loanId === undefined || applicationId === undefined ? undefined : await lockAccount(tx, loanId);
    if ((await tx.query(KNOWN_LINE, [lineId])).rowCount) return;
    const { rows } = await tx.query<KnownRepayment & Record<string, unknown>>(KNOWN_REPAYMENT, [tenantId, bankReference]);
    const now = this.clock.now();
    const rules = account && { ...policyOf(account.policyVersion).repayment, chargesOf: () => lateChargesOf(account, line.valueOn) };
    const verdict = judgeLine(line, account, rows[0], businessDate(now), rules);
    await this.#record(tx, line, verdict, now);
    if (verdict.outcome === 'BOOKED') await bookRepayment(tx, RECORDED_BY, account!, reportOf(line), now);
    else if (verdict.outcome === 'SUSPENSE') await this.#keep(tx, line, verdict.reason, now);
  }

  async #record(tx: EventTransaction, line: MoneyReceived, verdict: Verdict, now: Date): Promise<void> {
    const { lineId, tenantId, bankReference, amountMinor, currency, valueOn, bookedAt, loanId, payerIsBorrower } = line;
    const repaymentId = verdict.outcome === 'BOOKED' ? lineId : verdict.outcome === 'CONFIRMED' ? verdict.repaymentId : null;
    const reason = verdict.outcome === 'SUSPENSE' ? verdict.reason : null;
    const told = [lineId, tenantId, bankReference, amountMinor, currency, valueOn, bookedAt, loanId ?? null, payerIsBorrower ?? null];
    await tx.query(INSERT, [...told, verdict.outcome, reason, repaymentId, now]);
  }

  async #keep(tx: EventTransaction, line: MoneyReceived, why: string, now: Date): Promise<void> {
    const { lineId, tenantId, amountMinor, valueOn, bankReference, loanId, applicationId, payerIsBorrower } = line;
    await enterSuspense(tx, line, now);
    const facts = { why, amountMinor, valueOn, bankReference, loanId, applicationId, payerIsBorrower };
    const taskId = await openTask(tx, SUSPENSE_MONEY, { subjectId: lineId, subject: { lineId }, tenantId, facts }, now);
    await tx.query(KEEP, [lineId, taskId, now]);
  }
}
