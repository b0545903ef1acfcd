import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner } from '@millrace/messaging';
import { CLOCK, Database, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { ReturnLine } from './judge-return.js';
import { settleReturn } from './settle-return.js';

const ANSWERED = `
select r.line_id as "lineId" from payout_return r join payout o using (payout_id)
where r.state = 'waiting' and o.status not in ('INSTRUCTED', 'UNKNOWN') and (o.status <> 'PAID' or o.paid_at is not null) limit 50`;

const LINE = `
select l.line_id as "lineId", l.tenant_id as "tenantId", l.amount_minor::text as "amountMinor", l.currency, l.value_on::text as "valueOn", l.booked_at as "bookedAt",
  l.bank_reference as "bankReference", l.return_of as "returnOf", l.loan_id as "loanId"
from payout_return r join bank_line l using (line_id) where r.line_id = $1 and r.state = 'waiting' for update of r`;

/** Takes up lines that bring back a payout which had no final answer, or no day, when they came. */
@Injectable()
export class SettleReturns implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.database.query<{ lineId: string }>(ANSWERED);
    for (const { lineId } of rows) {
      await this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
        const { rows: lines } = await tx.query<ReturnLine & Record<string, unknown>>(LINE, [lineId]);
        if (lines[0]) await settleReturn(tx, lines[0], this.clock.now());
      });
    }
  }
}
