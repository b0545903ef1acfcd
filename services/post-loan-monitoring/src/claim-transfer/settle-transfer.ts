import { businessDate, LoanTransferred, type Clock } from '@millrace/contracts';
import type { IsoDate } from '@millrace/finance';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { gainOf } from '../ledger/claim-transfer-lines.js';
import { emitStatus } from '../loan/emit-status.js';
import type { LoanAccount } from '../loan/loan-account.js';
import { sellLoan } from '../loan/restate-loan.js';
import { settleStep } from '../loan-step/agreed-step.js';
import { endStanding } from '../standing/end-standing.js';
import { claimOf, type OwedClaim } from './claim-of-loan.js';
import { faultOfTransfer } from './fault-of-transfer.js';
import { tellOfSale } from './tell-of-sale.js';
import type { RequestTransferDto } from './transfer.dto.js';

const INSERT = `
insert into claim_transfer (loan_id, transfer_id, tenant_id, buyer_name, buyer_uscc, price_minor, contract_reference, contract_sha256, transferred_on, loan_class,
  was_written_off, principal_minor, interest_minor, penalty_minor, allowance_minor, gain_minor, letter_id, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/** Has the claim of a loan sold, or leaves it the lender's, as the committee has decided: the claim is the buyer's from the day of the decision on. */
@Injectable()
export class SettleTransfer implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const step = await settleStep<RequestTransferDto>(tx, task, 'ClaimTransferred', now);
    if (!step) return;
    const { account, changeId: transferId, content, evidence } = step;
    const fault = await faultOfTransfer(tx, account, content);
    if (fault) throw cannotBeDone(`${fault.title} ${fault.detail}`);
    if (content.transfersOn > on) throw cannotBeDone(`the contract has the claim be the buyer’s from ${content.transfersOn} on, which is not before ${on}`);
    const { loanId, applicationId } = account;
    const { buyerName, buyerUscc } = content;
    const owed = await claimOf(tx, account, content, on);
    const { after } = await sellLoan(tx, account, { transferId, transferredOn: on, transferredTo: buyerName, evidence }, owed.claim, now);
    const letterId = await tellOfSale(tx, account, { transferId, on, buyer: { buyerName, buyerUscc }, owed }, now);
    await this.#record(tx, account, { transferId, on, content, owed, letterId }, now);
    emitStatus(tx, account, after);
    const amounts = { principalMinor: String(owed.claim.principalMinor), interestMinor: String(owed.interestMinor), penaltyMinor: String(owed.penaltyMinor) };
    tx.emit(new LoanTransferred({ applicationId, loanId, transferId, on, buyerUscc, ...amounts }));
    await endStanding(tx, loanId, on, now);
  }

  async #record(
    tx: EventTransaction,
    { loanId, tenantId, loanClass }: LoanAccount,
    sale: { readonly transferId: string; readonly on: IsoDate; readonly content: RequestTransferDto; readonly owed: OwedClaim; readonly letterId: string },
    now: Date,
  ): Promise<void> {
    const { transferId, on, content, owed, letterId } = sale;
    const { buyerName, buyerUscc, priceMinor, contractReference, contractSha256 } = content;
    const { claim, interestMinor, penaltyMinor } = owed;
    const bought = [buyerName, buyerUscc, priceMinor, contractReference, contractSha256, on, loanClass, claim.isWrittenOff];
    const amounts = [claim.principalMinor, interestMinor, penaltyMinor, claim.allowanceMinor, gainOf(claim)];
    await tx.query(INSERT, [loanId, transferId, tenantId, ...bought, ...amounts, letterId, now]);
  }
}
