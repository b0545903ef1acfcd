import { businessDate, GuaranteeRecorded, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import type { DecidedTask, TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { standAgain } from '../standing/stand-again.js';
import { settleChange } from '../loan-change/settle-change.js';
import { lapseOf } from './guarantee-policy.js';
import type { RecordGuaranteeDto } from './guarantee.dto.js';

const INSERT = `
insert into guarantee (loan_id, guarantee_id, tenant_id, guarantor_ref, kind, limit_minor, period_months, matures_on, lapses_on, recorded_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Records the guarantee that two persons have found in its contract. */
@Injectable()
export class SettleGuarantee implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply(task: DecidedTask, tx: EventTransaction): Promise<void> {
    const now = this.clock.now();
    const agreed = await settleChange<RecordGuaranteeDto>(tx, task, now);
    if (!agreed) return;
    const { account, changeId: guaranteeId, content } = agreed;
    const { loanId, applicationId, tenantId, maturesOn, policyVersion } = account;
    const { guarantorRef, kind, limitMinor } = content;
    const { guarantee } = policyInForce(policyOf(policyVersion).lenderType, businessDate(now));
    const periodMonths = content.periodMonths ?? guarantee.periodMonths;
    const lapsesOn = lapseOf(maturesOn, periodMonths, guarantee);
    await tx.query(INSERT, [loanId, guaranteeId, tenantId, guarantorRef, kind, limitMinor, periodMonths, maturesOn, lapsesOn, now]);
    tx.emit(new GuaranteeRecorded({ applicationId, loanId, guaranteeId, kind, limitMinor, lapsesOn }));
    await standAgain(tx, account, businessDate(now), now, 'fact');
  }
}
