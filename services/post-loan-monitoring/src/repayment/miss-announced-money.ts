import { businessDate, newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, LOGGER, type Ticker } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { NIL } from 'uuid';
import { ANNOUNCED_MONEY } from './announced-money.task.js';

/** Announcements of one look; each is then a transaction of its own. */
const BATCH = 200;
const BEFORE_ALL = { waitsUntil: '1900-01-01', loanId: NIL, repaymentId: NIL };

const DUE = `
select waits_until::text as "waitsUntil", loan_id as "loanId", repayment_id as "repaymentId" from announcement
where state = 'announced' and waits_until < $1 and (waits_until, loan_id, repayment_id) > ($2, $3, $4) order by waits_until, loan_id, repayment_id limit $5`;

const MISS = `
update announcement set state = 'not_on_statement' where loan_id = $1 and repayment_id = $2 and state = 'announced' and waits_until < $3
returning tenant_id as "tenantId", amount_minor::text as "amountMinor", received_on::text as "receivedOn", bank_reference as "bankReference"`;

/** Asks a payment officer about announced money that the bank has not shown in time; safe to run twice and in several instances. */
@Injectable()
export class MissAnnouncedMoney implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const today = businessDate(this.clock.now());
    for (let last = BEFORE_ALL; ;) {
      const { rows } = await this.database.query<typeof last>(DUE, [today, last.waitsUntil, last.loanId, last.repaymentId, BATCH]);
      for (const { loanId, repaymentId } of rows) await this.#miss(loanId, repaymentId, today);
      if (rows.length < BATCH) return;
      last = rows.at(-1)!;
    }
  }

  /** One that fails is reported and tried again by the next tick; it keeps no other waiting. */
  async #miss(loanId: string, repaymentId: string, today: string): Promise<void> {
    const context = { actor: { kind: 'system' as const, id: 'post-loan-monitoring' }, causationId: newId() };
    try {
      await this.runner.run(context, (tx) => this.#ask(tx, loanId, repaymentId, today));
    } catch (error) {
      this.logger.error({ err: error, loanId, repaymentId }, 'announced money could not be asked about and will be tried again');
    }
  }

  async #ask(tx: EventTransaction, loanId: string, repaymentId: string, today: string): Promise<void> {
    const { rows } = await tx.query<{ tenantId: string; amountMinor: string; receivedOn: string; bankReference: string }>(MISS, [loanId, repaymentId, today]);
    const [missed] = rows;
    if (!missed) return;
    const { tenantId, ...facts } = missed;
    await openTask(tx, ANNOUNCED_MONEY, { subjectId: repaymentId, subject: { loanId, repaymentId }, tenantId, facts }, this.clock.now());
  }
}
