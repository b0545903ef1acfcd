import type { Clock } from '@millrace/contracts';
import { BrokenSealError, CLOCK, Database, FieldCipher, LOGGER, openRecord, type StoredRow, type Ticker } from '@millrace/service';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { LINE_PARTIES } from '../statement/line-party.js';
import { RecordRefund, type RefundDebit } from './record-refund.js';

/** Refunds that the bank was told in these days are held against the statement. */
const DAYS = 30;

/** Debits that may be a refund: of its lender, account and amount, under the reference that the bank has given it, or, where it gave none, with a text to be read. */
const CANDIDATES = `
with open as (
  select r.refund_id, r.tenant_id, r.amount_minor, r.currency, r.bank_reference, r.created_at, c.account
  from refund r join bank_line c using (line_id)
  where r.status in ('INSTRUCTED', 'UNKNOWN', 'REFUSED') and r.sends > 0 and r.created_at > $1::timestamptz - interval '${DAYS} days'
    and not exists (select from refund_debit d where d.refund_id = r.refund_id)
), found as (
  select o.refund_id, l.line_id, l.value_on, l.bank_reference, true as named from open o
  join bank_line l on l.tenant_id = o.tenant_id and l.bank_reference = o.bank_reference
  where l.direction = 'debit' and l.account = o.account and l.amount_minor = o.amount_minor and l.currency = o.currency
  union all
  select o.refund_id, l.line_id, l.value_on, l.bank_reference, false from open o
  join bank_line l on l.tenant_id = o.tenant_id and l.statement_day >= (o.created_at at time zone 'Asia/Shanghai')::date
  where o.bank_reference is null and l.direction = 'debit' and l.account = o.account and l.amount_minor = o.amount_minor and l.currency = o.currency
)
select f.refund_id as "refundId", f.line_id as "lineId", f.value_on::text as "valueOn", f.bank_reference as "bankReference", f.named as "isNamed", to_json(p.*) as party
from found f left join bank_line_party p on p.line_id = f.line_id
where not exists (select from refund_debit d where d.line_id = f.line_id)`;

interface Candidate extends RefundDebit {
  readonly refundId: string;
  readonly isNamed: boolean;
  readonly party: StoredRow | null;
}

/** Holds the debits of the statement against refunds that the bank has not owned up to: the debit proves that the money has left (R-DB-08, S13). */
@Injectable()
export class MatchDebits implements Ticker {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RecordRefund) private readonly records: RecordRefund,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async tick(): Promise<void> {
    const { rows } = await this.database.query<Candidate & Record<string, unknown>>(CANDIDATES, [this.clock.now()]);
    for (const candidate of rows) if (candidate.isNamed || this.#names(candidate)) await this.#record(candidate);
  }

  /** A refund that fails is reported and tried again by the next tick; it keeps no other one waiting. */
  async #record({ refundId, lineId, valueOn, bankReference }: Candidate): Promise<void> {
    try {
      await this.records.shown(refundId, { lineId, valueOn, bankReference });
    } catch (error) {
      this.logger.error({ err: error, refundId, lineId }, 'a debit of the statement could not be held against its refund and will be tried again');
    }
  }

  /** The order carries our id as its purpose, which stands in the text of the debit (docs/provider-contract.md). */
  #names({ refundId, party }: Candidate): boolean {
    if (party === null) return false;
    try {
      return openRecord(LINE_PARTIES, party, this.cipher).fields['remittance']!.toLowerCase().includes(refundId);
    } catch (error) {
      if (error instanceof BrokenSealError) return false;
      throw error;
    }
  }
}
