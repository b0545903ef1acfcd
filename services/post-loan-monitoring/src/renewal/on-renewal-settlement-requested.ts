import { businessDate, LoanRenewed, RenewalRefused, type Clock, type RenewalSettlementRequested } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { bookGuarantees } from '../guarantee/book-guarantees.js';
import { readClasses } from '../loan/correct-accrual.js';
import { bookLoan, type BookableLoan } from '../loan/book-loan.js';
import { emitStatus } from '../loan/emit-status.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { openBooks } from '../loan/open-books.js';
import { lockAccount } from '../loan/read-account.js';
import { repayByRenewal } from '../loan/restate-loan.js';
import { standAgain } from '../standing/stand-again.js';
import { isLoanOf } from './is-loan-of.js';
import { faultOfSettlement } from './renewal-policy.js';

const KNOWN = 'select 1 from renewal where loan_id = $1 or settlement_id = $2';

const INSERT = `
insert into renewal (loan_id, application_id, tenant_id, renewed_loan_id, settlement_id, amount_minor, value_on, state, reason_code, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`;

/**
 * The contract of a renewal is signed: the new loan is booked and the old one settled in one transaction, or nothing is booked and the hub is told why
 * (G-CL-15). The answer is kept, so that the same order has one effect however often it comes, and one that was refused is never booked later.
 */
@Injectable()
export class OnRenewalSettlementRequested implements EventHandler<RenewalSettlementRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<RenewalSettlementRequested>, tx: EventTransaction): Promise<void> {
    const { storyId, applicationId, loanId, renewsLoanId, settlementId, principalMinor, signedOn } = event.payload;
    const before = await lockAccount(tx, renewsLoanId);
    if (!before || !(await isLoanOf(tx, renewsLoanId, event.payload)))
      return refuseEvent(tx, event, `loan ${renewsLoanId} is not one of the firm and the partner of ${applicationId}`);
    // Under another key it could be handled beside the money for that loan.
    if (before.applicationId !== storyId) return refuseEvent(tx, event, `loan ${renewsLoanId} did not come of application ${storyId}`);
    if ((await tx.query(KNOWN, [loanId, settlementId])).rowCount) return;
    const now = this.clock.now();
    const movement = { repaymentId: settlementId, valueOn: signedOn, amountMinor: BigInt(principalMinor), isRenewal: true } as const;
    const rules = policyInForce(policyOf(before.policyVersion).lenderType, signedOn);
    const loanClass = (await readClasses(tx, [renewsLoanId]))(renewsLoanId)(signedOn);
    const reasonCode = faultOfSettlement({ ...before, loanClass }, movement, rules);
    if (!(await this.#record(tx, event.payload, reasonCode ?? null, now)))
      return refuseEvent(tx, event, `application ${applicationId} has another renewal, or loan ${renewsLoanId} is renewed already`);
    if (reasonCode) return tx.emit(new RenewalRefused({ applicationId, loanId, settlementId, reasonCode }));
    await this.#settle(tx, event.payload, before, movement, now);
  }

  async #settle(
    tx: EventTransaction,
    order: RenewalSettlementRequested,
    before: LoanAccount,
    movement: LoanAccount['movements'][number],
    now: Date,
  ): Promise<void> {
    const { applicationId, loanId, renewsLoanId: renewedLoanId, settlementId, principalMinor, signedOn } = order;
    const { storyId: _, renewsLoanId: __, settlementId: payoutId, signedOn: disbursedOn, ...terms } = order;
    const loan: BookableLoan = { ...terms, payoutId, disbursedOn };
    const booked = await bookLoan(tx, loan, now, 'renewal');
    if (!booked) throw new Error(`a loan of application ${applicationId} is booked already`);
    await openBooks(tx, loan, booked, now);
    await bookGuarantees(tx, loan, booked, now);
    const { after } = await repayByRenewal(tx, before, movement, loanId, now);
    await standAgain(tx, after, businessDate(now), now);
    tx.emit(new LoanRenewed({ applicationId, loanId, renewedLoanId, settlementId, principalMinor, on: signedOn }));
    emitStatus(tx, before, after);
  }

  async #record(
    tx: EventTransaction,
    { applicationId, loanId, renewsLoanId, settlementId, tenantId, principalMinor, signedOn }: RenewalSettlementRequested,
    reasonCode: string | null,
    now: Date,
  ): Promise<boolean> {
    const state = reasonCode === null ? 'settled' : 'refused';
    const values = [loanId, applicationId, tenantId, renewsLoanId, settlementId, principalMinor, signedOn, state, reasonCode, now];
    return (await tx.query(INSERT, values)).rowCount === 1;
  }
}
