import { businessDate, type Clock } from '@millrace/contracts';
import type { EventTransaction } from '@millrace/messaging';
import { CLOCK } from '@millrace/service';
import { cannotBeDone, type DecidedTask, type TaskHandler } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { lockAccount } from '../loan/read-account.js';
import { announce, type RepaymentReport } from './announcement.js';
import { isBooked, isKept } from './bank-reference.js';
import { transferRefusal } from './repayment-policy.js';

const SETTLE = `
update held_repayment set state = $3, decided_at = $4 where loan_id = $1 and repayment_id = $2 and state = 'held'
returning amount_minor as "amountMinor", currency, received_on::text as "receivedOn", bank_reference as "bankReference", content_sha256 as "contentSha256",
  repayment_id as "repaymentId", recorded_by as "recordedBy", tenant_id as "tenantId"`;

/**
 * A transfer beyond what can be owed that a version before has held for two persons: accepted it waits for the bank's statement as any other does, refused it is
 * dropped. None is held any more, as no report books money; the line of such a transfer is kept in suspense.
 */
@Injectable()
export class SettleHeldRepayment implements TaskHandler {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async apply({ decision, subject }: DecidedTask, tx: EventTransaction): Promise<void> {
    const { loanId, repaymentId } = subject as { loanId: string; repaymentId: string };
    const now = this.clock.now();
    const account = await lockAccount(tx, loanId);
    if (!account) throw new Error(`there is no loan ${loanId}`);
    type Row = RepaymentReport & { readonly recordedBy: string; readonly tenantId: string } & Record<string, unknown>;
    const { rows } = await tx.query<Row>(SETTLE, [loanId, repaymentId, decision === 'accept' ? 'accepted' : 'refused', now]);
    const [report] = rows;
    if (!report) throw new Error(`repayment ${repaymentId} is not held`);
    if (decision !== 'accept') return;
    const today = businessDate(now);
    const refusal = transferRefusal(report, account, today);
    if (refusal) throw cannotBeDone(`${refusal.title} ${refusal.detail}`);
    if (await isKept(tx, report.tenantId, report.bankReference))
      throw cannotBeDone('The bank’s statement shows this money, and it is kept in suspense: refuse this report, and assign that money to the loan.');
    if (await isBooked(tx, report.tenantId, report.bankReference)) throw cannotBeDone('The bank reference names another transfer that is booked already.');
    await announce(tx, report.recordedBy, account, { ...report, prepaymentEffect: null }, today, now);
  }
}
