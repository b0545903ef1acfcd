import { newId, type Clock } from '@millrace/contracts';
import { TransactionRunner, type EventTransaction } from '@millrace/messaging';
import { CLOCK, Database, FieldCipher, type Ticker } from '@millrace/service';
import { openTask } from '@millrace/tasks';
import { Inject, Injectable } from '@nestjs/common';
import { endPaid } from '../payout/end-payout.js';
import { movePayout } from '../payout/payout-process.js';
import { lockPayout } from '../payout/stored-payout.js';
import { UNKNOWN_PAYOUT } from '../payout/unknown-payout.task.js';

/** Payouts of one look. */
const BATCH = 500;
/** The bank is given a day to show it, where its statement is not read, or not to the end. */
const A_DAY = `interval '24 hours'`;

/**
 * A payout of unknown outcome with the line that shows its money leaving: the account, the loan in its text and the amount are the payout's, its name is the one that the
 * bank has given the payout, if it has, and no other payout has it. More than one line is for people.
 */
const UNKNOWN = `
select o.payout_id as "payoutId", o.application_id as "applicationId", o.loan_id as "loanId", o.tenant_id as "tenantId", o.amount_minor::text as "amountMinor", s.sent_at as "sentAt",
  (select json_agg(json_build_object('lineId', l.line_id, 'bankReference', l.bank_reference, 'bookedAt', l.booked_at)) from bank_line l
    where l.tenant_id = o.tenant_id and l.account = o.payer_account and l.direction = 'debit' and l.loan_id = o.loan_id and l.amount_minor = o.amount_minor and l.currency = o.currency
      and l.bank_reference = coalesce(o.bank_reference, l.bank_reference) and l.statement_day >= (s.sent_at at time zone 'Asia/Shanghai')::date
      and not exists (select 1 from payout other where other.tenant_id = o.tenant_id and other.payout_id <> o.payout_id and other.bank_reference = l.bank_reference)) as lines,
  exists (select 1 from payout other where other.loan_id = o.loan_id and other.payout_id <> o.payout_id and other.bank_reference is null and o.bank_reference is null
    and exists (select 1 from payout_step where payout_id = other.payout_id and action = 'SEND')) as "isAmbiguous",
  s.sent_at <= $1::timestamptz - ${A_DAY} or exists (select 1 from statement_day d where d.tenant_id = o.tenant_id and d.account = o.payer_account
    and d.day >= (s.sent_at at time zone 'Asia/Shanghai')::date and d.last_read_at >= ((d.day + 1)::timestamp at time zone 'Asia/Shanghai')) as "isOver"
from payout o cross join lateral (select coalesce(min(at), o.created_at) as sent_at from payout_step where payout_id = o.payout_id and action = 'SEND') s
where o.status = 'UNKNOWN' and o.next_action_at is not null order by o.created_at limit ${BATCH}`;
const ASKED = `select 1 from task where kind = $1 and subject_id = $2 and status in ('open', 'decided')`;

interface UnknownPayout extends Record<string, unknown> {
  readonly payoutId: string;
  readonly applicationId: string;
  readonly loanId: string;
  readonly tenantId: string;
  readonly amountMinor: string;
  readonly sentAt: Date;
  readonly lines: readonly { readonly lineId: string; readonly bankReference: string; readonly bookedAt: string }[] | null;
  /** Another payout of the loan was sent whose name at the bank is not known either: a line may be of the one or of the other. */
  readonly isAmbiguous: boolean;
  /** The day of the instruction is over, and what its statement shows is known. */
  readonly isOver: boolean;
}

/** The bank's statement settles what its answers have left unknown, and what it does not show is a question for two persons with a due time (M-DR-08, S13). */
@Injectable()
export class SettleUnknown implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(TransactionRunner) private readonly runner: TransactionRunner,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.database.query<UnknownPayout>(UNKNOWN, [this.clock.now()]);
    for (const unknown of rows) {
      const lines = unknown.lines ?? [];
      const [only] = lines;
      const isClear = lines.length === 1 && !unknown.isAmbiguous;
      if (!isClear && !unknown.isOver) continue;
      await this.runner.run({ actor: { kind: 'system', id: 'disbursement' }, causationId: newId() }, async (tx) => {
        if (isClear) await this.#settle(tx, unknown.payoutId, only!);
        else await this.#ask(tx, unknown);
      });
    }
  }

  async #settle(tx: EventTransaction, payoutId: string, { lineId, bankReference, bookedAt }: NonNullable<UnknownPayout['lines']>[number]): Promise<void> {
    const payout = await lockPayout(tx, this.cipher, payoutId);
    // The bank may have answered meanwhile.
    if (!payout || movePayout(payout.status, 'work').action !== 'ask') return;
    const answer = { outcome: 'paid', bankReference, paidAt: new Date(bookedAt), detail: null } as const;
    await endPaid(tx, payout, answer, { action: 'ANSWER', outcome: 'paid', detail: `STATEMENT ${lineId}` }, this.clock.now());
  }

  async #ask(tx: EventTransaction, { payoutId, applicationId, loanId, tenantId, amountMinor, sentAt, lines }: UnknownPayout): Promise<void> {
    const payout = await lockPayout(tx, this.cipher, payoutId);
    // The bank may have answered meanwhile.
    if (!payout || movePayout(payout.status, 'work').action !== 'ask') return;
    const { rowCount } = await tx.query(ASKED, [UNKNOWN_PAYOUT.kind, payoutId]);
    if (rowCount) return;
    const facts = { amountMinor, sentAt: sentAt.toISOString(), lineIds: (lines ?? []).map(({ lineId }) => lineId) };
    await openTask(tx, UNKNOWN_PAYOUT, { subjectId: payoutId, subject: { payoutId, applicationId, loanId }, facts, tenantId }, this.clock.now());
  }
}
