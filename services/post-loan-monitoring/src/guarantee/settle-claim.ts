import { businessDate, GuaranteeClaimed, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { compensate } from '../guarantee-life/compensate.js';
import { moveLoans } from '../loan/move-loans.js';
import { lockAccount } from '../loan/read-account.js';
import { settleStep } from '../loan-step/agreed-step.js';
import { standAgain } from '../standing/stand-again.js';
import type { ClaimGuaranteeDto, RecordCompensationDto } from './guarantee.dto.js';
import { judgeClaim } from './judge-claim.js';

const CLAIM = 'update guarantee set claim_id = $3, claimed_on = $4, claimed_minor = $5 where loan_id = $1 and guarantee_id = $2';

/** Asks a guarantor to pay, or leaves it alone, as two persons have decided, by the rules of this day (G-EC-04). */
@Injectable()
export class SettleClaim implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const on = businessDate(now);
    const step = await settleStep<ClaimGuaranteeDto>(tx, task, 'GuarantorClaimed', now);
    if (!step) return;
    const { account, changeId, content, evidence } = step;
    const judged = await judgeClaim(tx, account, content, on);
    if (!judged) throw new Error(`loan ${account.loanId} has no guarantee ${content.guaranteeId}`);
    if ('code' in judged) throw cannotBeDone(judged.detail);
    const { loanId, applicationId } = account;
    const { guaranteeId, amountMinor } = content;
    await tx.query(CLAIM, [loanId, guaranteeId, changeId, on, amountMinor]);
    await moveLoans(tx, [{ loan: account, trigger: 'GuarantorClaimed', reason: 'GUARANTOR_CLAIMED', evidence }], on, now);
    tx.emit(new GuaranteeClaimed({ applicationId, loanId, guaranteeId, claimId: changeId, on, amountMinor }));
    await standAgain(tx, account, on, now, 'fact');
  }
}

const SAY = `insert into guarantee_compensation (loan_id, compensation_id, tenant_id, guarantee_id, bank_reference, recorded_at) values ($1, $2, $3, $4, $5, $6)
on conflict (tenant_id, bank_reference) where freed_at is null do nothing`;

/** Writes down which transfer is a guarantor's; what it has paid already is counted at once, and else when the bank shows it. */
@Injectable()
export class SettleCompensation implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const step = await settleStep<RecordCompensationDto>(tx, task, 'GuarantorPaid', now);
    if (!step) return;
    const { account, changeId, content } = step;
    const { loanId, tenantId } = account;
    const { rowCount } = await tx.query(SAY, [loanId, changeId, tenantId, content.guaranteeId, content.bankReference, now]);
    if (!rowCount) throw cannotBeDone('it was said already whose money the transfer is');
    const compensated = await compensate(tx, (await lockAccount(tx, loanId))!, content.bankReference, now);
    if (!compensated) return;
    tx.emit(compensated);
    await standAgain(tx, account, businessDate(now), now, 'fact');
  }
}
