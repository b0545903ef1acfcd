import { MoneyReceived, type StatementLineStored } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

const OF_THE_LENDER = 'select 1 from drawdown where application_id = $1 and loan_id = $2 and tenant_id = $3';

/**
 * What has come in goes to post-loan-monitoring, behind whatever the hub has said of the same application: so the loan is open when its money comes.
 * What goes out is the payouts' business. A line that names a loan as another application's or lender's is nobody's word, and is refused.
 */
@Injectable()
export class OnStatementLineStored implements EventHandler<StatementLineStored> {
  async handle(event: ReceivedEvent<StatementLineStored>, tx: EventTransaction): Promise<void> {
    const { direction, ...line } = event.payload;
    if (direction !== 'credit') return;
    const { applicationId, loanId, tenantId } = line;
    if (applicationId !== undefined) {
      const { rowCount } = await tx.query(OF_THE_LENDER, [applicationId, loanId ?? null, tenantId]);
      if (!rowCount) return refuseEvent(tx, event, `loan ${loanId ?? '-'} is no loan of application ${applicationId} and of lender ${tenantId}`);
    }
    tx.emit(new MoneyReceived(line));
  }
}
