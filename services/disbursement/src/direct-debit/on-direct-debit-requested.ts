import type { DirectDebitRequested } from '@millrace/contracts';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { policyOf } from '@millrace/policy';
import { Inject, Injectable } from '@nestjs/common';
import { RecordDebit } from './record-debit.js';

const PAID_LOAN = `
select payee_record_id as "payeeRecordId", amount_minor::text as "paidMinor", policy_version as "policyVersion" from payout
where loan_id = $1 and application_id = $2 and tenant_id = $3 and paid_at is not null`;

/** The books want what falls due debited: the order is recorded, and the bank is called later, outside (R-DB-08, M-DD-03). */
@Injectable()
export class OnDirectDebitRequested implements EventHandler<DirectDebitRequested> {
  constructor(@Inject(RecordDebit) private readonly records: RecordDebit) {}

  async handle(event: ReceivedEvent<DirectDebitRequested>, tx: EventTransaction): Promise<void> {
    const { payload, id: causationId, traceparent } = event;
    const { debitId, tenantId, applicationId, loanId, dueOn, debitOn, amountMinor, currency } = payload;
    const { rows } = await tx.query<{ payeeRecordId: string; paidMinor: string; policyVersion: string }>(PAID_LOAN, [loanId, applicationId, tenantId]);
    const [paid] = rows;
    if (!paid) return refuseEvent(tx, event, `no loan ${loanId} of application ${applicationId} and of lender ${tenantId} was paid out`);
    const { payeeRecordId, policyVersion } = paid;
    const most = BigInt(paid.paidMinor) * BigInt(policyOf(policyVersion).repayment.holdAboveOwedMultiple);
    if (BigInt(amountMinor) > most) return refuseEvent(tx, event, `${amountMinor} fen are more than loan ${loanId} can owe`);
    const order = { debitId, tenantId, applicationId, loanId, dueOn, debitOn, amountMinor, currency };
    await this.records.begin(tx, { ...order, payeeRecordId, policyVersion, causationId, traceparent: traceparent ?? null });
  }
}
