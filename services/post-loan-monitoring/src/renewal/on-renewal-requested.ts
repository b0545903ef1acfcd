import { businessDate, RenewalAssessed, type Clock, type RenewalRequested } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { policyInForce, policyOf } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import { readAccount } from '../loan/read-account.js';
import { faultOfAsking } from './renewal-policy.js';
import { isLoanOf } from './is-loan-of.js';

/** An application asks to renew a loan: the books say whether it may be renewed. What they say binds nobody: all of it is asked again when the contract is signed. */
@Injectable()
export class OnRenewalRequested implements EventHandler<RenewalRequested> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<RenewalRequested>, tx: EventTransaction): Promise<void> {
    const { applicationId, renewsLoanId: loanId, requestedAmountMinor } = event.payload;
    const account = await readAccount(tx, loanId);
    // The hub names loans that are paid out, whose booking may be on its way.
    if (!account) throw new Error(`loan ${loanId} is not booked yet`);
    if (!(await isLoanOf(tx, loanId, event.payload)))
      return refuseEvent(tx, event, `loan ${loanId} is not one of the firm and the partner of ${applicationId}`);
    const on = businessDate(this.clock.now());
    const rules = policyInForce(policyOf(account.policyVersion).lenderType, on);
    const reasonCode = faultOfAsking(account, { amountMinor: BigInt(requestedAmountMinor), on }, rules);
    const { maturesOn } = account;
    tx.emit(
      new RenewalAssessed({ applicationId, loanId, isEligible: reasonCode === undefined, maturesOn, ...(reasonCode === undefined ? {} : { reasonCode }) }),
    );
  }
}
