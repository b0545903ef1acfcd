import { businessDate, type Clock, type DirectDebitEnded } from '@millrace/contracts';
import { addDays, type IsoDate } from '@millrace/finance';
import { refuseEvent, type EventHandler, type EventTransaction, type ReceivedEvent } from '@millrace/messaging';
import { businessDayFrom } from '@millrace/policy';
import { CLOCK } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';

const LOCK = "select (clauses -> 'directDebit') as mandate from loan where loan_id = $1 for no key update";
const FIND = `select due_on::text as "dueOn", try_number as "tryNumber", tenant_id as "tenantId", state from debit where loan_id = $1 and debit_id = $2`;
const END = 'update debit set state = $2, reason_code = $3, bank_reference = $4, ended_at = $5 where debit_id = $1';
const PLAN_NEXT = `
insert into debit (loan_id, due_on, try_number, tenant_id, try_on, state, planned_at) values ($1, $2, $3, $4, $5, 'PLANNED', $6) on conflict do nothing`;

interface OrderedDebit {
  readonly dueOn: IsoDate;
  readonly tryNumber: number;
  readonly tenantId: string;
  readonly state: string;
}

/** A debit has ended. One that failed is tried again as the contract says, for what is then owed; one that was collected is booked by the statement. */
@Injectable()
export class OnDirectDebitEnded implements EventHandler<DirectDebitEnded> {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async handle(event: ReceivedEvent<DirectDebitEnded>, tx: EventTransaction): Promise<void> {
    const { loanId, debitId, outcome, reasonCode, bankReference } = event.payload;
    const { rows: loans } = await tx.query<{ mandate: { tries: number; retryDays: number } | null }>(LOCK, [loanId]);
    const { rows } = await tx.query<OrderedDebit & Record<string, unknown>>(FIND, [loanId, debitId]);
    const [debit] = rows;
    if (!debit) return refuseEvent(tx, event, `no debit ${debitId} of loan ${loanId} was ordered`);
    if (debit.state !== 'ORDERED') return;
    const now = this.clock.now();
    if (outcome === 'collected') {
      if (bankReference === undefined) return refuseEvent(tx, event, `debit ${debitId} is collected under no reference of the bank`);
      await tx.query(END, [debitId, 'COLLECTED', null, bankReference, now]);
      return;
    }
    await tx.query(END, [debitId, 'FAILED', reasonCode ?? 'BANK_REFUSED', null, now]);
    const { dueOn, tryNumber, tenantId } = debit;
    const mandate = loans[0]?.mandate;
    if (!mandate || tryNumber >= mandate.tries) return;
    const tryOn = businessDayFrom(addDays(businessDate(now), mandate.retryDays));
    await tx.query(PLAN_NEXT, [loanId, dueOn, tryNumber + 1, tenantId, tryOn, now]);
  }
}
