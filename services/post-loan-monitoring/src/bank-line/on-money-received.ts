import { businessDate, type Clock, type MoneyReceived } from '@millrace/contracts';
import type { EventHandler, EventTransaction, ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { LoanAccount } from '../loan/loan-account.js';
import { lateChargesOf } from '../loan/play-account.js';
import { lockAccount } from '../loan/read-account.js';
import { endAnnouncement, waitingAnnouncement, type Announcement } from '../repayment/announcement.js';
import { lockReference, referenceName } from '../repayment/bank-reference.js';
import { askWhose } from './ask-whose.js';
import { bookLine, repaymentIdOf } from './book-line.js';
import { judgeLine, type KnownRepayment } from './judge-line.js';
import { enterSuspense } from './post-suspense.js';
import { isKnownLine, recordLine } from './record-line.js';

const KNOWN_REPAYMENT = `
select r.repayment_id as "repaymentId", r.loan_id as "loanId", r.amount_minor::text as "amountMinor",
  r.line_id is not null as "isShown"
from repayment r where r.tenant_id = $1 and r.bank_reference = $2 and r.reversed_at is null for update of r`;

const CONFIRM = 'update repayment set line_id = $3 where loan_id = $1 and repayment_id = $2';

/** The bank shows money that has come in: it is booked on its loan as any repayment is, or kept in suspense, where a person is asked (S16, R-DB-08). */
@Injectable()
export class OnMoneyReceived implements EventHandler<MoneyReceived> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Lines of a batch are waited for in one order. */
  shared(events: readonly ReceivedEvent<MoneyReceived>[]): readonly string[] {
    return events.map(({ payload: { tenantId, bankReference } }) => referenceName(tenantId, bankReference));
  }

  async handle({ payload: line }: ReceivedEvent<MoneyReceived>, tx: EventTransaction): Promise<void> {
    const { lineId, tenantId, bankReference } = line;
    await lockReference(tx, tenantId, bankReference);
    if (await isKnownLine(tx, lineId)) return;
    const announced = await waitingAnnouncement(tx, tenantId, bankReference);
    const account = await this.#accountOf(tx, line, announced);
    const { rows } = await tx.query<KnownRepayment & Record<string, unknown>>(KNOWN_REPAYMENT, [tenantId, bankReference]);
    const now = this.clock.now();
    const rules = account && { ...policyOf(account.policyVersion).repayment, chargesOf: () => lateChargesOf(account, line.valueOn) };
    const verdict = judgeLine(line, account, { repayment: rows[0], announced }, businessDate(now), rules);
    const bookedAs = account && repaymentIdOf(account, line, announced);
    await recordLine(tx, line, verdict.outcome === 'BOOKED' ? { ...verdict, repaymentId: bookedAs } : verdict, now);
    if (verdict.outcome === 'BOOKED') await bookLine(tx, account!, line, { repaymentId: bookedAs!, announced }, now);
    else if (verdict.outcome === 'CONFIRMED') await tx.query(CONFIRM, [rows[0]!.loanId, verdict.repaymentId, lineId]);
    else await this.#keep(tx, line, verdict.reason, announced, now);
  }

  /** Without an application the hub knows no such loan of this lender, whatever id the payer has written; where none is written, an announcement may say it. */
  async #accountOf(tx: EventTransaction, { loanId, applicationId }: MoneyReceived, announced: Announcement | undefined): Promise<LoanAccount | undefined> {
    if (loanId === undefined) return announced && lockAccount(tx, announced.loanId);
    return applicationId === undefined ? undefined : lockAccount(tx, loanId);
  }

  async #keep(tx: EventTransaction, line: MoneyReceived, why: string, announced: Announcement | undefined, now: Date): Promise<void> {
    const { amountMinor, valueOn, bankReference, loanId, applicationId, payerIsBorrower, returnOf } = line;
    await enterSuspense(tx, line, now);
    if (announced) await endAnnouncement(tx, announced, 'shown_otherwise', now);
    const told = announced && { announcedLoanId: announced.loanId, announcedAmountMinor: announced.amountMinor };
    const facts = { why, amountMinor, valueOn, bankReference, loanId, applicationId, payerIsBorrower, returnOf, ...told };
    await askWhose(tx, line, facts, false, now);
  }
}
