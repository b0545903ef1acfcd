import { DirectDebitRequested, type InstalmentDue } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { Injectable } from '@nestjs/common';

const MANDATE = `
select 1 from drawdown d join contract c on c.application_id = d.application_id
where d.application_id = $1 and d.loan_id = $2 and d.tenant_id = $3 and c.signed_at is not null and c.clauses ? 'directDebit'`;

/** What falls due is ordered from disbursement. No account is debited whose owner has not signed a mandate, whatever the books say (M-DD-01). */
@Injectable()
export class OnInstalmentDue implements EventHandler<InstalmentDue> {
  async handle(event: ReceivedEvent<InstalmentDue>, tx: EventTransaction): Promise<void> {
    const { applicationId, loanId, tenantId } = event.payload;
    const { rowCount } = await tx.query(MANDATE, [applicationId, loanId, tenantId]);
    if (!rowCount)
      return refuseEvent(tx, event, `the contract of loan ${loanId} of application ${applicationId} and of lender ${tenantId} has no mandate of direct debit`);
    tx.emit(new DirectDebitRequested(event.payload));
  }
}
